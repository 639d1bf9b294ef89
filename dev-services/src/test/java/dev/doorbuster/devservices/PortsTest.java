package dev.doorbuster.devservices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void givesNoPortTwice() {
        Set<Integer> given = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            assertThat(given.add(Ports.free())).isTrue();
        }
    }

    @Test
    void staysBelowThePortsOfOutgoingConnections() {
        assertThat(Ports.endOfRange("32768\t60999\n")).isEqualTo(32_768);
        // A machine that gives out nearly all ports leaves no room below.
        assertThat(Ports.endOfRange("1024\t65535\n")).isEqualTo(32_768);
        assertThat(Ports.endOfRange("nonsense")).isEqualTo(32_768);
    }

    @Test
    void doesNotRetryWhatAnotherPortCannotHelp() {
        AtomicInteger attempts = new AtomicInteger();
        assertThatThrownBy(() -> Ports.retryingOnConflict(() -> {
                    attempts.incrementAndGet();
                    throw new IllegalStateException("no disk");
                }))
                .hasMessage("no disk");
        assertThat(attempts).hasValue(1);
    }
}
