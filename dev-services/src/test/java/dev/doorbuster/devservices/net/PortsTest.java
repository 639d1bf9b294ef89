package dev.doorbuster.devservices.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.doorbuster.devservices.process.ManagedProcess;
import dev.doorbuster.devservices.process.ProcessFailedException;
import dev.doorbuster.devservices.process.command.ProcessSpec;
import dev.doorbuster.devservices.process.record.PidFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {
    @Test
    void returnsNoPortTwice() {
        Set<Integer> given = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            assertThat(given.add(Ports.free())).isTrue();
        }
    }

    @Test
    void returnsNoPortThatAnotherProcessHasChosen(@TempDir Path directory) throws Exception {
        // Given
        Path file = directory.resolve("ports");
        Process other = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChoosesPorts.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var reservations = new PortReservations(file);
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("true");

            // When, Then
            assertThat(reservations.take(ChoosesPorts.PORT)).isFalse();
            assertThat(reservations.take(ChoosesPorts.PORT + 1)).isTrue();
            assertThat(reservations.take(ChoosesPorts.PORT + 1)).isFalse();
        } finally {
            other.destroyForcibly();
        }
        assertThat(other.waitFor()).isNotZero();
        assertThat(reservations.take(ChoosesPorts.PORT)).isTrue();
    }

    /** Another process: chooses a port, says so, and waits until it is killed. */
    static final class ChoosesPorts {
        static final int PORT = 12_345;

        public static void main(String[] arguments) throws InterruptedException {
            System.out.println(new PortReservations(Path.of(arguments[0])).take(PORT));
            new CountDownLatch(1).await();
        }
    }

    @Test
    void listensOnAPortOfItsOwn() throws IOException {
        try (var first = Ports.listen(1);
                var second = Ports.listen(1)) {
            assertThat(first.getLocalPort()).isNotEqualTo(second.getLocalPort());
            assertThat(Ports.isFree(first.getLocalPort())).isFalse();
        }
    }

    @Test
    void readsTheWholeEphemeralRange() throws IOException {
        assertThat(Ports.ephemeralRange()).containsPattern("^\\d+\\s+\\d+\\s*$");
    }

    @Test
    void staysBelowTheEphemeralRange() {
        assertThat(Ports.endOfRange("32768\t60999\n")).isEqualTo(32_768);
        // A machine with an ephemeral range of nearly all ports leaves no room below.
        assertThat(Ports.endOfRange("1024\t65535\n")).isEqualTo(32_768);
        assertThat(Ports.endOfRange("nonsense")).isEqualTo(32_768);
    }

    @Test
    void retriesWithOtherPortsOnAConflict(@TempDir Path directory) {
        AtomicInteger attempts = new AtomicInteger();
        PidFiles pidFiles = PidFiles.in(directory);
        int attempt = Ports.retryingOnConflict(() -> {
            if (attempts.incrementAndGet() == 1) {
                ProcessSpec spec =
                        ProcessSpec.of("late", directory, List.of("sh", "-c", "echo Address already in use"));
                throw assertThrows(
                        ProcessFailedException.class,
                        () -> ManagedProcess.start(spec.withReady(pid -> false), pidFiles));
            }
            return attempts.get();
        });
        assertThat(attempt).isEqualTo(2);
    }

    @Test
    void doesNotRetryOtherFailures() {
        AtomicInteger attempts = new AtomicInteger();
        assertThatThrownBy(() -> Ports.retryingOnConflict(() -> {
                    attempts.incrementAndGet();
                    throw new IllegalStateException("no disk");
                }))
                .hasMessage("no disk");
        assertThat(attempts).hasValue(1);
    }
}
