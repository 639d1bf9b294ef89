package dev.doorbuster.order.edge.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.order.edge.order.OrderLookups;
import dev.doorbuster.order.edge.pending.PendingMarkers;
import dev.doorbuster.order.edge.placement.SettledOrders.Found;
import dev.doorbuster.order.ledger.read.LedgerOrder;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.start.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Look-ups while markers do not return, or the ledger cannot be read. */
class SettledOrdersTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Duration LOOKUP_MAX = Duration.ofMillis(400);
    /** Timers are late on a busy machine. */
    private static final Duration SOON = LOOKUP_MAX.multipliedBy(2);

    private static final Found UNKNOWN = new Found(Optional.empty(), false);
    private static final SaleId SALE = new SaleId("abcdefghijklmnop");

    private final PlacementConfig config = Overrides.in(
            PlacementConfig.fromEnv(new Environment(Map.of())), "lookupMax", Long.toString(LOOKUP_MAX.toMillis()));
    private final Markers published = new Markers();
    private final PendingMarkers markers = new PendingMarkers(VERTX, published, () -> "edge-1", 100);
    private final Context loop = VERTX.getOrCreateContext();
    private volatile boolean ledgerSilent;
    private final OrderLookups lookups = new OrderLookups(
            VERTX,
            config,
            ids -> ledgerSilent
                    ? Promise.<Map<UUID, LedgerOrder>>promise().future()
                    : Future.succeededFuture(Map.of()));
    private final SettledOrders settled = new SettledOrders(
            VERTX, delay -> VERTX.timer(delay.toMillis(), TimeUnit.MILLISECONDS), config, markers, lookups);

    /** Keeps markers that do not return. */
    private static final class Markers implements Publisher {
        private final List<Message> kept = new CopyOnWriteArrayList<>();

        @Override
        public Future<Void> publish(Route route, Message message) {
            kept.add(message);
            return Future.succeededFuture();
        }

        @Override
        public void tell(Route route, Message message) {
            throw new AssertionError("a marker needs a confirm");
        }

        @Override
        public boolean isOpen() {
            return true;
        }
    }

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void allLookUpsOfAPartitionEndInTimeIfItsMarkerDoesNotReturn() {
        // When
        List<Future<Found>> found = find(2_000);

        // Then
        awaitAll(found);
        assertThat(found).allSatisfy(each -> assertThat(each.result()).isEqualTo(UNKNOWN));
        assertThat(published.kept).hasSize(1);
    }

    @Test
    void aLookUpEndsInTimeIfNeitherItsMarkerReturnsNorTheLedgerAnswers() {
        // Given
        ledgerSilent = true;

        // When
        List<Future<Found>> found = find(1);

        // Then
        awaitAll(found);
        assertThat(found.get(0).result()).isEqualTo(UNKNOWN);
    }

    private List<Future<Found>> find(int number) {
        return onLoop(() -> IntStream.range(0, number)
                .mapToObj(i -> settled.find(SALE, UUID.randomUUID()))
                .toList());
    }

    private <T> T onLoop(Supplier<T> step) {
        return EventLoop.on(loop, () -> Future.succeededFuture(step.get()))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private static void awaitAll(List<Future<Found>> found) {
        Awaitility.await().atMost(SOON).until(() -> found.stream().allMatch(Future::isComplete));
    }
}
