package dev.doorbuster.cli.chaos.fault;

import dev.doorbuster.devservices.RealServer;
import dev.doorbuster.devservices.support.Directories;
import dev.doorbuster.devservices.support.UncheckedIo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** Copies of Redis' files. A copy of a file that is being appended to equals the file a little earlier. */
final class RedisSnapshots {
    private static final String APPENDED = "appendonlydir";

    private final Path copy;

    /** Directory next to the data of this Redis. */
    RedisSnapshots(RealServer redis) {
        copy = redis.folder().resolve("snapshot");
    }

    void take(RealServer redis) {
        replace(redis.folder().resolve(APPENDED), copy);
    }

    /** Restores a copy; only while that Redis is stopped. */
    void restore(RealServer redis) {
        replace(copy, redis.folder().resolve(APPENDED));
    }

    private static void replace(Path from, Path to) {
        UncheckedIo.run(() -> {
            Directories.delete(to);
            Files.createDirectories(to);
            for (Path file : files(from)) {
                copy(file, to.resolve(file.getFileName()));
            }
        });
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static void copy(Path file, Path to) throws IOException {
        try {
            Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException renamedMeanwhile) {
            // Redis' temporary file; it is in place under its final name.
        }
    }
}
