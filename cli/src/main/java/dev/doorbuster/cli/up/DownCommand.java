package dev.doorbuster.cli.up;

import dev.doorbuster.cli.system.ConsoleCommand;
import dev.doorbuster.cli.system.Distribution;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;

/** {@code down}: stops the supervisor and ends leftover processes. */
@Command(name = "down", description = "Stop everything that up started; data and logs stay.")
public final class DownCommand extends ConsoleCommand {
    private static final int STOP_SECONDS_MAX = 60;

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        PrintWriter out = out();
        Distribution distribution = Distribution.current();
        Optional<ProcessHandle> supervisor = SupervisorState.supervisor(distribution);
        if (supervisor.isPresent()) {
            end(supervisor.get(), out);
        }
        SupervisorState.endLeftovers(distribution).forEach(name -> out.println("ended a leftover: " + name));
        RunFile.of(distribution).delete();
        out.println(supervisor.isPresent() ? "Down." : "Nothing was running.");
        return 0;
    }

    private static void end(ProcessHandle supervisor, PrintWriter out) throws InterruptedException, ExecutionException {
        boolean unused = supervisor.destroy();
        try {
            ProcessHandle ended = supervisor.onExit().get(STOP_SECONDS_MAX, TimeUnit.SECONDS);
            out.println("  supervisor " + ended.pid() + " has ended");
        } catch (TimeoutException e) {
            out.println("  supervisor did not end within " + STOP_SECONDS_MAX + " s, killing it");
            if (!supervisor.destroyForcibly()) {
                out.println("  it cannot be killed: pid " + supervisor.pid());
            }
        }
    }
}
