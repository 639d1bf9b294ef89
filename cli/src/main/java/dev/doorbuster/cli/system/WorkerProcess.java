package dev.doorbuster.cli.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A child process that answers each input line with one line of JSON. It ends at the end of its standard input. */
public final class WorkerProcess implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Duration END_MAX = Duration.ofSeconds(5);

    private final String name;
    private final Path log;
    private final Process process;
    private final PrintWriter commands;
    private final BufferedReader answers;

    private WorkerProcess(String name, Process process, Path log) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts the process.
     *
     * @param log receives standard error
     */
    public static WorkerProcess start(String name, List<String> command, Map<String, String> environment, Path log) {
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            return new WorkerProcess(name, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " does not start", e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** Writes a command as a line. */
    public void send(Object command) {
        commands.println(Json.encode(command));
    }

    /** The next output line. */
    public JsonNode receive(Duration max) {
        CompletableFuture<String> line = CompletableFuture.supplyAsync(this::readLine);
        try {
            return MAPPER.readTree(line.get(max.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            throw new IllegalStateException(name + " did not answer within " + max.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        } catch (IOException e) {
            throw new UncheckedIOException(name + " answers with something else than JSON", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + name, e);
        }
    }

    private String readLine() {
        try {
            String line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException(name + " has ended; see " + log);
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException("the output of " + name + " cannot be read", e);
        }
    }

    public <T> T receive(Class<T> answer, Duration max) {
        return MAPPER.convertValue(receive(max), answer);
    }

    /** Sends a command and waits for its answer. */
    public <T> T ask(Object command, Class<T> answer, Duration max) {
        send(command);
        return receive(answer, max);
    }

    @Override
    public void close() {
        commands.close();
        try {
            if (!process.waitFor(END_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                Process unused = process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            Process unused = process.destroyForcibly();
        }
    }
}
