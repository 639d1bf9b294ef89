package dev.doorbuster.devservices.process.command;

import com.sun.security.auth.module.UnixSystem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything needed to start a process, and to restart it identically.
 *
 * @param name used in messages and file names: letters, digits and dashes only
 * @param command the program and its arguments
 * @param environment the child's own variables, added to the few that every child gets
 * @param directory the child's working directory
 * @param logFile standard output and standard error are appended to it
 * @param account the child's account
 * @param ready probe for readiness
 * @param readyTimeout limit for becoming ready
 * @param stop how it is stopped
 */
public record ProcessSpec(
        String name,
        List<String> command,
        Map<String, String> environment,
        Path directory,
        Path logFile,
        Account account,
        ReadyProbe ready,
        Duration readyTimeout,
        StopRule stop) {
    private static final Duration READY_TIMEOUT = Duration.ofSeconds(90);

    public ProcessSpec {
        if (!name.matches("[A-Za-z0-9-]+")) {
            throw new IllegalArgumentException("not a process name: " + name);
        }
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** A process in its own directory that logs to {@code <name>.log} there and is ready once it runs. */
    public static ProcessSpec of(String name, Path directory, List<String> command) {
        return new ProcessSpec(
                name,
                command,
                Map.of(),
                directory,
                directory.resolve(name + ".log"),
                Account.CURRENT,
                ReadyProbe.running(),
                READY_TIMEOUT,
                StopRule.TERMINATE);
    }

    public ProcessSpec withEnvironment(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(environment);
        all.putAll(more);
        return new ProcessSpec(name, command, all, directory, logFile, account, ready, readyTimeout, stop);
    }

    public ProcessSpec withLogFile(Path file) {
        return new ProcessSpec(name, command, environment, directory, file, account, ready, readyTimeout, stop);
    }

    public ProcessSpec withAccount(Account other) {
        return new ProcessSpec(name, command, environment, directory, logFile, other, ready, readyTimeout, stop);
    }

    public ProcessSpec withReady(ReadyProbe probe) {
        return new ProcessSpec(name, command, environment, directory, logFile, account, probe, readyTimeout, stop);
    }

    public ProcessSpec withReadyTimeout(Duration timeout) {
        return new ProcessSpec(name, command, environment, directory, logFile, account, ready, timeout, stop);
    }

    public ProcessSpec withStop(StopRule rule) {
        return new ProcessSpec(name, command, environment, directory, logFile, account, ready, readyTimeout, rule);
    }

    /** Without the values of the environment, which may be secrets. */
    @Override
    public String toString() {
        return "ProcessSpec[" + name + " in " + directory + "]";
    }

    /**
     * How a process is stopped.
     *
     * @param signal for an orderly stop, without the SIG prefix
     * @param timeout after which it is killed
     * @param rank when the JVM exits, higher ranks are stopped first: clients rank above their servers
     */
    public record StopRule(String signal, Duration timeout, int rank) {
        public static final StopRule TERMINATE = new StopRule("TERM", Duration.ofSeconds(5), 0);

        public StopRule withRank(int newRank) {
            return new StopRule(signal, timeout, newRank);
        }
    }

    /**
     * The operating-system account of a child. All but {@link #CURRENT} need root and {@code setpriv}.
     *
     * @param user a user name or number; empty for the JVM's account
     * @param group a group name or number
     */
    public record Account(String user, String group) {
        public static final Account CURRENT = new Account("", "");

        /** The unprivileged account: 65534 on every Linux distribution, whatever the group's name. */
        public static final Account UNPRIVILEGED = new Account("65534", "65534");

        public static boolean currentIsRoot() {
            return new UnixSystem().getUid() == 0;
        }

        public List<String> setprivArguments() {
            return user.isEmpty() ? List.of() : List.of("--reuid", user, "--regid", group, "--clear-groups");
        }
    }
}
