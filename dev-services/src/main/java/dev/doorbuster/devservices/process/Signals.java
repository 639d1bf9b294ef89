package dev.doorbuster.devservices.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Signals that Java cannot send. Uses the shell's builtin {@code kill}: minimal systems have no other. */
public final class Signals {
    private static final long SHELL_TIMEOUT_SECONDS = 5;

    private Signals() {}

    /** Sends the signal to all; processes that have just ended are ignored. */
    public static void send(String signal, List<ProcessHandle> targets) {
        if (targets.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>(
                List.of("/bin/sh", "-c", "for p in \"$@\"; do kill -s \"$0\" \"$p\" 2>/dev/null; done; true", signal));
        targets.forEach(target -> command.add(Long.toString(target.pid())));
        try {
            Process shell = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!shell.waitFor(SHELL_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                shell.destroyForcibly();
            }
        } catch (IOException e) {
            throw new IllegalStateException("no shell to send " + signal, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
