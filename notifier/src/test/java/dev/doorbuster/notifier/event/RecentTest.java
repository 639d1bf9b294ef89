package dev.doorbuster.notifier.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentTest {
    private final Recent<String> recent = new Recent<>(2);

    @Test
    void knowsWhatWasTold() {
        recent.add("told");

        assertThat(recent.contains("told")).isTrue();
        assertThat(recent.contains("another")).isFalse();
    }

    @Test
    void forgetsTheOldestRatherThanGrow() {
        recent.add("oldest");
        recent.add("middle");
        recent.add("newest");

        assertThat(recent.contains("oldest")).isFalse();
        assertThat(recent.contains("newest")).isTrue();
    }
}
