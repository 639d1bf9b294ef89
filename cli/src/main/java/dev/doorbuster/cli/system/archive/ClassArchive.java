package dev.doorbuster.cli.system.archive;

import dev.doorbuster.contracts.value.Sha256;
import dev.doorbuster.devservices.support.UncheckedIo;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The classes that a module loads at start-up, parsed and verified: an archive for class data sharing (JDK 17 to
 * 24), or an AOT cache, which also has method profiles (JDK 25). The JVM records it in one run and writes it at the
 * end of that run.
 *
 * <p>An archive is valid for one Java, one set of options and one set of jars, all of which are part of its file's
 * name. The JVM checks this too and ignores an archive that does not fit.
 *
 * @param file path of the archive once it was recorded
 */
public record ClassArchive(Path file) {
    private static final int AOT_CACHE_SINCE = 25;
    private static final int KEY_LENGTH = 16;

    /**
     * The archive of a module.
     *
     * @param classpath as {@code java -cp} takes it, of jars and of folders of jars ending with {@code *}
     */
    public static ClassArchive of(Path moduleTarget, List<String> javaOptions, String classpath) {
        String all = System.getProperty("java.home") + Runtime.version() + javaOptions + stateOf(classpath);
        String key = Sha256.hex(all).substring(0, KEY_LENGTH);
        return new ClassArchive(moduleTarget.resolve("class-archives").resolve(key + (isAotCache() ? ".aot" : ".jsa")));
    }

    boolean exists() {
        return Files.isRegularFile(file);
    }

    /** Locked while the archives of a build are recorded. */
    Path lockFile() {
        return file.resolveSibling("../class-archives.lock").normalize();
    }

    /** Options of a run that uses the archive; none if it does not exist. */
    public List<String> using() {
        if (!exists()) {
            return List.of();
        }
        return List.of((isAotCache() ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + file);
    }

    /** Options of the run that records the archive; {@link #keep()} follows that run. */
    public List<String> recording() {
        // The file of an interrupted recording.
        UncheckedIo.run(() -> Files.deleteIfExists(recorded()));
        return List.of((isAotCache() ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + recorded());
    }

    /** Moves the recorded archive into place and deletes those of older jars; false if nothing was recorded. */
    boolean keep() {
        return UncheckedIo.get(() -> {
            if (!Files.exists(recorded())) {
                return false;
            }
            deleteOlder();
            Path unused =
                    Files.move(recorded(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return true;
        });
    }

    /** The JVM writes to a temporary file that no other run uses. */
    private Path recorded() {
        return UncheckedIo.get(() -> {
            Path folder = Files.createDirectories(file.getParent());
            return folder.resolve(file.getFileName() + ".recording");
        });
    }

    /** Archives of other Javas stay while the module's jar is the same. */
    private void deleteOlder() throws IOException {
        try (Stream<Path> archives = Files.list(file.getParent());
                Stream<Path> built = Files.list(file.getParent().getParent())) {
            long jarMillis = built.filter(each -> each.toString().endsWith(".jar"))
                    .mapToLong(jar -> jar.toFile().lastModified())
                    .max()
                    .orElse(0);
            for (Path archive : archives.filter(each -> each.toFile().lastModified() < jarMillis)
                    .toList()) {
                Files.delete(archive);
            }
        }
    }

    private static boolean isAotCache() {
        return Runtime.version().feature() >= AOT_CACHE_SINCE;
    }

    private static String stateOf(String classpath) {
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(classpath)
                .flatMap(ClassArchive::jars)
                .map(jar -> jar + " " + jar.length() + " " + jar.lastModified())
                .collect(Collectors.joining("\n"));
    }

    private static Stream<File> jars(String entry) {
        if (!entry.endsWith("*")) {
            return Stream.of(new File(entry));
        }
        File[] jars = new File(entry.substring(0, entry.length() - 1))
                .listFiles(file -> file.getName().endsWith(".jar"));
        return jars == null ? Stream.empty() : Stream.of(jars).sorted();
    }
}
