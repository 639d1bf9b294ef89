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

class ProcessLedgerTest {
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

    private void write(LedgerEntry entry) throws IOException {
        Path folder = Files.createDirectories(directory.resolve("processes"));
        Files.writeString(folder.resolve(entry.fileName()), entry.line());
    }

    @Test
    void killsProcessesOfADeadJvm() throws IOException {
        write(new LedgerEntry("sleeper", bystander.pid(), fingerprint(), 1, GONE));
        assertThat(ProcessLedger.endLeftovers(directory)).containsExactly("sleeper");
        await().until(() -> !bystander.isAlive());
        assertThat(ProcessLedger.endLeftovers(directory)).isEmpty();
    }

    @Test
    void killsASuspendedLeftover() throws IOException {
        new ProcessTree(List.of(bystander.toHandle())).signal("STOP");
        write(new LedgerEntry("sleeper", bystander.pid(), fingerprint(), 1, GONE));
        assertThat(ProcessLedger.endLeftovers(directory)).containsExactly("sleeper");
        await().until(() -> !bystander.isAlive());
    }

    @Test
    void neverKillsAnotherProcessWithTheSamePid() throws IOException {
        write(new LedgerEntry("sleeper", bystander.pid(), GONE, 1, GONE));
        assertThat(ProcessLedger.endLeftovers(directory)).isEmpty();
        assertThat(bystander.isAlive()).isTrue();
        assertThat(directory.resolve("processes")).isEmptyDirectory();
    }

    @Test
    void ignoresProcessesOfALiveJvm() throws IOException {
        LedgerEntry entry = LedgerEntry.of("sleeper", bystander.pid());
        write(entry);
        assertThat(ProcessLedger.endLeftovers(directory)).isEmpty();
        assertThat(bystander.isAlive()).isTrue();
        assertThat(ProcessLedger.runningIn(directory)).containsExactly("sleeper");
    }

    @Test
    void deletesInvalidEntries() throws IOException {
        Path folder = Files.createDirectories(directory.resolve("processes"));
        Files.writeString(folder.resolve("half"), "redis 12");
        assertThat(ProcessLedger.endLeftovers(directory)).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void parsesWhatItFormats() {
        LedgerEntry entry = LedgerEntry.of("sleeper", bystander.pid());
        assertThat(LedgerEntry.parse(entry.line())).contains(entry);
    }

    @Test
    void findsNothingInANewDirectory() {
        assertThat(ProcessLedger.endLeftovers(directory.resolve("never"))).isEmpty();
        assertThat(ProcessLedger.runningIn(directory.resolve("never"))).isEmpty();
    }
}
