package dev.doorbuster.order.edge.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.order.edge.order.OrderLookups;
import dev.doorbuster.order.edge.pending.PendingMarkers;
import dev.doorbuster.order.edge.placement.SettledOrders.Found;
import dev.doorbuster.order.ledger.read.LedgerOrder;
import dev.doorbuster.runtime.amqp.publish.PublishException;
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
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Look-ups while markers do not return, or the ledger cannot be read. */
class SettledOrdersTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Duration LOOKUP_MAX = Duration.ofMillis(400);

    private static final Found UNKNOWN = new Found(Optional.empty(), false);
    private static final SaleId SALE = new SaleId("abcdefghijklmnop");

    private final PlacementConfig config = Overrides.in(
            PlacementConfig.fromEnv(new Environment(Map.of())), "lookupMax", Long.toString(LOOKUP_MAX.toMillis()));
    private final Context loop = VERTX.getOrCreateContext();
    private final Markers published = new Markers();
    private final PendingMarkers markers = new PendingMarkers(VERTX, published, () -> "edge-1", 100);
    private volatile boolean ledgerSilent;
    private final OrderLookups lookups = new OrderLookups(
            VERTX,
            config,
            ids -> ledgerSilent
                    ? Promise.<Map<UUID, LedgerOrder>>promise().future()
                    : Future.succeededFuture(Map.of()));
    private final SettledOrders settled =
            new SettledOrders(VERTX, delay -> Future.succeededFuture(), config, markers, lookups);

    /** Returns markers at once, and keeps those that name a blocked sale. */
    private final class Markers implements Publisher {
        private final List<Message> kept = new CopyOnWriteArrayList<>();
        private volatile Predicate<SaleId> isBlocked = sale -> true;
        private volatile boolean isOpen = true;

        @Override
        public Future<Void> publish(Route route, Message message) {
            if (!isOpen) {
                return Future.failedFuture(new PublishException(PublishException.Kind.NOT_SENT, "not connected"));
            }
            if (isBlocked.test(message.sale())
                    || message.followedSales().stream().anyMatch(isBlocked)) {
                kept.add(message);
            } else {
                loop.runOnContext(v -> message.elements(SaleMarker.class).forEach(markers::back));
            }
            return Future.succeededFuture();
        }

        @Override
        public void tell(Route route, Message message) {
            throw new AssertionError("a marker needs a confirm");
        }

        @Override
        public boolean isOpen() {
            return isOpen;
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

    @Test
    void aSaleHasOneUnreturnedMarkerAtMost() {
        // Given
        awaitAll(find(1));

        // When
        List<Future<Found>> meanwhile = find(100);

        // Then
        assertThat(meanwhile)
                .as("at once")
                .allSatisfy(each -> assertThat(each.result()).isEqualTo(UNKNOWN));
        assertThat(published.kept).hasSize(1);
    }

    @Test
    void refusalsAreKnownAgainOnceTheMarkerIsBack() {
        // Given
        awaitAll(find(1));
        published.isBlocked = sale -> false;

        // When
        published.kept.forEach(this::back);

        // Then
        assertThat(settledTogether(SALE)).containsExactly(true);
    }

    @Test
    void refusalsAreKnownAgainOnAnotherConnectionThatAMarkerCannotReturnOn() {
        // Given
        awaitAll(find(1));
        published.isBlocked = sale -> false;

        // When
        Object unused = onLoop(() -> {
            markers.answersLost();
            return null;
        });

        // Then
        assertThat(settledTogether(SALE)).containsExactly(true);
    }

    @Test
    void aMarkerThatWasNotPublishedIsSentAgain() {
        // Given
        published.isOpen = false;
        assertThat(settledTogether(SALE)).containsExactly(false);
        published.isBlocked = sale -> false;

        // When
        published.isOpen = true;

        // Then
        assertThat(settledTogether(SALE)).containsExactly(true);
    }

    @Test
    void aBlockedSaleLeavesRefusalsOfOthersAlone() {
        // Given
        SaleId healthy = samePartition().findFirst().orElseThrow();
        published.isBlocked = SALE::equals;
        assertThat(settledTogether(healthy, SALE, healthy)).containsExactly(true, false, false);
        // One marker with the other sale, then one of its own.
        Awaitility.await().until(() -> settledTogether(SALE).equals(List.of(false)) && published.kept.size() == 2);

        // When
        List<Boolean> later = settledTogether(healthy, SALE, healthy);

        // Then
        assertThat(later).containsExactly(true, false, true);
        assertThat(published.kept).hasSize(2);
    }

    @Test
    void blockedSalesOfAPartitionHaveFewUnreturnedMarkers() {
        // When
        samePartition()
                .limit(2 * SettledOrders.UNRETURNED_MAX)
                .forEach(sale -> assertThat(settledTogether(sale)).containsExactly(false));

        // Then
        assertThat(published.kept).hasSize(SettledOrders.UNRETURNED_MAX);
    }

    private List<Boolean> settledTogether(SaleId... sales) {
        List<Future<Found>> found = onLoop(() -> Stream.of(sales)
                .map(sale -> settled.find(sale, UUID.randomUUID()))
                .toList());
        awaitAll(found);
        return found.stream().map(each -> each.result().settled()).toList();
    }

    private void back(Message message) {
        Object unused = onLoop(() -> {
            message.elements(SaleMarker.class).forEach(markers::back);
            return null;
        });
    }

    private static Stream<SaleId> samePartition() {
        var random = new Random(1);
        return Stream.generate(() -> SaleId.random(random)).filter(sale -> sale.partition() == SALE.partition());
    }

    private List<Future<Found>> find(int number) {
        return onLoop(() -> IntStream.range(0, number)
                .mapToObj(i -> settled.find(SALE, UUID.randomUUID()))
                .toList());
    }

    private <T> T onLoop(Supplier<T> step) {
        return join(EventLoop.on(loop, () -> Future.succeededFuture(step.get())));
    }

    private static <T> T join(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    /** Fails if a timer of the same loop that was set after the look-ups, with their time limit, fires before they end. */
    private void awaitAll(List<Future<Found>> found) {
        Object unused = join(EventLoop.on(
                loop, () -> EventLoop.within(VERTX, LOOKUP_MAX, "a look-up did not end in time", Future.all(found))));
    }
}
