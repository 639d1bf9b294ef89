package dev.doorbuster.devservices.machine;

import dev.doorbuster.devservices.support.Directories;
import dev.doorbuster.devservices.support.UncheckedIo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Wall clocks of processes that can be set while they run, by libfaketime. Only the time of day changes: durations are measured
 * by the monotonic clock, which a wrong date does not affect.
 */
public final class Clocks implements AutoCloseable {
    /** Debian's package. */
    public static final String PACKAGE = "libfaketime";

    private static final String LIBRARY = "faketime/libfaketimeMT.so.1";
    private static final List<Path> PLACES =
            List.of(Path.of("/usr/lib"), Path.of("/usr/lib64"), Path.of("/usr/local/lib"));
    /** A process may see a change this late: it reads the file once a second. */
    public static final Duration NOTICED_MAX = Duration.ofSeconds(1);

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final Pattern LEFT = Pattern.compile("(?:sem\\.)?faketime_(?:sem|shm)_(\\d+)");

    private final Path library;
    private final Path folder;
    private final Predicate<String> processes;

    private Clocks(Path library, Path folder, Predicate<String> processes) {
        this.library = library;
        this.folder = folder;
        this.processes = processes;
    }

    /** Whether the library is installed. */
    public static boolean arePossible() {
        return library().isPresent();
    }

    private static Optional<Path> library() {
        return PLACES.stream()
                .flatMap(place -> Stream.concat(Stream.of(place), children(place)))
                .map(folder -> folder.resolve(LIBRARY))
                .filter(Files::isReadable)
                .findFirst();
    }

    private static Stream<Path> children(Path place) {
        try (Stream<Path> found = Files.list(place)) {
            return found.toList().stream();
        } catch (IOException none) {
            return Stream.empty();
        }
    }

    /**
     * Clocks that are right at first.
     *
     * @param processes names of those that get one
     */
    public static Clocks of(Predicate<String> processes) {
        return UncheckedIo.get(() -> {
            // Readable by the servers' own accounts.
            Path folder = Files.createTempDirectory(
                    "doorbuster-clocks",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            return new Clocks(library().orElseThrow(), folder, processes);
        });
    }

    Map<String, String> environment(String process) {
        if (!processes.test(process)) {
            return Map.of();
        }
        set(process, Duration.ZERO);
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "FAKETIME_TIMESTAMP_FILE",
                folder.resolve(process).toString(),
                "FAKETIME_CACHE_DURATION",
                Long.toString(NOTICED_MAX.toSeconds()),
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                // Otherwise waits of a JVM, which are by the monotonic clock, return at once.
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0",
                "FAKETIME_DONT_RESET",
                "1");
    }

    /** Sets the clock of a process to the machine's, ahead of it, or behind it by a negative duration. */
    public void set(String process, Duration ahead) {
        UncheckedIo.run(() -> {
            // Replaced at once: an empty file would be read as no date at all.
            Path draft = Files.writeString(folder.resolve(process + ".draft"), "%+d%n".formatted(ahead.toSeconds()));
            Path unused = Files.move(draft, folder.resolve(process), StandardCopyOption.ATOMIC_MOVE);
        });
    }

    /** Killed processes leave the library's shared memory. */
    @Override
    public void close() {
        Directories.delete(folder);
        children(SHARED_MEMORY).forEach(file -> {
            Matcher left = LEFT.matcher(file.getFileName().toString());
            if (left.matches()
                    && ProcessHandle.of(Long.parseLong(left.group(1))).isEmpty()) {
                Directories.delete(file);
            }
        });
    }
}
