package dev.doorbuster.cli.up;

import dev.doorbuster.cli.system.Distribution;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.cli.system.plan.SystemPlan;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * The process that keeps the system running. Its output is its log; it shuts down on SIGTERM, and its children end
 * with it however it ends.
 */
public final class Supervisor {
    private Supervisor() {}

    /** Arguments: stock instances, order instances, topology. */
    public static void main(String[] arguments) throws InterruptedException {
        Distribution distribution = Distribution.current();
        var plan = new SystemPlan(
                        Integer.parseInt(arguments[0]),
                        Integer.parseInt(arguments[1]),
                        1,
                        true,
                        SystemPlan.Topology.valueOf(arguments[2]))
                .withRaceLab();
        var runFile = RunFile.of(distribution);
        runFile.delete();
        RunningSystem system;
        try {
            system = RunningSystem.start(distribution, SupervisorState.directory(distribution), plan, Supervisor::say);
        } catch (RuntimeException e) {
            say("failed: " + e.getMessage());
            System.exit(1);
            return;
        }
        system.keepRunning(() -> runFile.write(system));
        runFile.write(system);
        say("up");
        var ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(runFile, system), "stop"));
        ended.await();
    }

    private static void stop(RunFile runFile, RunningSystem system) {
        runFile.delete();
        system.close();
        say("down");
    }

    private static void say(String line) {
        System.out.println(line);
    }

    static Path log(Distribution distribution) {
        return SupervisorState.directory(distribution).resolve("supervisor.log");
    }
}
