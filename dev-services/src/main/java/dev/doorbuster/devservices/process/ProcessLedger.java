package dev.doorbuster.devservices.process;

import java.io.IOException;
import java.io.UncheckedIOException;
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
 * What runs in a data directory, on disk: one small file a process, written when it starts and removed when it ends. What a
 * killed command could not end itself is found here by the next one.
 *
 * <p>A pid alone proves nothing, it may belong to somebody else by now: an entry is matched by the process' {@link Fingerprint}
 * too, and an entry whose own JVM still lives is nobody else's business.
 */
public final class ProcessLedger {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessLedger.class);
    private static final String FOLDER = "processes";
    private static final Duration TERMINATE_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);
    private static final String UNKNOWN = "?";

    private final Path folder;

    private ProcessLedger(Path folder) {
        this.folder = folder;
    }

    /** The ledger of a data directory, which is created if need be. */
    public static ProcessLedger in(Path directory) {
        try {
            return new ProcessLedger(Files.createDirectories(directory.resolve(FOLDER)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One process: its file holds pid, fingerprint, and pid and fingerprint of the JVM that started it. */
    record Entry(String name, long pid, String fingerprint, long ownerPid, String ownerFingerprint) {
        String fileName() {
            return name + "-" + pid;
        }

        String line() {
            return String.join(" ", name, Long.toString(pid), fingerprint, Long.toString(ownerPid), ownerFingerprint);
        }

        static Optional<Entry> parse(String line) {
            String[] fields = line.strip().split(" ", -1);
            try {
                return Optional.of(new Entry(
                        fields[0], Long.parseLong(fields[1]), fields[2], Long.parseLong(fields[3]), fields[4]));
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                return Optional.empty();
            }
        }

        boolean isLeftover() {
            return !ownerLives() && Fingerprint.lives(pid, fingerprint);
        }

        boolean ownerLives() {
            return Fingerprint.lives(ownerPid, ownerFingerprint);
        }
    }

    Entry record(String name, long pid) {
        long owner = ProcessHandle.current().pid();
        Entry entry = new Entry(
                name,
                pid,
                Fingerprint.of(pid).orElse(UNKNOWN),
                owner,
                Fingerprint.of(owner).orElse(UNKNOWN));
        try {
            // Moved into place: a reader, or a crash in the middle, must not meet half a line.
            Path draft = Files.writeString(folder.resolve(entry.fileName() + ".draft"), entry.line());
            Files.move(draft, folder.resolve(entry.fileName()), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entry;
    }

    void erase(Entry entry) {
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
     * Ends the recorded processes whose JVM is gone, and only those.
     *
     * @return the names of those that still ran
     */
    public static List<String> endLeftovers(Path directory) {
        Path folder = directory.resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<String> ended = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                endLeftover(file).ifPresent(ended::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ended;
    }

    private static Optional<String> endLeftover(Path file) throws IOException {
        Optional<Entry> entry = read(file);
        if (entry.isPresent() && entry.get().ownerLives()) {
            return Optional.empty();
        }
        Optional<String> ended = entry.filter(Entry::isLeftover).map(leftover -> {
            end(leftover);
            return leftover.name();
        });
        erase(file);
        return ended;
    }

    private static Optional<Entry> read(Path file) throws IOException {
        try {
            return Entry.parse(Files.readString(file));
        } catch (NoSuchFileException erasedMeanwhile) {
            return Optional.empty();
        }
    }

    private static void end(Entry leftover) {
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
