package dev.doorbuster.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doorbuster.cli.system.Distribution;
import dev.doorbuster.cli.system.WorkerProcess;
import dev.doorbuster.crowd.room.RoomCrowdMain;
import dev.doorbuster.crowd.room.RoomPlan;
import dev.doorbuster.crowd.room.RoomReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The buyers of a sale with a waiting room, in as many processes as their connections need. */
final class CrowdProcesses implements AutoCloseable {
    private static final List<String> JVM_OPTIONS = List.of("-Xmx1g", "-XX:TieredStopAtLevel=1");

    private final List<WorkerProcess> processes = new ArrayList<>();

    private CrowdProcesses() {}

    /** Starts the processes; their buyers enter the lobby. */
    static CrowdProcesses start(Distribution distribution, RoomPlan plan, int perProcess) {
        var crowd = new CrowdProcesses();
        try {
            int parts = Math.max(1, -Math.floorDiv(-(plan.lobby() + plan.late()), perProcess));
            Path log = distribution.state().resolve("demo").resolve("crowd.log");
            for (int part = 0; part < parts; part++) {
                WorkerProcess process = WorkerProcess.start(
                        "crowd " + part,
                        distribution.java("cli", RoomCrowdMain.class.getName(), JVM_OPTIONS, List.of()),
                        Map.of(),
                        log);
                crowd.processes.add(process);
                process.send(plan.part(part, parts));
            }
            return crowd;
        } catch (RuntimeException e) {
            crowd.close();
            throw e;
        }
    }

    void awaitLobby() {
        for (WorkerProcess process : processes) {
            JsonNode unused = process.receive(RoomCrowdMain.STEP_MAX);
        }
    }

    void comeLate() {
        processes.forEach(process -> process.send("late"));
    }

    /** Waits until all buyers are done. */
    RoomReport report() {
        return RoomReport.of(processes.stream()
                .map(process -> process.receive(RoomReport.class, RoomCrowdMain.STEP_MAX))
                .toList());
    }

    @Override
    public void close() {
        processes.forEach(WorkerProcess::close);
    }
}
