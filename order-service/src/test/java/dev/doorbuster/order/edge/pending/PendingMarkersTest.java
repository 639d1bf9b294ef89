package dev.doorbuster.order.edge.pending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.ManualPublisher;
import dev.doorbuster.runtime.amqp.publish.PublishException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Until when a marker is expected. */
class PendingMarkersTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final List<SaleId> SALE = List.of(new SaleId("abcdefghijklmnop"));
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(10);

    private final ManualPublisher publisher = new ManualPublisher();
    private final PendingMarkers markers = new PendingMarkers(VERTX, publisher, () -> "edge-1", 1);

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aKeptMarkerIsExpectedUntilItIsBack() {
        // Given
        Future<Void> back = markers.sendAndKeep(SALE, LONG);
        publisher.confirm(0);
        assertThat(markers.sendAndKeep(SALE, LONG).failed())
                .as("another one beyond the limit")
                .isTrue();

        // When
        publisher.sent().get(0).message().elements(SaleMarker.class).forEach(markers::back);

        // Then
        assertThat(back.succeeded()).isTrue();
        assertOneIsSent();
    }

    @Test
    void aKeptMarkerIsNotExpectedForEver() {
        // When
        Future<Void> back = markers.sendAndKeep(SALE, SHORT);
        publisher.confirm(0);

        // Then
        Awaitility.await().until(back::failed);
        assertOneIsSent();
    }

    @Test
    void aMarkerThatWasNotPublishedIsNotExpected() {
        // Given
        Future<Void> back = markers.sendAndKeep(SALE, LONG);

        // When
        publisher.fail(0, PublishException.Kind.NACKED);

        // Then
        assertThat(back.failed()).isTrue();
        assertOneIsSent();
    }

    @Test
    void noMarkerIsExpectedInADeletedQueue() {
        // Given
        Future<Void> back = markers.sendAndKeep(SALE, LONG);
        publisher.confirm(0);

        // When
        markers.answersLost();

        // Then
        assertThat(back.failed()).isTrue();
        assertOneIsSent();
    }

    private void assertOneIsSent() {
        int before = publisher.sent().size();
        Future<Void> unused = markers.sendAndKeep(SALE, LONG);
        assertThat(publisher.sent()).hasSize(before + 1);
    }
}
