package dev.doorbuster.cli.system;

import dev.doorbuster.devservices.process.ProcessLedger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * The first start of a build: each service starts once, on the real servers, only to record its {@link ClassArchive}. Whatever
 * fails here makes later starts slower and nothing else.
 */
final class ClassRecording {
    private ClassRecording() {}

    /** Does nothing where all archives of the plan's services exist, or none can be recorded. */
    static void ofMissing(SystemPlan plan, ServiceSpecs specs, ProcessLedger ledger, Consumer<String> progress) {
        List<ClassArchive> archives = specs.archives(programs(plan));
        if (archives.stream().allMatch(ClassArchive::exists)) {
            return;
        }
        long began = System.nanoTime();
        progress.accept("class archives recording: each service starts once, for faster starts of this build");
        try {
            startAndStop(plan.withOneOfEach(), specs.recording(), ledger);
            long kept = archives.stream().filter(ClassArchive::keep).count();
            progress.accept("%d of %d class archives recorded in %.1f s"
                    .formatted(kept, archives.size(), (System.nanoTime() - began) / 1e9));
        } catch (RuntimeException e) {
            progress.accept("class archives not recorded, so starts are slower: " + e.getMessage());
        }
    }

    private static void startAndStop(SystemPlan plan, ServiceSpecs recording, ProcessLedger ledger) {
        List<RunningService> started = Collections.synchronizedList(new ArrayList<>());
        try {
            new ServiceStarts(plan, recording, ledger, step -> {}, started).run();
        } finally {
            started.parallelStream().forEach(ClassRecording::stop);
        }
    }

    /** A process that was killed has left a part of its archive, on which a JVM may crash. */
    private static void stop(RunningService service) {
        long began = System.nanoTime();
        service.process().stop();
        if (System.nanoTime() - began >= ServiceSpecs.RECORDING_STOP_MAX.toNanos()) {
            throw new IllegalStateException(service.name() + " did not write its archive in time");
        }
    }

    private static List<ServiceProgram> programs(SystemPlan plan) {
        var programs = new ArrayList<>(List.of(ServiceProgram.ORDER, ServiceProgram.STOCK, ServiceProgram.NOTIFIER));
        if (plan.raceLab()) {
            programs.add(ServiceProgram.RACE_LAB);
        }
        return programs;
    }
}
