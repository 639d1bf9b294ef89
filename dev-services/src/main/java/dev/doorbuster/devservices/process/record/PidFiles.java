package dev.doorbuster.devservices.process.record;

import dev.doorbuster.devservices.process.ProcessTree;
import dev.doorbuster.devservices.support.UncheckedIo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PID files of the processes of a data directory, written at its start and removed at its end. The next
 * command finds here what a killed command left running.
 *
 * <p>A pid may be reused, so an entry is matched by the process's {@link Fingerprint}, too. Entries whose JVM is alive are
 * ignored.
 */
public final class PidFiles {
    private static final Logger LOG = LoggerFactory.getLogger(PidFiles.class);
    private static final String FOLDER = "processes";
    private static final Duration TERMINATE_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);

    private final Path folder;

    private PidFiles(Path folder) {
        this.folder = folder;
    }

    /** The PID files of a data directory, which is created if missing. */
    public static PidFiles in(Path directory) {
        return UncheckedIo.get(() -> new PidFiles(Files.createDirectories(directory.resolve(FOLDER))));
    }

    public PidFile record(String name, long pid) {
        PidFile entry = PidFile.of(name, pid);
        UncheckedIo.run(() -> {
            // Renamed into place, so that neither a reader nor a crash leaves a partial line.
            Path draft = Files.writeString(folder.resolve(entry.fileName() + ".draft"), entry.line());
            Files.move(draft, folder.resolve(entry.fileName()), StandardCopyOption.ATOMIC_MOVE);
        });
        return entry;
    }

    public void erase(PidFile entry) {
        erase(folder.resolve(entry.fileName()));
    }

    private static void erase(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("cannot delete {}: {}", file, e.toString());
        }
    }

    /**
     * Kills the recorded processes whose JVM has ended.
     *
     * @return the names of those that were still running
     */
    public static List<String> endLeftovers(Path directory) {
        List<String> ended = new ArrayList<>();
        UncheckedIo.run(() -> {
            for (Path file : files(directory)) {
                endLeftover(file).ifPresent(ended::add);
            }
        });
        return ended;
    }

    /** The names of the recorded running processes, whether their JVM is alive or not. */
    public static List<String> runningIn(Path directory) {
        return UncheckedIo.get(() -> {
            List<String> running = new ArrayList<>();
            for (Path file : files(directory)) {
                read(file).filter(PidFile::lives).map(PidFile::name).ifPresent(running::add);
            }
            return running;
        });
    }

    private static List<Path> files(Path directory) throws IOException {
        Path folder = directory.resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static Optional<String> endLeftover(Path file) throws IOException {
        Optional<PidFile> entry = read(file);
        if (entry.isPresent() && entry.get().ownerLives()) {
            return Optional.empty();
        }
        Optional<String> ended = entry.filter(PidFile::lives).map(leftover -> {
            end(leftover);
            return leftover.name();
        });
        erase(file);
        return ended;
    }

    private static Optional<PidFile> read(Path file) throws IOException {
        try {
            return PidFile.parse(Files.readString(file));
        } catch (NoSuchFileException erasedMeanwhile) {
            return Optional.empty();
        }
    }

    private static void end(PidFile leftover) {
        ProcessHandle.of(leftover.pid()).map(ProcessTree::of).ifPresent(tree -> {
            LOG.info("ending {} (pid {}), left behind by {}", leftover.name(), leftover.pid(), leftover.ownerPid());
            tree.signal("CONT");
            tree.members().get(0).destroy();
            if (!tree.awaitEnd(TERMINATE_TIMEOUT) && !tree.kill(KILL_TIMEOUT)) {
                LOG.warn("{} (pid {}) survived SIGKILL", leftover.name(), leftover.pid());
            }
        });
    }
}
