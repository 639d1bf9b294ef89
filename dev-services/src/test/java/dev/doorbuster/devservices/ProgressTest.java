package dev.doorbuster.devservices;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {
    @Test
    void hasReadableText() {
        Duration took = Duration.ofMillis(7_140);
        assertThat(new Progress(ServerKind.RABBITMQ, Progress.Phase.READY, took))
                .hasToString("rabbitmq ready in 7.1 s");
        assertThat(new Progress(ServerKind.REDIS, Progress.Phase.STARTING, Duration.ZERO))
                .hasToString("redis starting");
        assertThat(new Progress(ServerKind.POSTGRES, Progress.Phase.FAILED, took))
                .hasToString("postgres failed after 7.1 s");
    }
}
