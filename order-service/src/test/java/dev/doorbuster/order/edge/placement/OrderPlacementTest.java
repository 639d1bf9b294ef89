package dev.doorbuster.order.edge.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderAnswered;
import dev.doorbuster.contracts.message.OrderAnswered.Verdict;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.contracts.value.OrderView;
import dev.doorbuster.contracts.value.RefusalReason;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.contracts.value.SaleView.WaitingRoomTerms;
import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.order.ManualPublisher;
import dev.doorbuster.order.edge.order.OrderLookups;
import dev.doorbuster.order.edge.pending.PendingMarkers;
import dev.doorbuster.order.edge.pending.PendingRequests;
import dev.doorbuster.order.edge.placement.OrderPlacement.OrderRequest;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.edge.sale.Rows;
import dev.doorbuster.order.edge.sale.cache.SaleCache;
import dev.doorbuster.order.edge.sale.cache.SaleCacheConfig;
import dev.doorbuster.order.edge.sale.cache.SaleReading;
import dev.doorbuster.order.ledger.read.LedgerOrder;
import dev.doorbuster.runtime.amqp.publish.PublishException;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.http.ProblemException;
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
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Every path of an order on the edge, with a simulated broker and ledger. */
class OrderPlacementTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final SaleId SALE = Rows.ID;
    private static final Duration LONG = Duration.ofMinutes(5);
    /** Limit of look-ups in tests that wait until one ends by it. */
    private static final Duration SHORT = Duration.ofMillis(50);

    private final Map<UUID, LedgerOrder> ledger = new HashMap<>();
    private final ManualPublisher publisher = new ManualPublisher();
    private boolean ledgerAway;
    private boolean ledgerFailsOnce;
    private boolean ledgerSilent;
    private Duration later = Duration.ZERO;
    private SaleView row = Rows.sale(SaleState.OPEN, 100, 0);
    private final SaleCacheConfig boardConfig = SaleCacheConfig.defaults();
    private final SaleCache saleCache = new SaleCache(
            VERTX,
            boardConfig,
            this::nanoTime,
            () -> Future.succeededFuture(List.of()),
            id -> Future.succeededFuture(Optional.ofNullable(row).filter(sale -> id.equals(SALE))));
    private final PendingRequests<PendingOrder, OrderOutcome> pending = new PendingRequests<>(VERTX, 3);
    private final QueuePasses passes = new QueuePasses("a secret of the tests, long enough");
    /** Markers that were published and did not return yet. */
    private final List<SaleMarker> queued = new ArrayList<>();

    private boolean markersReturn = true;
    private final PendingMarkers markers = new PendingMarkers(
            VERTX,
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
    private final UnansweredOrders unanswered = UnansweredOrdersTest.unchecked(publisher);
    private final OrderPublisher orders = new OrderPublisher(
            delay -> Future.succeededFuture(),
            publisher,
            unanswered,
            100,
            DistributionSummary.builder("sizes").register(new SimpleMeterRegistry()));
    private OrderPlacement placement = placement(LONG, saleCache);

    private OrderPlacement placement(Duration lookupMax, SaleCache sales) {
        PlacementConfig config = Overrides.in(
                PlacementConfig.fromEnv(new Environment(Map.of())), "lookupMax", Long.toString(lookupMax.toMillis()));
        var lookups = new OrderLookups(VERTX, config, ids -> askLedger());
        return new OrderPlacement(
                Clock.systemUTC(),
                sales,
                boardConfig,
                this::nanoTime,
                pending,
                new AdmissionControl(Duration.ofSeconds(1), 1, System::nanoTime, (delay, task) -> {}),
                lookups,
                new SettledOrders(VERTX, delay -> Future.succeededFuture(), config, markers, lookups),
                orders,
                () -> "edge-1",
                passes);
    }

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void answersAcceptedOnceTheBrokerHasConfirmed() {
        // Given
        OrderRequest request = request("key", Duration.ZERO);
        Future<OrderOutcome> told = placement.place(request);
        assertThat(told.isComplete()).isFalse();

        // When
        publisher.confirm(0);

        // Then
        assertThat(told.result()).isEqualTo(new OrderOutcome.Pending(request.orderId()));
        assertThat(pending.waiting()).isZero();
        OrderPlaced placed =
                publisher.sent().get(0).message().elements(OrderPlaced.class).get(0);
        assertThat(placed.edgeId()).isEqualTo("edge-1");
        assertThat(placed.perBuyerLimit()).isEqualTo(2);
        assertThat(placed.counter()).isEqualTo(CounterKind.REDIS);
    }

    @Test
    void keepsARequestPendingUntilTheDecision() {
        // Given
        OrderRequest request = request("key", LONG);
        Future<OrderOutcome> told = placement.place(request);
        publisher.confirm(0);
        assertThat(told.isComplete()).isFalse();

        // When
        answered(accepted(request, 1, false));

        // Then
        assertThat(told.result()).isEqualTo(new OrderOutcome.Accepted(view(request, 1, OrderStatus.RESERVED), false));
    }

    @Test
    void returnsADecisionThatArrivesBeforeTheConfirm() {
        // Given
        OrderRequest request = request("key", Duration.ZERO);
        Future<OrderOutcome> told = placement.place(request);

        // When
        answered(accepted(request, 1, false));
        publisher.confirm(0);

        // Then
        assertThat(told.result()).isInstanceOf(OrderOutcome.Accepted.class);
    }

    @Test
    void staysWithTheDecisionWhereTheConfirmNeverComes() {
        // Given
        OrderRequest request = request("key", LONG);
        Future<OrderOutcome> told = placement.place(request);

        // When
        answered(accepted(request, 1, false));
        publisher.fail(0, PublishException.Kind.UNCONFIRMED);

        // Then
        assertThat(told.result()).isInstanceOf(OrderOutcome.Accepted.class);
    }

    @Test
    void answersOverloadedIfTheBrokerRejectedOrNeverGotTheOrder() {
        for (PublishException.Kind kind : List.of(PublishException.Kind.NACKED, PublishException.Kind.NOT_SENT)) {
            Future<OrderOutcome> told = placement.place(request("key " + kind, LONG));
            publisher.fail(publisher.sent().size() - 1, kind);
            assertThat(told.result()).isEqualTo(new OrderOutcome.NotTaken(ProblemType.OVERLOADED));
        }
        assertThat(pending.waiting()).isZero();
    }

    @Test
    void answersThatTheOutcomeIsUnknownWithoutAConfirm() {
        Future<OrderOutcome> told = placement.place(request("key", LONG));

        publisher.fail(0, PublishException.Kind.UNCONFIRMED);

        assertThat(told.result()).isEqualTo(new OrderOutcome.NotTaken(ProblemType.OUTCOME_UNKNOWN));
    }

    @Test
    void readsTheLedgerWhenTheWaitEnds() {
        // Given
        OrderRequest request = request("key", Duration.ofMillis(200));
        Future<OrderOutcome> told = placement.place(request);
        ledger.put(request.orderId(), row(request, 1, true));

        // When
        publisher.confirm(0);

        // Then
        Awaitility.await().until(told::isComplete);
        assertThat(told.result()).isEqualTo(new OrderOutcome.Accepted(view(request, 1, OrderStatus.RESERVED), false));
    }

    @Test
    void answersPendingIfTheLedgerHasNoDecisionOrCannotBeRead() {
        for (boolean away : List.of(false, true)) {
            ledgerAway = away;
            OrderRequest request = request("key " + away, Duration.ofMillis(5));
            Future<OrderOutcome> told = placement.place(request);
            publisher.confirm(publisher.sent().size() - 1);
            Awaitility.await().until(told::isComplete);
            assertThat(told.result()).isEqualTo(new OrderOutcome.Pending(request.orderId()));
        }
    }

    @Test
    void doesNotTellPendingBeforeTheBrokerHasTheOrderEvenIfTheWaitIsOver() {
        // Given
        OrderRequest request = request("key", Duration.ofMillis(1));
        Future<OrderOutcome> told = placement.place(request);
        Awaitility.await().pollDelay(Duration.ofMillis(50)).until(() -> true);
        assertThat(told.isComplete()).isFalse();

        // When
        publisher.confirm(0);

        // Then
        Awaitility.await().until(told::isComplete);
        assertThat(told.result()).isEqualTo(new OrderOutcome.Pending(request.orderId()));
    }

    @Test
    void returnsACountersRefusalOnlyIfTheLedgerHasNoSuchOrder() {
        // Given
        OrderRequest refused = request("refused", LONG);
        OrderRequest held = request("held", LONG);
        Future<OrderOutcome> first = placement.place(refused);
        Future<OrderOutcome> second = placement.place(held);
        ledger.put(held.orderId(), row(held, 1, true, UUID.randomUUID()));

        // When
        answered(refusal(refused, RefusalReason.SOLD_OUT));
        answered(refusal(held, RefusalReason.SOLD_OUT));

        // Then
        assertThat(first.result()).isEqualTo(new OrderOutcome.Refused(ProblemType.SOLD_OUT, false));
        assertThat(second.result()).isEqualTo(new OrderOutcome.Accepted(view(held, 1, OrderStatus.RESERVED), true));
    }

    @Test
    void returnsNoRefusalThatIsUncertain() {
        // Given
        OrderRequest request = request("key", LONG);
        Future<OrderOutcome> told = placement.place(request);
        ledgerAway = true;

        // When
        answered(refusal(request, RefusalReason.SOLD_OUT));

        // Then
        assertThat(told.result()).isEqualTo(new OrderOutcome.NotTaken(ProblemType.OUTCOME_UNKNOWN));
    }

    @Test
    void returnsALedgersRejectionAndReportsAReusedKey() {
        // Given
        OrderRequest rejected = request("rejected", LONG);
        OrderRequest reused = request("reused", LONG);
        Future<OrderOutcome> first = placement.place(rejected);
        Future<OrderOutcome> second = placement.place(reused);

        // When
        answered(new OrderAnswered(
                rejected.requestId(),
                rejected.orderId(),
                Verdict.REJECTED,
                RefusalReason.LIMIT_REACHED,
                view(rejected, 1, OrderStatus.REJECTED),
                true,
                null));
        answered(accepted(reused, 2, true));

        // Then
        assertThat(first.result()).isEqualTo(new OrderOutcome.Refused(ProblemType.LIMIT_REACHED, true));
        assertThat(second.result()).isEqualTo(new OrderOutcome.Refused(ProblemType.KEY_REUSED, true));
    }

    @Test
    void joinsTheSameOrderInFlightButNotAnotherQuantity() {
        // Given
        OrderRequest first = request("key", LONG);
        OrderRequest same = again(first, 1);
        OrderRequest other = again(first, 2);
        Future<OrderOutcome> firstTold = placement.place(first);
        Future<OrderOutcome> sameTold = placement.place(same);
        Future<OrderOutcome> otherTold = placement.place(other);

        // When
        answered(accepted(first, 1, false));

        // Then
        assertThat(firstTold.result()).isEqualTo(sameTold.result());
        assertThat(otherTold.isComplete()).isFalse();
        publisher.confirm(0);
        assertThat(publisher.sent().stream()
                        .mapToInt(sent -> sent.message().elements().size())
                        .sum())
                .isEqualTo(2);
    }

    @Test
    void publishesNoRepeatOfAQueuedOrderAndAnswersItWithTheFirst() {
        // Given
        OrderRequest first = request("key", Duration.ZERO);
        Future<OrderOutcome> firstTold = placement.place(first);
        publisher.confirm(0);
        assertThat(firstTold.result()).isEqualTo(new OrderOutcome.Pending(first.orderId()));

        // When
        Future<OrderOutcome> told = placement.place(withMaxWait(again(first, 1), LONG));
        repeatAnswered(accepted(first, 1, false), 2);
        assertThat(told.isComplete()).isFalse();
        repeatAnswered(accepted(first, 1, false), 1);

        // Then
        assertThat(told.result()).isEqualTo(OrderOutcome.decided(view(first, 1, OrderStatus.RESERVED), true, 1, true));
        assertThat(publisher.sent()).hasSize(1);
        assertThat(pending.waiting()).isZero();
    }

    @Test
    void repeatsThatWaitedForTheSaleTogetherAreAnsweredTogether() {
        // Given
        OrderRequest first = request("key", Duration.ZERO);
        Future<OrderOutcome> firstTold = placement.place(first);
        publisher.confirm(0);
        assertThat(firstTold.succeeded()).isTrue();
        Promise<Optional<SaleView>> read = Promise.promise();
        OrderPlacement unread = placement(
                LONG,
                new SaleCache(
                        VERTX,
                        boardConfig,
                        this::nanoTime,
                        () -> Future.succeededFuture(List.of()),
                        id -> read.future()));
        Future<OrderOutcome> one = unread.place(withMaxWait(again(first, 1), LONG));
        Future<OrderOutcome> another = unread.place(withMaxWait(again(first, 1), LONG));
        assertThat(pending.waiting()).isZero();
        read.complete(Optional.of(Rows.sale(SaleState.SOLD_OUT, 100, 100)));

        // When
        repeatAnswered(accepted(first, 1, false), 1);

        // Then
        assertThat(one.isComplete() && another.isComplete()).isTrue();
    }

    @Test
    void anOrderThatStillWaitsForItsBatchIsNotRefusedInAnotherQuantity() {
        // Given
        Future<OrderOutcome> before = placement.place(request("before", LONG));
        OrderRequest request = request("key", LONG);
        Future<OrderOutcome> told = placement.place(request);
        assertThat(publisher.sent()).hasSize(1);

        // When
        Future<OrderOutcome> tooMany = placement.place(again(request, 3));

        // Then
        assertThat(before.isComplete() || told.isComplete()).isFalse();
        assertThat(tooMany.result()).isEqualTo(new OrderOutcome.NotTaken(ProblemType.OUTCOME_UNKNOWN));
    }

    @Test
    void aRefusalOfAnotherRequestDoesNotAnswerOneThatIsPublishedItself() {
        // Given
        OrderRequest request = request("key", LONG);
        Future<OrderOutcome> told = placement.place(request);
        publisher.confirm(0);

        // When
        repeatAnswered(refusal(again(request, 1), RefusalReason.SOLD_OUT), 1);

        // Then
        assertThat(told.isComplete()).isFalse();
    }

    @Test
    void answersARepeatOfAQueuedOrderThatTheCounterRefused() {
        // Given
        OrderRequest first = request("key", Duration.ZERO);
        Future<OrderOutcome> firstTold = placement.place(first);
        publisher.confirm(0);
        assertThat(firstTold.succeeded()).isTrue();
        Future<OrderOutcome> told = placement.place(withMaxWait(again(first, 1), LONG));

        // When
        repeatAnswered(refusal(first, RefusalReason.SOLD_OUT), 1);

        // Then
        assertThat(told.result()).isEqualTo(new OrderOutcome.Refused(ProblemType.SOLD_OUT, false));
    }

    @Test
    void answersAcceptedToARequestThatJoinsAConfirmedOrderWithoutWaiting() {
        // Given
        OrderRequest first = request("key", LONG);
        Future<OrderOutcome> patient = placement.place(first);
        publisher.confirm(0);

        // When
        Future<OrderOutcome> hasty = placement.place(withMaxWait(again(first, 1), Duration.ZERO));

        // Then
        assertThat(hasty.result()).isEqualTo(new OrderOutcome.Pending(first.orderId()));
        assertThat(patient.isComplete()).isFalse();
    }

    @Test
    void shutsTheGateAndReplaysBeforeItRefuses() {
        // Given
        row = Rows.sale(SaleState.SOLD_OUT, 100, 100);
        OrderRequest winner = request("winner", LONG);
        ledger.put(winner.orderId(), row(winner, 1, true, UUID.randomUUID()));

        // When
        Future<OrderOutcome> late = placement.place(request("late", LONG));
        Future<OrderOutcome> replay = placement.place(winner);
        ledgerAway = true;
        Future<OrderOutcome> keyless = placement.place(keyless());
        Future<OrderOutcome> unsure = placement.place(request("unsure", LONG));

        // Then
        assertThat(late.result()).isEqualTo(new OrderOutcome.Refused(ProblemType.SOLD_OUT, false));
        assertThat(replay.result()).isEqualTo(new OrderOutcome.Accepted(view(winner, 1, OrderStatus.RESERVED), true));
        assertThat(keyless.result()).isEqualTo(new OrderOutcome.Refused(ProblemType.SOLD_OUT, false));
        assertThat(unsure.result()).isEqualTo(new OrderOutcome.NotTaken(ProblemType.OUTCOME_UNKNOWN));
        assertThat(publisher.sent()).isEmpty();
    }

    @Test
    void refusesARepeatOnlyAfterOrdersThatWereQueuedBefore() {
        // Given
        row = Rows.sale(SaleState.SOLD_OUT, 100, 100);
        OrderRequest elsewhereQueued = request("queued by another edge", LONG);
        markersReturn = false;
        Future<OrderOutcome> repeated = placement.place(elsewhereQueued);
        Future<OrderOutcome> shares = placement.place(request("new", LONG));
        assertThat(repeated.isComplete() || shares.isComplete()).isFalse();

        // When
        ledger.put(elsewhereQueued.orderId(), row(elsewhereQueued, 1, true, UUID.randomUUID()));
        markersReturn();
        assertThat(shares.isComplete())
                .as("it came when the marker was in flight")
                .isFalse();
        markersReturn();

        // Then
        assertThat(repeated.result())
                .isEqualTo(new OrderOutcome.Accepted(view(elsewhereQueued, 1, OrderStatus.RESERVED), true));
        assertThat(shares.result()).isEqualTo(new OrderOutcome.Refused(ProblemType.SOLD_OUT, false));
    }

    @Test
    void aLookUpThatFailsLeavesTheOthersOfItsMarkerAlone() {
        // Given
        row = Rows.sale(SaleState.SOLD_OUT, 100, 100);
        markersReturn = false;
        Future<OrderOutcome> first = placement.place(request("first", LONG));
        Future<OrderOutcome> unsure = placement.place(request("unsure", LONG));
        Future<OrderOutcome> refused = placement.place(request("refused", LONG));
        markersReturn();

        // When
        ledgerFailsOnce = true;
        markersReturn();

        // Then
        assertThat(first.result()).isEqualTo(new OrderOutcome.Refused(ProblemType.SOLD_OUT, false));
        assertThat(unsure.result()).isEqualTo(new OrderOutcome.NotTaken(ProblemType.OUTCOME_UNKNOWN));
        assertThat(refused.result()).isEqualTo(new OrderOutcome.Refused(ProblemType.SOLD_OUT, false));
    }

    @Test
    void refusesNoRepeatIfEarlierOrdersMayBeQueued() {
        // Given
        placement = placement(SHORT, saleCache);
        row = Rows.sale(SaleState.SOLD_OUT, 100, 100);
        OrderRequest held = request("held", LONG);
        ledger.put(held.orderId(), row(held, 1, true, UUID.randomUUID()));
        markersReturn = false;

        // When
        Future<OrderOutcome> replay = placement.place(held);
        Future<OrderOutcome> told = placement.place(request("key", LONG));

        // Then
        Awaitility.await().until(() -> replay.isComplete() && told.isComplete());
        assertThat(replay.result()).isEqualTo(new OrderOutcome.Accepted(view(held, 1, OrderStatus.RESERVED), true));
        assertThat(told.result()).isEqualTo(new OrderOutcome.NotTaken(ProblemType.OUTCOME_UNKNOWN));
    }

    @Test
    void refusesNoRepeatOfItsOwnUndecidedOrder() {
        // Given
        OrderRequest first = request("key", Duration.ZERO);
        Future<OrderOutcome> firstTold = placement.place(first);
        publisher.confirm(0);
        assertThat(firstTold.succeeded()).isTrue();
        Future<Optional<SaleReading>> refreshed = soldOut();
        assertThat(refreshed.succeeded()).isTrue();

        // When
        Future<OrderOutcome> told = placement.place(withMaxWait(again(first, 1), LONG));
        Future<OrderOutcome> otherQuantity = placement.place(withMaxWait(again(first, 2), LONG));
        assertThat(told.isComplete()).isFalse();
        repeatAnswered(accepted(first, 1, false), 1);

        // Then
        assertThat(told.result()).isEqualTo(OrderOutcome.decided(view(first, 1, OrderStatus.RESERVED), true, 1, true));
        assertThat(otherQuantity.result()).isEqualTo(new OrderOutcome.NotTaken(ProblemType.OUTCOME_UNKNOWN));
        assertThat(queued).isEmpty();
    }

    @Test
    void refusesNoOrderOfWhichAnotherRequestIsUndecided() {
        // Given
        OrderRequest first = request("key", Duration.ZERO);
        Future<OrderOutcome> firstTold = placement.place(first);
        OrderRequest repeat = withMaxWait(again(first, 2), LONG);
        Future<OrderOutcome> told = placement.place(repeat);
        publisher.confirm(0);
        assertThat(firstTold.succeeded()).isTrue();

        // When
        answered(refusal(repeat, RefusalReason.SOLD_OUT));

        // Then
        assertThat(told.result()).isEqualTo(new OrderOutcome.NotTaken(ProblemType.OUTCOME_UNKNOWN));
    }

    private void answered(OrderAnswered answer) {
        unanswered.answered(answer.requestId());
        placement.answered(answer);
    }

    private void repeatAnswered(OrderAnswered first, int quantity) {
        unanswered.answered(first.requestId());
        placement.repeatAnswered(first, quantity);
    }

    private void markersReturn() {
        List<SaleMarker> returned = List.copyOf(queued);
        queued.clear();
        returned.forEach(markers::back);
    }

    @Test
    void acceptsOnlyWhileTheReadingIsOpen() {
        // When
        row = Rows.sale(SaleState.SCHEDULED, 100, 0);
        Future<OrderOutcome> early = placement.place(request("a", LONG));

        // Then
        assertThat(early.result()).isEqualTo(new OrderOutcome.Refused(ProblemType.SALE_NOT_OPEN, false));
        assertThat(publisher.sent()).isEmpty();
    }

    @Test
    void refusesMoreThanTheLimitAndSalesThatAreNotThere() {
        // When
        Future<OrderOutcome> tooMany = placement.place(again(request("a", LONG), 3));
        Future<OrderOutcome> unknown = placement.place(elsewhere(request("b", LONG)));

        // Then
        assertThat(tooMany.result()).isEqualTo(new OrderOutcome.Refused(ProblemType.LIMIT_REACHED, false));
        assertThat(((ProblemException) unknown.cause()).problem().slug()).isEqualTo("unknown-sale");
    }

    @Test
    void holdsOnlySoMany() {
        // Given
        for (int i = 0; i < 3; i++) {
            Future<OrderOutcome> unused = placement.place(request("key" + i, LONG));
        }

        // When
        Future<OrderOutcome> oneTooMany = placement.place(request("key3", LONG));
        Future<OrderOutcome> joining = placement.place(again(request("key0", LONG), 1));

        // Then
        assertThat(oneTooMany.result()).isEqualTo(new OrderOutcome.NotTaken(ProblemType.OVERLOADED));
        // the order it joins may be granted
        assertThat(joining.result()).isEqualTo(new OrderOutcome.NotTaken(ProblemType.OUTCOME_UNKNOWN));
        assertThat(pending.waiting()).isEqualTo(3);
    }

    @Test
    void letsAClientGoButNotItsOrder() {
        // Given
        Promise<Void> gone = Promise.promise();
        OrderRequest request = leaving(request("key", LONG), gone.future());
        Future<OrderOutcome> told = placement.place(request);

        // When
        gone.complete();

        // Then
        assertThat(told.result()).isInstanceOf(OrderOutcome.Abandoned.class);
        assertThat(pending.waiting()).isZero();
        assertThat(publisher.sent()).hasSize(1);
        publisher.confirm(0);
        answered(accepted(request, 1, false));
    }

    @Test
    void readsTheLedgerForAllWhenAnswersMayBeLost() {
        // Given
        OrderRequest decided = request("decided", LONG);
        OrderRequest undecided = request("undecided", LONG);
        Future<OrderOutcome> first = placement.place(decided);
        Future<OrderOutcome> second = placement.place(undecided);
        ledger.put(decided.orderId(), row(decided, 1, true));

        // When
        pending.readLedger();

        // Then
        assertThat(first.result()).isInstanceOf(OrderOutcome.Accepted.class);
        assertThat(second.isComplete()).isFalse();
    }

    @Test
    void answersAllPendingRequestsBeforeItStops() {
        // Given
        OrderRequest taken = request("taken", LONG);
        OrderRequest underWay = request("under way", LONG);
        Future<OrderOutcome> first = placement.place(taken);
        publisher.confirm(0);
        Future<OrderOutcome> second = placement.place(underWay);

        // When
        pending.hurry();

        // Then
        assertThat(first.result()).isEqualTo(new OrderOutcome.Pending(taken.orderId()));
        assertThat(second.isComplete()).isFalse();
        publisher.confirm(1);
        assertThat(second.result()).isEqualTo(new OrderOutcome.Pending(underWay.orderId()));
    }

    @Test
    void answersOutcomeUnknownWithoutAConfirmBeforeItStops() {
        // Given
        Future<OrderOutcome> unconfirmed = placement.place(request("key", LONG));
        pending.hurry();

        // When
        pending.giveUp();

        // Then
        assertThat(unconfirmed.result()).isEqualTo(new OrderOutcome.NotTaken(ProblemType.OUTCOME_UNKNOWN));
        assertThat(pending.waiting()).isZero();
    }

    @Test
    void admitsNoRequestOnceItStops() {
        // Given
        OrderRequest inFlight = request("in flight", LONG);
        Future<OrderOutcome> first = placement.place(inFlight);
        pending.hurry();

        // When
        Future<OrderOutcome> same = placement.place(inFlight);
        Future<OrderOutcome> other = placement.place(request("other", LONG));

        // Then
        assertThat(first.isComplete()).isFalse();
        assertThat(same.result()).isEqualTo(new OrderOutcome.NotTaken(ProblemType.OUTCOME_UNKNOWN));
        assertThat(other.result()).isEqualTo(new OrderOutcome.NotTaken(ProblemType.OVERLOADED));
        assertThat(publisher.sent()).hasSize(1);
    }

    @Test
    void waitsForASilentLedgerOnlySoLongWhenTheWaitEnds() {
        // Given
        placement = placement(SHORT, saleCache);
        ledgerSilent = true;
        OrderRequest request = request("key", Duration.ofMillis(5));

        // When
        Future<OrderOutcome> told = placement.place(request);
        publisher.confirm(0);

        // Then
        Awaitility.await().until(told::isComplete);
        assertThat(told.result()).isEqualTo(new OrderOutcome.Pending(request.orderId()));
    }

    @Test
    void returnsNoRefusalThatTheLedgerCouldNotConfirm() {
        // Given
        placement = placement(SHORT, saleCache);
        OrderRequest open = request("open", LONG);
        Future<OrderOutcome> counted = placement.place(open);
        Future<Optional<SaleReading>> refreshed = soldOut();
        ledgerSilent = true;

        // When
        Future<OrderOutcome> gated = placement.place(request("gated", LONG));
        answered(refusal(open, RefusalReason.SOLD_OUT));

        // Then
        assertThat(refreshed.succeeded()).isTrue();
        Awaitility.await().until(() -> gated.isComplete() && counted.isComplete());
        assertThat(gated.result()).isEqualTo(new OrderOutcome.NotTaken(ProblemType.OUTCOME_UNKNOWN));
        assertThat(counted.result()).isEqualTo(new OrderOutcome.NotTaken(ProblemType.OUTCOME_UNKNOWN));
    }

    @Test
    void acceptsOnAnOldReadingUntilTheSaleMayHaveEnded() {
        // Given
        Instant now = Instant.now();
        row = Rows.until(now.plus(LONG), SaleState.OPEN, 100, 0);
        assertThat(saleCache.refresh(SALE).succeeded()).isTrue();
        later = Duration.ofHours(1);

        // When
        Future<OrderOutcome> running = placement.place(at(now, request("running", Duration.ZERO)));
        Future<OrderOutcome> over = placement.place(at(now.plus(LONG).plusSeconds(6), request("over", Duration.ZERO)));

        // Then
        publisher.confirm(0);
        assertThat(running.result()).isInstanceOf(OrderOutcome.Pending.class);
        assertThat(over.result()).isEqualTo(new OrderOutcome.NotTaken(ProblemType.OVERLOADED));
        assertThat(publisher.sent()).hasSize(1);
    }

    @Test
    void asksForAPassWhereTheSaleHasAWaitingRoom() {
        // Given
        row = withRoom(Rows.sale(SaleState.OPEN, 100, 0));
        Instant soon = Instant.now().plus(LONG);
        String pass = passes.mint(SALE, "alice", soon);

        // When
        Future<OrderOutcome> without = placement.place(withPass(request("without", LONG), null));
        Future<OrderOutcome> forged =
                placement.place(withPass(request("forged", LONG), pass.replace(pass.charAt(20), '_')));
        Future<OrderOutcome> anothers =
                placement.place(withPass(request("another's", LONG), passes.mint(SALE, "bob", soon)));
        Future<OrderOutcome> expired =
                placement.place(withPass(request("expired", LONG), passes.mint(SALE, "alice", Instant.now())));
        Future<OrderOutcome> with = placement.place(withPass(request("with", Duration.ZERO), pass));

        // Then
        Awaitility.await()
                .until(() -> Stream.of(without, forged, anothers, expired).allMatch(Future::isComplete));
        var refused = new OrderOutcome.Refused(ProblemType.QUEUE_PASS_REQUIRED, false);
        assertThat(List.of(without.result(), forged.result(), anothers.result(), expired.result()))
                .containsOnly(refused);
        publisher.confirm(0);
        assertThat(with.result()).isInstanceOf(OrderOutcome.Pending.class);
        assertThat(publisher.sent()).hasSize(1);
    }

    /** The buyer's pass has expired since; the order stands. */
    @Test
    void repeatsAnOrderOfASaleWithAWaitingRoomWithoutAPass() {
        // Given
        row = withRoom(Rows.sale(SaleState.OPEN, 100, 1));
        OrderRequest request = request("key", LONG);
        ledger.put(request.orderId(), row(request, 1, true));

        // When
        Future<OrderOutcome> told = placement.place(request);

        // Then
        Awaitility.await().until(told::isComplete);
        assertThat(told.result()).isInstanceOf(OrderOutcome.Accepted.class);
    }

    private static SaleView withRoom(SaleView sale) {
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

    private static OrderRequest withPass(OrderRequest request, String pass) {
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

    private long nanoTime() {
        return System.nanoTime() + later.toNanos();
    }

    private Future<Optional<SaleReading>> soldOut() {
        row = Rows.sale(SaleState.SOLD_OUT, 100, 100);
        return saleCache.refresh(SALE);
    }

    private Future<Map<UUID, LedgerOrder>> askLedger() {
        if (ledgerFailsOnce) {
            ledgerFailsOnce = false;
            return Future.failedFuture("the connection was reset");
        }
        if (ledgerSilent) {
            return Promise.<Map<UUID, LedgerOrder>>promise().future();
        }
        return ledgerAway ? Future.failedFuture("the ledger is away") : Future.succeededFuture(ledger);
    }

    private static OrderRequest at(Instant receivedAt, OrderRequest request) {
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

    private static OrderRequest request(String key, Duration maxWait) {
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

    private static OrderRequest copy(
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

    private static OrderRequest again(OrderRequest request, int quantity) {
        return copy(request, SALE, quantity, true, request.maxWait(), request.clientGone());
    }

    private static OrderRequest withMaxWait(OrderRequest request, Duration maxWait) {
        return copy(request, SALE, request.quantity(), true, maxWait, request.clientGone());
    }

    private static OrderRequest elsewhere(OrderRequest request) {
        return copy(request, new SaleId("bbbbbbbbbbbbbbbb"), 1, true, request.maxWait(), request.clientGone());
    }

    private static OrderRequest leaving(OrderRequest request, Future<Void> gone) {
        return copy(request, SALE, 1, true, request.maxWait(), gone);
    }

    private static OrderRequest keyless() {
        OrderRequest request = request("made", LONG);
        return copy(request, SALE, 1, false, request.maxWait(), request.clientGone());
    }

    private static OrderView view(OrderRequest request, int quantity, OrderStatus status) {
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

    private static LedgerOrder row(OrderRequest request, int quantity, boolean accepted) {
        return row(request, quantity, accepted, request.requestId());
    }

    private static LedgerOrder row(OrderRequest request, int quantity, boolean accepted, UUID requestId) {
        return new LedgerOrder(
                view(request, quantity, accepted ? OrderStatus.RESERVED : OrderStatus.REJECTED),
                request.key(),
                requestId,
                accepted);
    }

    private static OrderAnswered accepted(OrderRequest request, int quantity, boolean replayed) {
        return new OrderAnswered(
                request.requestId(),
                request.orderId(),
                Verdict.ACCEPTED,
                null,
                view(request, quantity, OrderStatus.RESERVED),
                replayed,
                null);
    }

    private static OrderAnswered refusal(OrderRequest request, RefusalReason reason) {
        return new OrderAnswered(request.requestId(), request.orderId(), Verdict.REFUSED, reason, null, false, null);
    }
}
