package dev.doorbuster.runtime.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LimitedMapTest {
    private final Set<String> recent = Collections.newSetFromMap(new LimitedMap<>(2));

    @Test
    void remembersWhatWasAdded() {
        recent.add("told");

        assertThat(recent).containsExactly("told").doesNotContain("another");
    }

    @Test
    void forgetsTheOldestRatherThanGrow() {
        recent.add("oldest");
        recent.add("middle");
        recent.add("newest");

        assertThat(recent).containsExactly("middle", "newest");
    }
}
