package dev.doorbuster.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs {@code ./doorbuster} as a process with a state folder of its own. */
public final class Command {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final long MINUTES_MAX = 5;

    private final Path state;
    private final Map<String, String> environment = new HashMap<>();
    private final List<Process> started = new ArrayList<>();

    public Command(String name) throws IOException {
        state = ROOT.resolve("system-tests/target").resolve(name);
        Files.createDirectories(state);
    }

    /** Result of a command. */
    public record Ended(int status, String output) {}

    /** The state folder. */
    public Path state() {
        return state;
    }

    /** Sets an environment variable for the following commands. */
    void set(String variable, String value) {
        environment.put(variable, value);
    }

    /** Runs the command and waits for its end. */
    public Ended run(String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile(state, "output", ".txt");
        Process process = start(output, arguments);
        boolean ended = process.waitFor(MINUTES_MAX, TimeUnit.MINUTES);
        assertThat(ended).as("%s ends in time", List.of(arguments)).isTrue();
        return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    Process start(Path output, String... arguments) throws IOException {
        var command = new ArrayList<String>(List.of("./doorbuster"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(ROOT.toFile()).redirectErrorStream(true);
        builder.environment().put("DOORBUSTER_STATE", state.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.redirectOutput(output.toFile()).start();
        started.add(process);
        return process;
    }

    /** Ends what still runs after a failed test. */
    void end() throws IOException, InterruptedException {
        started.forEach(Process::destroy);
        Ended unused = run("down");
    }

    /** Processes started in the state folder that are still alive. */
    List<String> leftovers() {
        try (var processes = ProcessHandle.allProcesses()) {
            return processes
                    .filter(ProcessHandle::isAlive)
                    .map(process -> process.info().commandLine().orElse(""))
                    .filter(line -> line.contains(state.toString()))
                    .toList();
        }
    }
}
