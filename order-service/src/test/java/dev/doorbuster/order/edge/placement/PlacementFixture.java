package dev.doorbuster.order.edge.placement;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderAnswered;
import dev.doorbuster.contracts.message.OrderAnswered.Verdict;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.contracts.value.OrderView;
import dev.doorbuster.contracts.value.RefusalReason;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.contracts.value.SaleView.WaitingRoomTerms;
import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.order.ManualPublisher;
import dev.doorbuster.order.edge.admission.AdmissionControl;
import dev.doorbuster.order.edge.order.OrderLookups;
import dev.doorbuster.order.edge.pending.PendingMarkers;
import dev.doorbuster.order.edge.pending.PendingRequests;
import dev.doorbuster.order.edge.placement.OrderPlacement.OrderRequest;
import dev.doorbuster.order.edge.sale.Rows;
import dev.doorbuster.order.edge.sale.cache.SaleCache;
import dev.doorbuster.order.edge.sale.cache.SaleCacheConfig;
import dev.doorbuster.order.edge.sale.cache.SaleReading;
import dev.doorbuster.order.ledger.read.LedgerOrder;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.waitingroom.QueuePasses;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

/** Orders placed at an edge with a simulated broker and ledger. */
abstract class PlacementFixture {
    static final SaleId SALE = Rows.ID;
    static final Duration LONG = Duration.ofMinutes(5);
    /** Limit of look-ups in tests that wait until one ends by it. */
    static final Duration SHORT = Duration.ofMillis(50);

    final Vertx vertx = Vertx.vertx();
    final Map<UUID, LedgerOrder> ledger = new HashMap<>();
    final ManualPublisher publisher = new ManualPublisher();
    boolean ledgerAway;
    boolean ledgerFailsOnce;
    boolean ledgerSilent;
    Duration later = Duration.ZERO;
    SaleView row = Rows.sale(SaleState.OPEN, 100, 0);
    final SaleCacheConfig boardConfig = SaleCacheConfig.defaults();
    final SaleCache saleCache = new SaleCache(
            vertx,
            boardConfig,
            this::nanoTime,
            () -> Future.succeededFuture(List.of()),
            id -> Future.succeededFuture(Optional.ofNullable(row).filter(sale -> id.equals(SALE))));
    final PendingRequests<PendingOrder, OrderOutcome> pending = new PendingRequests<>(vertx, 3);
    final QueuePasses passes = new QueuePasses("a secret of the tests, long enough");
    /** Markers that were published and did not return yet. */
    final List<SaleMarker> queued = new ArrayList<>();

    boolean markersReturn = true;
    final PendingMarkers markers = new PendingMarkers(
            vertx,
            new Publisher() {
                @Override
                public Future<Void> publish(Route route, Message message) {
                    queued.addAll(message.elements(SaleMarker.class));
                    if (markersReturn) {
                        markersReturn();
                    }
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
            },
            () -> "edge-1",
            10);
    final UnansweredOrders unanswered = UnansweredOrdersTest.unchecked(publisher);
    final OrderPublisher orders = new OrderPublisher(
            delay -> Future.succeededFuture(),
            publisher,
            unanswered,
            100,
            DistributionSummary.builder("sizes").register(new SimpleMeterRegistry()));
    OrderPlacement placement = placement(LONG, saleCache);

    OrderPlacement placement(Duration lookupMax, SaleCache sales) {
        PlacementConfig config = Overrides.in(
                PlacementConfig.fromEnv(new Environment(Map.of())), "lookupMax", Long.toString(lookupMax.toMillis()));
        var lookups = new OrderLookups(vertx, config, ids -> askLedger());
        return new OrderPlacement(
                Clock.systemUTC(),
                sales,
                boardConfig,
                this::nanoTime,
                pending,
                new AdmissionControl(Duration.ofSeconds(1), 1, System::nanoTime, read -> false),
                lookups,
                new SettledOrders(vertx, delay -> Future.succeededFuture(), config, markers, lookups),
                orders,
                () -> "edge-1",
                passes);
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    void answered(OrderAnswered answer) {
        unanswered.answered(answer.requestId());
        placement.answered(answer);
    }

    void repeatAnswered(OrderAnswered first, int quantity) {
        unanswered.answered(first.requestId());
        placement.repeatAnswered(first, quantity);
    }

    void markersReturn() {
        List<SaleMarker> returned = List.copyOf(queued);
        queued.clear();
        returned.forEach(markers::back);
    }

    static SaleView withRoom(SaleView sale) {
        return new SaleView(
                sale.saleId(),
                sale.title(),
                sale.priceCents(),
                sale.currency(),
                sale.stock(),
                sale.sold(),
                sale.perBuyerLimit(),
                sale.opensAt(),
                sale.closesAt(),
                sale.holdSeconds(),
                sale.counter(),
                sale.state(),
                sale.epoch(),
                new WaitingRoomTerms(10, 0, "c".repeat(64), "5".repeat(64)),
                null);
    }

    static OrderRequest withPass(OrderRequest request, String pass) {
        return new OrderRequest(
                request.requestId(),
                request.orderId(),
                request.sale(),
                request.buyer(),
                request.quantity(),
                request.key(),
                request.keyGiven(),
                request.maxWait(),
                request.receivedAt(),
                request.trace(),
                () -> pass,
                request.clientGone());
    }

    long nanoTime() {
        return System.nanoTime() + later.toNanos();
    }

    Future<Optional<SaleReading>> soldOut() {
        row = Rows.sale(SaleState.SOLD_OUT, 100, 100);
        return saleCache.refresh(SALE);
    }

    Future<Map<UUID, LedgerOrder>> askLedger() {
        if (ledgerFailsOnce) {
            ledgerFailsOnce = false;
            return Future.failedFuture("the connection was reset");
        }
        if (ledgerSilent) {
            return Promise.<Map<UUID, LedgerOrder>>promise().future();
        }
        return ledgerAway ? Future.failedFuture("the ledger is away") : Future.succeededFuture(ledger);
    }

    static OrderRequest at(Instant receivedAt, OrderRequest request) {
        return new OrderRequest(
                request.requestId(),
                request.orderId(),
                request.sale(),
                request.buyer(),
                request.quantity(),
                request.key(),
                request.keyGiven(),
                request.maxWait(),
                receivedAt,
                request.trace(),
                request.pass(),
                request.clientGone());
    }

    static OrderRequest request(String key, Duration maxWait) {
        return new OrderRequest(
                UUID.randomUUID(),
                UUID.nameUUIDFromBytes(key.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                SALE,
                "alice",
                1,
                key.replace(' ', '-'),
                true,
                maxWait,
                Instant.now(),
                null,
                () -> null,
                Promise.<Void>promise().future());
    }

    static OrderRequest copy(
            OrderRequest request, SaleId sale, int quantity, boolean keyGiven, Duration maxWait, Future<Void> gone) {
        return new OrderRequest(
                UUID.randomUUID(),
                request.orderId(),
                sale,
                request.buyer(),
                quantity,
                request.key(),
                keyGiven,
                maxWait,
                request.receivedAt(),
                null,
                request.pass(),
                gone);
    }

    static OrderRequest again(OrderRequest request, int quantity) {
        return copy(request, SALE, quantity, true, request.maxWait(), request.clientGone());
    }

    static OrderRequest withMaxWait(OrderRequest request, Duration maxWait) {
        return copy(request, SALE, request.quantity(), true, maxWait, request.clientGone());
    }

    static OrderRequest elsewhere(OrderRequest request) {
        return copy(request, new SaleId("bbbbbbbbbbbbbbbb"), 1, true, request.maxWait(), request.clientGone());
    }

    static OrderRequest leaving(OrderRequest request, Future<Void> gone) {
        return copy(request, SALE, 1, true, request.maxWait(), gone);
    }

    static OrderRequest keyless() {
        OrderRequest request = request("made", LONG);
        return copy(request, SALE, 1, false, request.maxWait(), request.clientGone());
    }

    static OrderView view(OrderRequest request, int quantity, OrderStatus status) {
        return new OrderView(
                request.orderId(),
                SALE,
                request.buyer(),
                quantity,
                status,
                status == OrderStatus.REJECTED ? RefusalReason.LIMIT_REACHED : null,
                100,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    static LedgerOrder row(OrderRequest request, int quantity, boolean accepted) {
        return row(request, quantity, accepted, request.requestId());
    }

    static LedgerOrder row(OrderRequest request, int quantity, boolean accepted, UUID requestId) {
        return new LedgerOrder(
                view(request, quantity, accepted ? OrderStatus.RESERVED : OrderStatus.REJECTED),
                request.key(),
                requestId,
                accepted);
    }

    static OrderAnswered accepted(OrderRequest request, int quantity, boolean replayed) {
        return new OrderAnswered(
                request.requestId(),
                request.orderId(),
                Verdict.ACCEPTED,
                null,
                view(request, quantity, OrderStatus.RESERVED),
                replayed,
                null);
    }

    static OrderAnswered refusal(OrderRequest request, RefusalReason reason) {
        return new OrderAnswered(request.requestId(), request.orderId(), Verdict.REFUSED, reason, null, false, null);
    }
}
