package dev.doorbuster.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code ./doorbuster} with different Javas, each a script that prints its version and its arguments. */
class StartScriptTest {
    /**
     * Newer Javas warn about Netty 4.1's memory access without these options; older ones do not know the second one.
     */
    private static final List<String> QUIET =
            List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    private static final long SECONDS_MAX = 30;

    @TempDir
    private Path home;

    @BeforeEach
    void copy() throws IOException {
        executable(home.resolve("doorbuster"), Files.readString(Path.of("../doorbuster")));
        Files.createDirectories(home.resolve("cli/target"));
        Files.createFile(home.resolve("cli/target/.built"));
    }

    @Test
    void aNewJavaGetsTheOptionsThatSuppressWarnings() throws Exception {
        // Given
        Path java = java("25.0.5");

        // When
        String output = run("status", Map.of("JAVA_HOME", java.toString()), 0);

        // Then
        assertThat(output.lines()).containsAll(QUIET).endsWith("dev.doorbuster.cli.Main", "status");
    }

    @Test
    void anOlderJavaIsNotGivenOptionsItDoesNotKnow() throws Exception {
        // Given
        Path java = java("17.0.15");

        // When
        String output = run("status", Map.of("JAVA_HOME", java.toString()), 0);

        // Then
        assertThat(output.lines()).doesNotContainAnyElementsOf(QUIET).endsWith("dev.doorbuster.cli.Main", "status");
    }

    @Test
    void aTooOldJavaIsRefused() throws Exception {
        // Given
        Path java = java("11.0.2");

        // When
        String output = run("status", Map.of("JAVA_HOME", java.toString()), 1);

        // Then
        assertThat(output).contains("needs a JDK 17 or newer", "is version 11");
    }

    /** The package that every Debian release has, whatever its default Java. */
    @Test
    void withoutJavaTheCommandToInstallItIsPrinted() throws Exception {
        // Given
        Path programs = Files.createDirectory(home.resolve("programs"));
        Files.createSymbolicLink(programs.resolve("dirname"), Path.of("/usr/bin/dirname"));

        // When
        String output = run("status", Map.of("PATH", programs.toString()), 1);

        // Then
        assertThat(output).contains("needs a JDK 17 or newer", "apt-get install default-jdk-headless");
    }

    @Test
    void aRunningSystemIsLookedAtAndStoppedWithoutABuild() throws Exception {
        // Given
        Path java = java("17.0.15");
        Path changed = Files.createFile(home.resolve("pom.xml"));
        Files.setLastModifiedTime(changed, FileTime.from(Instant.now().plusSeconds(60)));

        // When
        String down = run("down", Map.of("JAVA_HOME", java.toString()), 0);
        String status = run("status", Map.of("JAVA_HOME", java.toString()), 0);
        String demo = run("demo", Map.of("JAVA_HOME", java.toString()), 127);

        // Then
        assertThat(down.lines()).endsWith("dev.doorbuster.cli.Main", "down");
        assertThat(status.lines()).endsWith("dev.doorbuster.cli.Main", "status");
        assertThat(demo).contains("Building");
    }

    @Test
    void aJavaThatCannotRunIsNamed() throws Exception {
        // Given
        Path folder = home.resolve("broken");
        Files.createDirectories(folder.resolve("bin"));
        executable(folder.resolve("bin/java"), """
                #!/bin/sh
                exit 126
                """);

        // When
        String output = run("demo", Map.of("JAVA_HOME", folder.toString()), 1);

        // Then
        assertThat(output).contains("needs a JDK 17 or newer; " + folder, "version unknown");
    }

    @Test
    void twoCommandsAtOnceBuildOnce() throws Exception {
        // Given
        Path java = java("17.0.15");
        Files.delete(home.resolve("cli/target/.built"));
        executable(home.resolve("mvnw"), """
                #!/bin/sh
                echo built >> "$(dirname "$0")/builds"
                """);

        // When
        Process first = start("demo", Map.of("JAVA_HOME", java.toString()), home.resolve("first.txt"));
        String second = run("demo", Map.of("JAVA_HOME", java.toString()), 0);

        // Then
        assertThat(first.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        assertThat(first.exitValue()).isZero();
        assertThat(second.lines()).endsWith("dev.doorbuster.cli.Main", "demo");
        assertThat(Files.readAllLines(home.resolve("builds"))).hasSize(1);
    }

    private Path java(String version) throws IOException {
        Path folder = home.resolve("java-" + version);
        Files.createDirectories(folder.resolve("bin"));
        executable(folder.resolve("bin/java"), """
                #!/bin/sh
                if [ "$1" = -version ]; then
                  echo 'openjdk version "%s"' >&2
                else
                  printf '%%s\\n' "$@"
                fi
                """.formatted(version));
        return folder;
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String run(String command, Map<String, String> environment, int status) throws Exception {
        Path output = home.resolve("output.txt");
        Process process = start(command, environment, output);
        assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).as("it ends").isTrue();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(text).isEqualTo(status);
        return text;
    }

    private Process start(String command, Map<String, String> environment, Path output) throws IOException {
        var builder = new ProcessBuilder("/bin/bash", home.resolve("doorbuster").toString(), command);
        builder.environment().remove("JAVA_HOME");
        builder.environment().putAll(environment);
        return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }
}
