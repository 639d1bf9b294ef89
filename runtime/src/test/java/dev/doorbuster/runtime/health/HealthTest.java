package dev.doorbuster.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthTest {
    private final Health health = new Health();

    @Test
    void isReadyIfThereIsNoProblem() {
        health.register("redis", Optional::empty);

        assertThat(health.problems()).isEmpty();
    }

    @Test
    void reportsProblemsByPart() {
        health.register("redis", () -> Optional.of("not reached"));
        health.register("memcached", Optional::empty);
        health.register("broker", () -> Optional.of("blocked"));

        assertThat(health.problems()).hasToString("{broker=blocked, redis=not reached}");
    }

    @Test
    void isNotReadyBeforeEverythingHasStarted() {
        Health starting = Health.ofStarting();
        starting.register("redis", Optional::empty);

        assertThat(starting.problems()).containsOnlyKeys("start");

        starting.started();
        assertThat(starting.problems()).isEmpty();
    }

    @Test
    void ignoresADeregisteredPart() {
        health.register("redis", () -> Optional.of("not reached"));

        health.deregister("redis");

        assertThat(health.problems()).isEmpty();
    }

    @Test
    void aCheckThatThrowsIsAProblemOfItsPartAlone() {
        health.register("redis", () -> {
            throw new IllegalStateException("closed");
        });
        health.register("broker", () -> Optional.of("blocked"));

        assertThat(health.problems())
                .containsEntry("broker", "blocked")
                .containsEntry("redis", "the check failed: java.lang.IllegalStateException: closed");
    }
}
