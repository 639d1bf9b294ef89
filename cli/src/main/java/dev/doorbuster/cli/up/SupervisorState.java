package dev.doorbuster.cli.up;

import dev.doorbuster.cli.system.Distribution;
import dev.doorbuster.devservices.process.record.Fingerprint;
import dev.doorbuster.devservices.process.record.PidFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The supervised system's folder, and the supervisor's process id. */
final class SupervisorState {
    private SupervisorState() {}

    static Path directory(Distribution distribution) {
        return distribution.state().resolve("up");
    }

    private static Path pidFile(Distribution distribution) {
        return directory(distribution).resolve("supervisor.pid");
    }

    static void remember(Distribution distribution, ProcessHandle supervisor) {
        try {
            Path unused = Files.writeString(
                    pidFile(distribution), supervisor.pid() + " " + startOf(supervisor) + System.lineSeparator());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + pidFile(distribution), e);
        }
    }

    /** The living supervisor; a process that merely reuses its id does not count. */
    static Optional<ProcessHandle> supervisor(Distribution distribution) {
        try {
            if (!Files.exists(pidFile(distribution))) {
                return Optional.empty();
            }
            String line = Files.readString(pidFile(distribution)).trim();
            int space = line.indexOf(' ');
            return ProcessHandle.of(Long.parseLong(line.substring(0, space)))
                    .filter(ProcessHandle::isAlive)
                    .filter(handle -> startOf(handle).equals(line.substring(space + 1)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + pidFile(distribution), e);
        }
    }

    /** Not its start as a date, which moves when the clock is set. */
    private static String startOf(ProcessHandle process) {
        return Fingerprint.of(process.pid()).orElse("-");
    }

    /** Ends what a killed supervisor left. */
    static List<String> endLeftovers(Distribution distribution) {
        return PidFiles.endLeftovers(directory(distribution));
    }
}
