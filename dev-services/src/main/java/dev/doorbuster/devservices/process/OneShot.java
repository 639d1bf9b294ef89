package dev.doorbuster.devservices.process;

import dev.doorbuster.devservices.process.command.ProcessSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A command that runs to completion, such as {@code initdb}; like all others it ends with the JVM. */
public final class OneShot {
    private static final Logger LOG = LoggerFactory.getLogger(OneShot.class);

    private OneShot() {}

    /**
     * Runs to completion, at most for the spec's ready timeout.
     *
     * @param input standard input of the command
     * @throws ProcessFailedException if it fails or takes too long
     */
    public static void run(ProcessSpec spec, String input) {
        LogMark mark = LogMark.atEndOf(spec.logFile());
        Process process = Launcher.launch(spec, ProcessBuilder.Redirect.PIPE);
        try {
            feed(process, input);
            if (!process.waitFor(spec.readyTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ProcessFailedException(spec.name(), "not done after " + spec.readyTimeout(), mark);
            }
            if (process.exitValue() != 0) {
                throw new ProcessFailedException(spec.name(), "ended with status " + process.exitValue(), mark);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessFailedException(spec.name(), "interrupted", mark);
        } finally {
            process.destroyForcibly();
        }
    }

    /** A command need not read its input; its exit status decides whether it failed. */
    private static void feed(Process process, String input) {
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.debug("a command closed its input: {}", e.toString());
        }
    }
}
