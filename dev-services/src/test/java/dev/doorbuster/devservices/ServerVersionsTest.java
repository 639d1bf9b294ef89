package dev.doorbuster.devservices;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerVersionsTest {
    @Test
    void parsesTheFirstNumberWithADot() {
        // When, Then
        assertThat(ServerVersions.first("Redis server v=7.0.15 sha=00000000:0 bits=64"))
                .isEqualTo("7.0.15");
        assertThat(ServerVersions.first("/usr/lib/rabbitmq/lib/rabbitmq_server-3.10.8/sbin"))
                .isEqualTo("3.10.8");
        assertThat(ServerVersions.first("no version")).isEqualTo("unknown");
    }
}
