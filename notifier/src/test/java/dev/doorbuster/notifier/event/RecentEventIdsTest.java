package dev.doorbuster.notifier.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentEventIdsTest {
    private final RecentEventIds<String> recentEventIds = new RecentEventIds<>(2);

    @Test
    void remembersPublishedEvents() {
        recentEventIds.add("told");

        assertThat(recentEventIds.contains("told")).isTrue();
        assertThat(recentEventIds.contains("another")).isFalse();
    }

    @Test
    void forgetsTheOldestRatherThanGrow() {
        recentEventIds.add("oldest");
        recentEventIds.add("middle");
        recentEventIds.add("newest");

        assertThat(recentEventIds.contains("oldest")).isFalse();
        assertThat(recentEventIds.contains("newest")).isTrue();
    }
}
