package dev.doorbuster.cli.system;

import dev.doorbuster.cli.system.archive.ClassArchive;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The built project.
 *
 * @param home its root folder
 * @param state folder of all run-time files; not in version control
 * @param overlay folder with a subfolder per module of classes that replace built ones; tests only, else empty
 */
public record Distribution(Path home, Path state, Optional<Path> overlay) {
    private static final String HOME = "doorbuster.home";
    private static final String STATE = "doorbuster.state";

    /** The distribution as built. */
    public Distribution(Path home, Path state) {
        this(home, state, Optional.empty());
    }

    /** The same with overlay classes from the folder before the built ones. */
    public Distribution withOverlay(Path folder) {
        return new Distribution(home, state, Optional.of(folder));
    }

    /** The distribution that the start script names. */
    public static Distribution current() {
        Path home = Path.of(System.getProperty(HOME, ".")).toAbsolutePath().normalize();
        String state = System.getProperty(STATE, home.resolve(".doorbuster").toString());
        return new Distribution(home, Path.of(state).toAbsolutePath().normalize());
    }

    /**
     * The command that runs a class of a module on the current Java.
     *
     * @param options JVM options in addition to those of every module
     * @throws IllegalStateException if the module was not built
     */
    public List<String> java(String module, String mainClass, List<String> options, List<String> arguments) {
        return java(module, mainClass, options, archive(module, options).using(), arguments);
    }

    /** The same, recording the module's {@link ClassArchive}. */
    public List<String> javaRecording(String module, String mainClass, List<String> options) {
        return java(module, mainClass, options, archive(module, options).recording(), List.of());
    }

    /** The archive of a module with these options. */
    public ClassArchive archive(String module, List<String> options) {
        return ClassArchive.of(target(module), options, classpath(module));
    }

    /** Archives cannot contain classes from a folder, such as an overlay. */
    public boolean canRecord() {
        return overlay.isEmpty();
    }

    private List<String> java(
            String module, String mainClass, List<String> options, List<String> archive, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.add("-XX:+ExitOnOutOfMemoryError");
        // Its sampling wakes an idle JVM twenty times a second.
        command.add("-XX:-UsePerfData");
        command.addAll(options);
        command.addAll(archive);
        command.add("-D" + HOME + "=" + home);
        command.add("-D" + STATE + "=" + state);
        if (Runtime.version().feature() >= 24) {
            // Netty 4.1 uses memory access that newer Javas warn about.
            command.add("--enable-native-access=ALL-UNNAMED");
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.add("-cp");
        command.add(classpath(module));
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    /**
     * The class path of a module for {@code java -cp}.
     *
     * @throws IllegalStateException if the module was not built
     */
    public String classpath(String module) {
        return overlay.map(folder -> folder.resolve(module) + File.pathSeparator)
                        .orElse("")
                + built(module);
    }

    private String built(String module) {
        Path target = target(module);
        try (Stream<Path> files = Files.list(target)) {
            String jar = files.map(Path::toString)
                    .filter(name -> name.endsWith(".jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no jar in " + target));
            return jar + File.pathSeparator + target.resolve("lib") + File.separator + "*";
        } catch (IOException e) {
            throw new IllegalStateException(module + " is not built: run ./mvnw package -DskipTests", e);
        }
    }

    private Path target(String module) {
        return home.resolve(module).resolve("target");
    }
}
