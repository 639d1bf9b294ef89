package dev.doorbuster.devservices.process.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.devservices.process.ProcessTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFilesTest {
    /** No boot has this id, so it is the fingerprint of a process that has ended. */
    private static final String GONE = "00000000-0000-0000-0000-000000000000/1";

    @TempDir
    Path directory;

    private Process bystander;

    @BeforeEach
    void startBystander() throws IOException {
        bystander = new ProcessBuilder("sleep", "600").start();
    }

    @AfterEach
    void endBystander() {
        bystander.destroyForcibly();
    }

    private String fingerprint() {
        return Fingerprint.of(bystander.pid()).orElseThrow();
    }

    private void write(PidFile entry) throws IOException {
        Path folder = Files.createDirectories(directory.resolve("processes"));
        Files.writeString(folder.resolve(entry.fileName()), entry.line());
    }

    @Test
    void killsProcessesOfADeadJvm() throws IOException {
        write(new PidFile("sleeper", bystander.pid(), fingerprint(), 1, GONE));
        assertThat(PidFiles.endLeftovers(directory)).containsExactly("sleeper");
        await().until(() -> !bystander.isAlive());
        assertThat(PidFiles.endLeftovers(directory)).isEmpty();
    }

    @Test
    void killsASuspendedLeftover() throws IOException {
        new ProcessTree(List.of(bystander.toHandle())).signal("STOP");
        write(new PidFile("sleeper", bystander.pid(), fingerprint(), 1, GONE));
        assertThat(PidFiles.endLeftovers(directory)).containsExactly("sleeper");
        await().until(() -> !bystander.isAlive());
    }

    @Test
    void neverKillsAnotherProcessWithTheSamePid() throws IOException {
        write(new PidFile("sleeper", bystander.pid(), GONE, 1, GONE));
        assertThat(PidFiles.endLeftovers(directory)).isEmpty();
        assertThat(bystander.isAlive()).isTrue();
        assertThat(directory.resolve("processes")).isEmptyDirectory();
    }

    @Test
    void ignoresProcessesOfALiveJvm() throws IOException {
        PidFile entry = PidFile.of("sleeper", bystander.pid());
        write(entry);
        assertThat(PidFiles.endLeftovers(directory)).isEmpty();
        assertThat(bystander.isAlive()).isTrue();
        assertThat(PidFiles.runningIn(directory)).containsExactly("sleeper");
    }

    @Test
    void deletesInvalidEntries() throws IOException {
        Path folder = Files.createDirectories(directory.resolve("processes"));
        Files.writeString(folder.resolve("half"), "redis 12");
        assertThat(PidFiles.endLeftovers(directory)).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void parsesWhatItFormats() {
        PidFile entry = PidFile.of("sleeper", bystander.pid());
        assertThat(PidFile.parse(entry.line())).contains(entry);
    }

    @Test
    void findsNothingInANewDirectory() {
        assertThat(PidFiles.endLeftovers(directory.resolve("never"))).isEmpty();
        assertThat(PidFiles.runningIn(directory.resolve("never"))).isEmpty();
    }
}
