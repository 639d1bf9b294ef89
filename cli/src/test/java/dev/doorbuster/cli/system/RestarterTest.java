package dev.doorbuster.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.devservices.process.ManagedProcess.ProcessExit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RestarterTest {
    private static final ProcessExit EXIT = new ProcessExit("stock-service-0", 1, 137, false);

    private final List<String> said = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private final Restarter restarter = new Restarter(said::add, nanos::get);

    @Test
    void aSlowStartIsNoSteadyLife() {
        // Given a process whose start takes longer than a steady life
        Runnable slowStart = () -> nanos.addAndGet(Duration.ofMinutes(2).toNanos());
        restarter.ended(EXIT, slowStart, () -> {});

        // When it dies at once
        restarter.ended(EXIT, slowStart, () -> {});

        // Then
        assertThat(said).contains("stock-service-0 ended with status 137; starting it again in 1000 ms");
    }

    @Test
    void aProcessThatHasRunSteadilyWaitsAsInTheBeginning() {
        // Given
        restarter.ended(EXIT, () -> {}, () -> {});
        nanos.addAndGet(Duration.ofMinutes(2).toNanos());

        // When
        restarter.ended(EXIT, () -> {}, () -> {});

        // Then
        assertThat(said)
                .filteredOn(line -> line.contains("starting it again"))
                .containsOnly("stock-service-0 ended with status 137; starting it again in 500 ms");
    }

    @Test
    void aFailedStartCountsToo() {
        // Given
        var starts = new ArrayList<String>();
        restarter.ended(
                EXIT,
                () -> {
                    starts.add("start");
                    if (starts.size() == 1) {
                        throw new IllegalStateException("not ready");
                    }
                },
                () -> {});

        // When
        restarter.ended(EXIT, () -> {}, () -> {});

        // Then
        assertThat(said)
                .contains("not ready; trying again in 1000 ms")
                .contains("stock-service-0 ended with status 137; starting it again in 2000 ms");
    }
}
