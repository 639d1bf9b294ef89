package dev.doorbuster.devservices.process;

import dev.doorbuster.devservices.process.command.ProcessSpec;
import dev.doorbuster.devservices.process.command.ProcessSpec.Account;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Starts every child from one thread that lives as long as the JVM.
 *
 * <p>The problem: a JVM killed with SIGKILL runs no shutdown hook, and its children live on. Linux can send a child a signal
 * when its parent dies (prctl(2), PR_SET_PDEATHSIG), which {@code setpriv --pdeathsig} sets for the child. But the parent is
 * the thread that forked: a child started by a pool thread would be killed when the pool shrinks. So all forks are made by one
 * thread that never ends. Two more problems are solved here: a parent that died before the prctl (the child compares its
 * parent's pid and exits), and Ctrl-C in a terminal, which signals the whole foreground process group and would stop servers
 * before their clients (each child gets its own session).
 */
final class Launcher {
    private static final ExecutorService FORKING_THREAD = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "child-process-launcher");
        thread.setDaemon(true);
        return thread;
    });

    private static final boolean CAN_ISOLATE = works("setsid", "true");
    private static final boolean CAN_BIND_LIFE = works("setpriv", "--pdeathsig", "KILL", "true");

    private static final String ONLY_WITH_PARENT = "[ \"$PPID\" = \"$0\" ] || exit 1; exec \"$@\"";
    private static final long PROBE_TIMEOUT_SECONDS = 5;

    private Launcher() {}

    /** Starts the command; the process has the command's own pid, not that of a wrapper. */
    static Process launch(ProcessSpec spec, ProcessBuilder.Redirect input) {
        ProcessBuilder builder = new ProcessBuilder(wrap(spec.command(), spec.account()))
                .directory(spec.directory().toFile())
                .redirectErrorStream(true)
                .redirectInput(input)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.logFile().toFile()));
        ChildEnvironment.fill(builder.environment(), spec.environment());
        try {
            Files.createDirectories(spec.directory());
            return FORKING_THREAD.submit(builder::start).get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ExecutionException e) {
            throw new UncheckedIOException(asIoException(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting " + spec.name(), e);
        }
    }

    private static List<String> wrap(List<String> command, Account account) {
        List<String> wrapped = new ArrayList<>();
        if (CAN_ISOLATE) {
            wrapped.add("setsid");
        }
        if (CAN_BIND_LIFE) {
            wrapped.addAll(List.of("setpriv", "--pdeathsig", "KILL"));
            wrapped.addAll(account.setprivArguments());
            String parent = Long.toString(ProcessHandle.current().pid());
            wrapped.addAll(List.of("/bin/sh", "-c", ONLY_WITH_PARENT, parent));
        } else if (!account.equals(Account.CURRENT)) {
            throw new IllegalStateException("running as " + account.user() + " needs setpriv (Debian: util-linux)");
        }
        wrapped.addAll(command);
        return wrapped;
    }

    private static boolean works(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(PROBE_TIMEOUT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException notInstalled) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static IOException asIoException(Throwable cause) {
        return cause instanceof IOException io ? io : new IOException(cause);
    }

    /**
     * The variables inherited by a child, limited to those that every program may need: a developer's RABBITMQ_*, PG* or
     * JAVA_TOOL_OPTIONS must not affect a private server.
     */
    private static final class ChildEnvironment {
        private static final List<String> INHERITED = List.of("PATH", "HOME", "LANG", "TZ", "TMPDIR", "JAVA_HOME");

        /** Used if PATH is unset; Debian's PATH of root. */
        private static final String PATH_FALLBACK = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

        private ChildEnvironment() {}

        static void fill(Map<String, String> target, Map<String, String> own) {
            target.clear();
            target.put("PATH", PATH_FALLBACK);
            for (String name : INHERITED) {
                String value = System.getenv(name);
                if (value != null) {
                    target.put(name, value);
                }
            }
            target.putAll(own);
        }
    }
}
