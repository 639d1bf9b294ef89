package dev.doorbuster.runtime.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ServerWaitTest {
    private static final ServerWait PATIENT = new ServerWait(Duration.ofMinutes(1), Duration.ofMillis(1));

    @ParameterizedTest
    @MethodSource("outages")
    void repeatsAStepWhileTheServerIsAway(Exception outage) throws Exception {
        // Given
        Deque<Exception> failures = new ArrayDeque<>(List.of(outage, outage));

        // When
        PATIENT.until(() -> failOnce(failures));

        // Then
        assertThat(failures).isEmpty();
    }

    static List<Exception> outages() {
        return List.of(
                new ConnectException("Connection refused"),
                new UnknownHostException("rabbitmq"),
                new IOException("no answer", new TimeoutException()),
                new IOException("closed", new EOFException()),
                new IllegalStateException("not migrated", new SQLException("refused", "08001")),
                new IllegalStateException("not migrated", new SQLException("starting up", "57P03")));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aRefusalIsFinal(Exception refusal) {
        // Given
        Deque<Exception> failures = new ArrayDeque<>(List.of(refusal, refusal));

        // When, Then
        assertThatThrownBy(() -> PATIENT.until(() -> failOnce(failures))).isSameAs(refusal);
        assertThat(failures).hasSize(1);
    }

    static List<Exception> refusals() {
        return List.of(
                new IOException("PRECONDITION_FAILED"),
                new IllegalStateException("not migrated", new SQLException("wrong password", "28P01")),
                new IllegalStateException("not migrated", new SQLException("no state")));
    }

    @Test
    void endsAfterTheLimit() {
        // Given
        var outage = new ConnectException("Connection refused");

        // When, Then
        assertThatThrownBy(() -> new ServerWait(Duration.ofMillis(5), Duration.ofMillis(1)).until(() -> {
                    throw outage;
                }))
                .isSameAs(outage);
    }

    private static void failOnce(Deque<Exception> failures) throws Exception {
        if (!failures.isEmpty()) {
            throw failures.removeFirst();
        }
    }
}
