package dev.doorbuster.cli.system;

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
 * @param state where everything that runs keeps its files; not in version control
 * @param overlay has a folder for each module whose classes a test wants to see replaced; empty in every other run
 */
public record Distribution(Path home, Path state, Optional<Path> overlay) {
    private static final String HOME = "doorbuster.home";
    private static final String STATE = "doorbuster.state";

    /** As it was built. */
    public Distribution(Path home, Path state) {
        this(home, state, Optional.empty());
    }

    /** The same, but that classes in the folder, each in its module's, come before those that were built. */
    public Distribution withOverlay(Path folder) {
        return new Distribution(home, state, Optional.of(folder));
    }

    /** What the start script names. */
    public static Distribution current() {
        Path home = Path.of(System.getProperty(HOME, ".")).toAbsolutePath().normalize();
        String state = System.getProperty(STATE, home.resolve(".doorbuster").toString());
        return new Distribution(home, Path.of(state).toAbsolutePath().normalize());
    }

    /**
     * How to run a class of a module on the Java that runs this.
     *
     * @param options of the JVM, beyond those of every module
     * @throws IllegalStateException where the module was not built
     */
    public List<String> java(String module, String mainClass, List<String> options, List<String> arguments) {
        return java(module, mainClass, options, archive(module, options).using(), arguments);
    }

    /** The same, recording the module's {@link ClassArchive}. */
    List<String> javaRecording(String module, String mainClass, List<String> options) {
        return java(module, mainClass, options, archive(module, options).recording(), List.of());
    }

    /** Of what a module loads when it runs with these options. */
    ClassArchive archive(String module, List<String> options) {
        return ClassArchive.of(target(module), options, classpath(module));
    }

    /** No archive takes classes from a folder, as an overlay is. */
    boolean canRecord() {
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
            // Netty 4.1 reads memory by means that newer Javas warn about.
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
     * What a module runs from, as {@code java -cp} takes it.
     *
     * @throws IllegalStateException where the module was not built
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
