package dev.doorbuster.devservices.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

public final class Directories {
    private Directories() {}

    /** Deletes a tree if it exists. Links are deleted, not followed; volumes are unmounted. */
    public static void delete(Path path) {
        if (!Files.exists(path)) {
            return;
        }
        Mounts.unmountBelow(path);
        try (Stream<Path> tree = Files.walk(path)) {
            for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
