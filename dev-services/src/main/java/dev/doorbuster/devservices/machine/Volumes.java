package dev.doorbuster.devservices.machine;

import dev.doorbuster.devservices.process.OneShot;
import dev.doorbuster.devservices.process.ProcessFailedException;
import dev.doorbuster.devservices.process.command.ProcessSpec;
import dev.doorbuster.devservices.process.command.ProcessSpec.Account;
import dev.doorbuster.devservices.support.Directories;
import dev.doorbuster.devservices.support.Mounts;
import dev.doorbuster.devservices.support.UncheckedIo;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file system of its own for each server's data, in a sparse file, so that it can become full or slow without the machine's
 * disk. Needs root on Linux.
 */
public final class Volumes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Volumes.class);
    private static final String IMAGES = "volumes";
    private static final String FILLER = "filler";
    private static final String SIZE = "2G";
    private static final Duration COMMAND_MAX = Duration.ofSeconds(60);
    /** Written byte by byte at the end: a file system has less room than it says. */
    private static final long WRITTEN_BYTES = 16L << 20;

    private static final int CHUNK_BYTES = 64 * 1024;

    private final Path directory;
    private final List<Path> mounted = new CopyOnWriteArrayList<>();

    private Volumes(Path directory) {
        this.directory = directory;
    }

    /**
     * Volumes in files below this directory.
     *
     * @throws IllegalStateException if file systems cannot be mounted here, with the reason
     */
    public static Volumes in(Path directory) {
        if (!Account.currentIsRoot()) {
            throw new IllegalStateException("a file system can be mounted by root only");
        }
        var volumes = new Volumes(directory);
        try {
            Path probe = Files.createDirectories(directory.resolve(IMAGES).resolve("probe"));
            volumes.mount(probe);
            Mounts.unmountBelow(probe);
            Files.delete(probe);
            Files.delete(volumes.image(probe));
            // An interrupted run must not leave file systems mounted.
            Runtime.getRuntime().addShutdownHook(new Thread(volumes::close, "unmount"));
            return volumes;
        } catch (ProcessFailedException e) {
            throw new IllegalStateException("no file system can be mounted: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts an empty file system over the folder, once. */
    public void mount(Path folder) {
        if (Mounts.has(folder)) {
            return;
        }
        mounted.add(folder);
        Path image = image(folder);
        shell(
                "mount",
                "truncate -s %s \"$1\" && mkfs.ext4 -q -F -m 0 \"$1\" && mount -o loop \"$1\" \"$2\"".formatted(SIZE),
                image,
                folder);
    }

    private Path image(Path folder) {
        return directory.resolve(IMAGES).resolve(folder.getFileName() + ".img");
    }

    /**
     * Uses up the space of the volume below a folder until the returned action runs.
     *
     * @param leftBytes remains free
     */
    public Runnable fill(Path folder, long leftBytes) {
        Path filler = folder.resolve(FILLER);
        UncheckedIo.run(() -> {
            long free = Files.getFileStore(folder).getUsableSpace();
            shell(
                    "fallocate",
                    "fallocate -l %d \"$1\"".formatted(Math.max(1, free - leftBytes - WRITTEN_BYTES)),
                    filler);
            if (leftBytes == 0) {
                fillUp(folder.resolve(FILLER + "-end"));
            }
        });
        return () -> {
            UncheckedIo.run(() -> {
                Files.deleteIfExists(filler);
                Files.deleteIfExists(folder.resolve(FILLER + "-end"));
            });
        };
    }

    private static void fillUp(Path file) {
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(new byte[CHUNK_BYTES]);
            }
        } catch (IOException full) {
            LOG.debug("{}: {}", file, full.toString());
        }
    }

    /**
     * No write reaches the disk for that long. A child of the shell thaws, which does not end with this JVM: the file system must
     * not stay frozen.
     */
    public void freeze(Path folder, Duration length) {
        shell(
                "freeze",
                String.format(
                        Locale.ROOT,
                        "(fsfreeze -f \"$1\" && { sleep %.3f; fsfreeze -u \"$1\"; }) & wait $!",
                        length.toMillis() / 1e3),
                folder);
    }

    /** @param paths the script's arguments */
    private void shell(String name, String script, Path... paths) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script, name));
        Stream.of(paths).map(Path::toString).forEach(command::add);
        OneShot.run(
                ProcessSpec.of("volume-" + name, directory, command)
                        .withLogFile(directory.resolve(IMAGES).resolve("volumes.log"))
                        .withReadyTimeout(COMMAND_MAX),
                "");
    }

    /** Takes the volumes away with their files. */
    @Override
    public void close() {
        mounted.forEach(Mounts::unmountBelow);
        mounted.clear();
        Directories.delete(directory.resolve(IMAGES));
    }
}
