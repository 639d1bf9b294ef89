package dev.doorbuster.devservices.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** File systems in files, as mounted on Linux; none elsewhere. */
public final class Mounts {
    private static final Logger LOG = LoggerFactory.getLogger(Mounts.class);
    private static final Path MOUNTS = Path.of("/proc/self/mounts");
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");
    private static final String LOOP = "/dev/loop";

    private Mounts() {}

    /** Whether one is mounted at this folder. */
    public static boolean has(Path folder) {
        return at(folder).contains(real(folder));
    }

    /** Takes away those at or below a folder. Processes that still use one keep it until they end. */
    public static void unmountBelow(Path folder) {
        for (Path mounted : at(folder)) {
            try {
                int status = new ProcessBuilder("umount", "-l", mounted.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
                if (status != 0) {
                    LOG.warn("{} cannot be unmounted: status {}", mounted, status);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static List<Path> at(Path folder) {
        if (!Files.isReadable(MOUNTS)) {
            return List.of();
        }
        return UncheckedIo.get(() -> {
            Path real = real(folder);
            return Files.readAllLines(MOUNTS).stream()
                    .map(line -> line.split(" ", -1))
                    .filter(fields -> fields[0].startsWith(LOOP))
                    .map(fields -> Path.of(decoded(fields[1])))
                    .filter(mounted -> mounted.startsWith(real))
                    .toList();
        });
    }

    /** Blanks, tabs, line feeds and backslashes are written in octal. */
    static String decoded(String field) {
        return OCTAL.matcher(field)
                .replaceAll(found -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(found.group(1), 8))));
    }

    private static Path real(Path folder) {
        return UncheckedIo.get(() -> Files.exists(folder) ? folder.toRealPath() : folder.toAbsolutePath());
    }
}
