package dev.doorbuster.cli.up;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doorbuster.cli.system.ConsoleCommand;
import dev.doorbuster.cli.system.Distribution;
import dev.doorbuster.cli.system.plan.SystemOptions;
import dev.doorbuster.cli.system.plan.SystemPlan;
import dev.doorbuster.devservices.ServerKind;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code up}: starts a supervisor, shows its progress and returns when everything is ready. */
@Command(name = "up", description = "Start the whole system and keep it running in the background.")
public final class UpCommand extends ConsoleCommand {
    private static final List<String> SUPERVISOR_OPTIONS = List.of("-Xms16m", "-Xmx64m");
    private static final int LOOK_EVERY_MS = 100;

    @Mixin
    private SystemOptions system = new SystemOptions(1);

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = out();
        install(ServerKind.OF_THE_SYSTEM);
        Distribution distribution = Distribution.current();
        Files.createDirectories(SupervisorState.directory(distribution));
        Path lock = SupervisorState.directory(distribution).resolve("up.lock");
        // Two concurrent calls would each mistake the other's supervisor for their own.
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock mine = channel.tryLock()) {
            if (mine == null || SupervisorState.supervisor(distribution).isPresent()) {
                out.println("Already up, or about to be; see ./doorbuster status, or ./doorbuster down first.");
                return 1;
            }
            return up(distribution, out);
        }
    }

    private int up(Distribution distribution, PrintWriter out) throws IOException, InterruptedException {
        SupervisorState.endLeftovers(distribution).forEach(name -> out.println("ended a leftover: " + name));
        RunFile.of(distribution).delete();
        Path log = Supervisor.log(distribution);
        Process supervisor = start(distribution, log);
        SupervisorState.remember(distribution, supervisor.toHandle());
        // Ctrl-C before it is ready cancels the start.
        Thread undo = new Thread(supervisor::destroy, "undo");
        Runtime.getRuntime().addShutdownHook(undo);
        boolean up = follow(supervisor, distribution, log, out);
        Runtime.getRuntime().removeShutdownHook(undo);
        if (!up) {
            out.println("The start failed. See the log: " + log);
            return 1;
        }
        var run = RunFile.of(distribution).read().orElseThrow();
        out.println("Up. Shop and API " + run.get("api").asText() + ", events "
                + run.get("notifier").asText());
        out.println("Console, logged in as operator: " + consoleLink(run));
        out.println("Addresses and secrets: " + RunFile.of(distribution));
        return 0;
    }

    /** With a token, which a browser sends to no server as part of the address; it is valid as long as any log-in. */
    private static String consoleLink(JsonNode run) throws InterruptedException {
        return URI.create(run.get("api").asText())
                .resolve("/console#token=" + RunFile.operator(run).token())
                .toString();
    }

    private Process start(Distribution distribution, Path log) throws IOException {
        var command = new ArrayList<String>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            // A session of its own: Ctrl-C or closing the terminal does not signal the supervisor.
            command.add("/usr/bin/setsid");
        }
        SystemPlan plan = system.plan();
        command.addAll(distribution.java(
                "cli",
                Supervisor.class.getName(),
                SUPERVISOR_OPTIONS,
                List.of(
                        Integer.toString(plan.stockInstances()),
                        Integer.toString(plan.orderInstances()),
                        plan.topology().name())));
        return new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(log.toFile())
                .redirectErrorStream(true)
                .start();
    }

    /** Prints the supervisor's log until the run file exists or the supervisor ends. */
    private static boolean follow(Process supervisor, Distribution distribution, Path log, PrintWriter out)
            throws IOException, InterruptedException {
        int shown = 0;
        boolean up = false;
        boolean over = false;
        while (!over) {
            up = RunFile.of(distribution).read().isPresent();
            over = up || supervisor.waitFor(LOOK_EVERY_MS, java.util.concurrent.TimeUnit.MILLISECONDS);
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            lines.subList(Math.min(shown, lines.size()), lines.size()).forEach(line -> out.println("  " + line));
            shown = lines.size();
            out.flush();
        }
        return up;
    }
}
