package dev.doorbuster.order.edge.place;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.message.CounterKind;
import dev.doorbuster.contracts.message.OrderAnswered;
import dev.doorbuster.contracts.message.OrderAnswered.Verdict;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.message.OrderStatus;
import dev.doorbuster.contracts.message.OrderView;
import dev.doorbuster.contracts.message.RefusalReason;
import dev.doorbuster.contracts.message.SaleId;
import dev.doorbuster.contracts.message.SaleState;
import dev.doorbuster.contracts.message.SaleView;
import dev.doorbuster.order.ManualPublisher;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.edge.sale.SaleCache;
import dev.doorbuster.order.edge.sale.SaleCacheConfig;
import dev.doorbuster.order.edge.sale.SaleReading;
import dev.doorbuster.order.ledger.LedgerOrder;
import dev.doorbuster.runtime.amqp.PublishException;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.http.ProblemException;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Each way an order can go on the edge, with a broker and a ledger that do as the test wants. */
class PlaceOrderTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final SaleId SALE = new SaleId("abcdefghijklmnop");
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Map<UUID, LedgerOrder> ledger = new HashMap<>();
    private final ManualPublisher publisher = new ManualPublisher();
    private final PlaceConfig config = PlaceConfig.fromEnv(
            new Environment(Map.of("DOORBUSTER_HELD_REQUESTS_MAX", "3", "DOORBUSTER_LOOKUP_TIMEOUT_MS", "50")));
    private boolean ledgerAway;
    private boolean ledgerSilent;
    private Duration later = Duration.ZERO;
    private SaleView row = sale(SaleState.OPEN, 100, 0);
    private final SaleCacheConfig boardConfig = SaleCacheConfig.fromEnv(new Environment(Map.of()));
    private final SaleCache board = new SaleCache(
            VERTX,
            boardConfig,
            this::nanoTime,
            () -> Future.succeededFuture(List.of()),
            id -> Future.succeededFuture(Optional.ofNullable(row).filter(sale -> id.equals(SALE))));
    private final Lookups lookups = new Lookups(VERTX, config, ids -> askLedger());
    private final Waiters waiters = new Waiters(
            VERTX,
            Clock.systemUTC(),
            config.heldMax(),
            lookups,
            new AdmissionControl(Duration.ofSeconds(1), 1, System::nanoTime, (delay, task) -> {}));
    private final PlaceOrder placeOrder = new PlaceOrder(
            board,
            boardConfig,
            this::nanoTime,
            waiters,
            lookups,
            new Entrance(publisher, 100, DistributionSummary.builder("sizes").register(new SimpleMeterRegistry())),
            () -> "edge-1");

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void tellsThatTheOrderWasTakenOnceTheBrokerHasIt() {
        // Given
        Wish wish = wish("key", Duration.ZERO);
        Future<Outcome> told = placeOrder.place(wish);
        assertThat(told.isComplete()).isFalse();

        // When
        publisher.confirm(0);

        // Then
        assertThat(told.result()).isEqualTo(new Outcome.Pending(wish.orderId()));
        assertThat(waiters.held()).isZero();
        OrderPlaced placed =
                publisher.sent().get(0).message().elements(OrderPlaced.class).get(0);
        assertThat(placed.edgeId()).isEqualTo("edge-1");
        assertThat(placed.perBuyerLimit()).isEqualTo(2);
        assertThat(placed.counter()).isEqualTo(CounterKind.REDIS);
    }

    @Test
    void holdsWhoWantsTheDecisionUntilItComes() {
        // Given
        Wish wish = wish("key", LONG);
        Future<Outcome> told = placeOrder.place(wish);
        publisher.confirm(0);
        assertThat(told.isComplete()).isFalse();

        // When
        waiters.answered(accepted(wish, 1, false));

        // Then
        assertThat(told.result()).isEqualTo(new Outcome.Accepted(view(wish, 1, OrderStatus.RESERVED), false));
    }

    @Test
    void tellsADecisionThatComesBeforeTheConfirm() {
        // Given
        Wish wish = wish("key", Duration.ZERO);
        Future<Outcome> told = placeOrder.place(wish);

        // When
        waiters.answered(accepted(wish, 1, false));
        publisher.confirm(0);

        // Then
        assertThat(told.result()).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void staysWithTheDecisionWhereTheConfirmNeverComes() {
        // Given
        Wish wish = wish("key", LONG);
        Future<Outcome> told = placeOrder.place(wish);

        // When
        waiters.answered(accepted(wish, 1, false));
        publisher.fail(0, PublishException.Kind.UNCONFIRMED);

        // Then
        assertThat(told.result()).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void tellsOverloadedWhatTheBrokerRefusedOrNeverGot() {
        for (PublishException.Kind kind : List.of(PublishException.Kind.NACKED, PublishException.Kind.NOT_SENT)) {
            Future<Outcome> told = placeOrder.place(wish("key " + kind, LONG));
            publisher.fail(publisher.sent().size() - 1, kind);
            assertThat(told.result()).isEqualTo(new Outcome.NotTaken(ProblemType.OVERLOADED));
        }
        assertThat(waiters.held()).isZero();
    }

    @Test
    void tellsThatTheOutcomeIsUnknownWithoutAConfirm() {
        Future<Outcome> told = placeOrder.place(wish("key", LONG));

        publisher.fail(0, PublishException.Kind.UNCONFIRMED);

        assertThat(told.result()).isEqualTo(new Outcome.NotTaken(ProblemType.OUTCOME_UNKNOWN));
    }

    @Test
    void asksTheLedgerWhenTheWaitEnds() {
        // Given
        Wish wish = wish("key", Duration.ofMillis(200));
        Future<Outcome> told = placeOrder.place(wish);
        publisher.confirm(0);

        // When
        ledger.put(wish.orderId(), row(wish, 1, true));

        // Then
        Awaitility.await().until(told::isComplete);
        assertThat(told.result()).isEqualTo(new Outcome.Accepted(view(wish, 1, OrderStatus.RESERVED), false));
    }

    @Test
    void tellsPendingWhereTheLedgerKnowsNothingWhenTheWaitEndsOrCannotBeAsked() {
        for (boolean away : List.of(false, true)) {
            ledgerAway = away;
            Wish wish = wish("key " + away, Duration.ofMillis(5));
            Future<Outcome> told = placeOrder.place(wish);
            publisher.confirm(publisher.sent().size() - 1);
            Awaitility.await().until(told::isComplete);
            assertThat(told.result()).isEqualTo(new Outcome.Pending(wish.orderId()));
        }
    }

    @Test
    void doesNotTellPendingBeforeTheBrokerHasTheOrderEvenIfTheWaitIsOver() {
        // Given
        Wish wish = wish("key", Duration.ofMillis(1));
        Future<Outcome> told = placeOrder.place(wish);
        Awaitility.await().pollDelay(Duration.ofMillis(50)).until(() -> true);
        assertThat(told.isComplete()).isFalse();

        // When
        publisher.confirm(0);

        // Then
        assertThat(told.result()).isEqualTo(new Outcome.Pending(wish.orderId()));
    }

    @Test
    void tellsACountersRefusalOnlyIfTheLedgerHasNoSuchOrder() {
        // Given
        Wish refused = wish("refused", LONG);
        Wish held = wish("held", LONG);
        Future<Outcome> first = placeOrder.place(refused);
        Future<Outcome> second = placeOrder.place(held);
        ledger.put(held.orderId(), row(held, 1, true, UUID.randomUUID()));

        // When
        waiters.answered(refusal(refused, RefusalReason.SOLD_OUT));
        waiters.answered(refusal(held, RefusalReason.SOLD_OUT));

        // Then
        assertThat(first.result()).isEqualTo(new Outcome.Refused(ProblemType.SOLD_OUT, false));
        assertThat(second.result()).isEqualTo(new Outcome.Accepted(view(held, 1, OrderStatus.RESERVED), true));
    }

    @Test
    void tellsNoRefusalItCannotBeSureOf() {
        // Given
        Wish wish = wish("key", LONG);
        Future<Outcome> told = placeOrder.place(wish);
        ledgerAway = true;

        // When
        waiters.answered(refusal(wish, RefusalReason.SOLD_OUT));

        // Then
        assertThat(told.result()).isEqualTo(new Outcome.NotTaken(ProblemType.OUTCOME_UNKNOWN));
    }

    @Test
    void tellsALedgersRejectionAndAKeyReusedForAnotherQuantity() {
        // Given
        Wish rejected = wish("rejected", LONG);
        Wish reused = wish("reused", LONG);
        Future<Outcome> first = placeOrder.place(rejected);
        Future<Outcome> second = placeOrder.place(reused);

        // When
        waiters.answered(new OrderAnswered(
                rejected.requestId(),
                rejected.orderId(),
                Verdict.REJECTED,
                RefusalReason.LIMIT_REACHED,
                view(rejected, 1, OrderStatus.REJECTED),
                true));
        waiters.answered(accepted(reused, 2, true));

        // Then
        assertThat(first.result()).isEqualTo(new Outcome.Refused(ProblemType.LIMIT_REACHED, true));
        assertThat(second.result()).isEqualTo(new Outcome.Refused(ProblemType.KEY_REUSED, true));
    }

    @Test
    void joinsTheSameOrderInFlightButNotAnotherQuantity() {
        // Given
        Wish first = wish("key", LONG);
        Wish same = again(first, 1);
        Wish other = again(first, 2);
        Future<Outcome> firstTold = placeOrder.place(first);
        Future<Outcome> sameTold = placeOrder.place(same);
        Future<Outcome> otherTold = placeOrder.place(other);

        // When
        waiters.answered(accepted(first, 1, false));

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
    void tellsWhoJoinsAConfirmedOrderWithoutPatienceThatItIsTaken() {
        // Given
        Wish first = wish("key", LONG);
        Future<Outcome> patient = placeOrder.place(first);
        publisher.confirm(0);

        // When
        Future<Outcome> hasty = placeOrder.place(withPatience(again(first, 1), Duration.ZERO));

        // Then
        assertThat(hasty.result()).isEqualTo(new Outcome.Pending(first.orderId()));
        assertThat(patient.isComplete()).isFalse();
    }

    @Test
    void shutsTheGateAndReplaysBeforeItRefuses() {
        // Given
        row = sale(SaleState.SOLD_OUT, 100, 100);
        Wish winner = wish("winner", LONG);
        ledger.put(winner.orderId(), row(winner, 1, true));

        // When
        Future<Outcome> late = placeOrder.place(wish("late", LONG));
        Future<Outcome> replay = placeOrder.place(winner);
        ledgerAway = true;
        Future<Outcome> keyless = placeOrder.place(keyless());
        Future<Outcome> unsure = placeOrder.place(wish("unsure", LONG));

        // Then
        assertThat(late.result()).isEqualTo(new Outcome.Refused(ProblemType.SOLD_OUT, false));
        assertThat(replay.result()).isEqualTo(new Outcome.Accepted(view(winner, 1, OrderStatus.RESERVED), true));
        assertThat(keyless.result()).isEqualTo(new Outcome.Refused(ProblemType.SOLD_OUT, false));
        assertThat(unsure.result()).isEqualTo(new Outcome.NotTaken(ProblemType.OUTCOME_UNKNOWN));
        assertThat(publisher.sent()).isEmpty();
    }

    @Test
    void acceptsOnlyWhileTheReadingSaysOpen() {
        // When
        row = sale(SaleState.SCHEDULED, 100, 0);
        Future<Outcome> early = placeOrder.place(wish("a", LONG));

        // Then
        assertThat(early.result()).isEqualTo(new Outcome.Refused(ProblemType.SALE_NOT_OPEN, false));
        assertThat(publisher.sent()).isEmpty();
    }

    @Test
    void refusesMoreThanTheLimitAndSalesThatAreNotThere() {
        // When
        Future<Outcome> tooMany = placeOrder.place(again(wish("a", LONG), 3));
        Future<Outcome> unknown = placeOrder.place(elsewhere(wish("b", LONG)));

        // Then
        assertThat(tooMany.result()).isEqualTo(new Outcome.Refused(ProblemType.LIMIT_REACHED, false));
        assertThat(((ProblemException) unknown.cause()).problem().slug()).isEqualTo("unknown-sale");
    }

    @Test
    void holdsOnlySoMany() {
        // Given
        for (int i = 0; i < 3; i++) {
            Future<Outcome> unused = placeOrder.place(wish("key" + i, LONG));
        }

        // When
        Future<Outcome> oneTooMany = placeOrder.place(wish("key3", LONG));
        Future<Outcome> joining = placeOrder.place(again(wish("key0", LONG), 1));

        // Then
        assertThat(oneTooMany.result()).isEqualTo(new Outcome.NotTaken(ProblemType.OVERLOADED));
        // the order it joins may well be taken
        assertThat(joining.result()).isEqualTo(new Outcome.NotTaken(ProblemType.OUTCOME_UNKNOWN));
        assertThat(waiters.held()).isEqualTo(3);
    }

    @Test
    void letsAClientGoButNotItsOrder() {
        // Given
        Promise<Void> gone = Promise.promise();
        Wish wish = leaving(wish("key", LONG), gone.future());
        Future<Outcome> told = placeOrder.place(wish);

        // When
        gone.complete();

        // Then
        assertThat(told.result()).isInstanceOf(Outcome.Abandoned.class);
        assertThat(waiters.held()).isZero();
        assertThat(publisher.sent()).hasSize(1);
        publisher.confirm(0);
        waiters.answered(accepted(wish, 1, false));
    }

    @Test
    void asksTheLedgerForAllWhenAnswersMayBeLost() {
        // Given
        Wish decided = wish("decided", LONG);
        Wish undecided = wish("undecided", LONG);
        Future<Outcome> first = placeOrder.place(decided);
        Future<Outcome> second = placeOrder.place(undecided);
        ledger.put(decided.orderId(), row(decided, 1, true));

        // When
        waiters.readLedger();

        // Then
        assertThat(first.result()).isInstanceOf(Outcome.Accepted.class);
        assertThat(second.isComplete()).isFalse();
    }

    @Test
    void tellsEverybodyWhatItCanBeforeItStops() {
        // Given
        Wish taken = wish("taken", LONG);
        Wish underWay = wish("under way", LONG);
        Future<Outcome> first = placeOrder.place(taken);
        publisher.confirm(0);
        Future<Outcome> second = placeOrder.place(underWay);

        // When
        waiters.hurry();

        // Then
        assertThat(first.result()).isEqualTo(new Outcome.Pending(taken.orderId()));
        assertThat(second.isComplete()).isFalse();
        publisher.confirm(1);
        assertThat(second.result()).isEqualTo(new Outcome.Pending(underWay.orderId()));
    }

    @Test
    void saysThatAnOutcomeIsUnknownRatherThanNothingWhereNoConfirmComesBeforeItStops() {
        // Given
        Future<Outcome> unconfirmed = placeOrder.place(wish("key", LONG));
        waiters.hurry();

        // When
        waiters.giveUp();

        // Then
        assertThat(unconfirmed.result()).isEqualTo(new Outcome.NotTaken(ProblemType.OUTCOME_UNKNOWN));
        assertThat(waiters.held()).isZero();
    }

    @Test
    void holdsNobodyMoreOnceItStops() {
        // Given
        Wish inFlight = wish("in flight", LONG);
        Future<Outcome> first = placeOrder.place(inFlight);
        waiters.hurry();

        // When
        Future<Outcome> same = placeOrder.place(inFlight);
        Future<Outcome> other = placeOrder.place(wish("other", LONG));

        // Then
        assertThat(first.isComplete()).isFalse();
        assertThat(same.result()).isEqualTo(new Outcome.NotTaken(ProblemType.OUTCOME_UNKNOWN));
        assertThat(other.result()).isEqualTo(new Outcome.NotTaken(ProblemType.OVERLOADED));
        assertThat(publisher.sent()).hasSize(1);
    }

    @Test
    void waitsForASilentLedgerOnlySoLongWhenTheWaitEnds() {
        // Given
        ledgerSilent = true;
        Wish wish = wish("key", Duration.ofMillis(5));

        // When
        Future<Outcome> told = placeOrder.place(wish);
        publisher.confirm(0);

        // Then
        Awaitility.await().until(told::isComplete);
        assertThat(told.result()).isEqualTo(new Outcome.Pending(wish.orderId()));
    }

    @Test
    void tellsNoRefusalThatASilentLedgerCouldNotConfirm() {
        // Given
        Wish open = wish("open", LONG);
        Future<Outcome> counted = placeOrder.place(open);
        Future<Optional<SaleReading>> refreshed = soldOut();
        ledgerSilent = true;

        // When
        Future<Outcome> gated = placeOrder.place(wish("gated", LONG));
        waiters.answered(refusal(open, RefusalReason.SOLD_OUT));

        // Then
        assertThat(refreshed.succeeded()).isTrue();
        Awaitility.await().until(() -> gated.isComplete() && counted.isComplete());
        assertThat(gated.result()).isEqualTo(new Outcome.NotTaken(ProblemType.OUTCOME_UNKNOWN));
        assertThat(counted.result()).isEqualTo(new Outcome.NotTaken(ProblemType.OUTCOME_UNKNOWN));
    }

    @Test
    void acceptsOnAnOldReadingUntilTheSaleMayHaveEnded() {
        // Given
        Instant now = Instant.now();
        row = until(now.plus(LONG), SaleState.OPEN, 100, 0);
        assertThat(board.refresh(SALE).succeeded()).isTrue();
        later = Duration.ofHours(1);

        // When
        Future<Outcome> running = placeOrder.place(at(now, wish("running", Duration.ZERO)));
        Future<Outcome> over = placeOrder.place(at(now.plus(LONG).plusSeconds(6), wish("over", Duration.ZERO)));

        // Then
        publisher.confirm(0);
        assertThat(running.result()).isInstanceOf(Outcome.Pending.class);
        assertThat(over.result()).isEqualTo(new Outcome.NotTaken(ProblemType.OVERLOADED));
        assertThat(publisher.sent()).hasSize(1);
    }

    private long nanoTime() {
        return System.nanoTime() + later.toNanos();
    }

    private Future<Optional<SaleReading>> soldOut() {
        row = sale(SaleState.SOLD_OUT, 100, 100);
        return board.refresh(SALE);
    }

    private Future<Map<UUID, LedgerOrder>> askLedger() {
        if (ledgerSilent) {
            return Promise.<Map<UUID, LedgerOrder>>promise().future();
        }
        return ledgerAway ? Future.failedFuture("the ledger is away") : Future.succeededFuture(ledger);
    }

    private static SaleView sale(SaleState state, long stock, long sold) {
        return until(null, state, stock, sold);
    }

    private static SaleView until(Instant closesAt, SaleState state, long stock, long sold) {
        return new SaleView(
                SALE, "t", 100, "EUR", stock, sold, 2, Instant.EPOCH, closesAt, 60, CounterKind.REDIS, state, 1);
    }

    private static Wish at(Instant receivedAt, Wish wish) {
        return new Wish(
                wish.requestId(),
                wish.orderId(),
                wish.sale(),
                wish.buyer(),
                wish.quantity(),
                wish.key(),
                wish.keyGiven(),
                wish.patience(),
                receivedAt,
                wish.trace(),
                wish.gone());
    }

    private static Wish wish(String key, Duration patience) {
        return new Wish(
                UUID.randomUUID(),
                UUID.nameUUIDFromBytes(key.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                SALE,
                "alice",
                1,
                key.replace(' ', '-'),
                true,
                patience,
                Instant.now(),
                null,
                Promise.<Void>promise().future());
    }

    private static Wish copy(
            Wish wish, SaleId sale, int quantity, boolean keyGiven, Duration patience, Future<Void> gone) {
        return new Wish(
                UUID.randomUUID(),
                wish.orderId(),
                sale,
                wish.buyer(),
                quantity,
                wish.key(),
                keyGiven,
                patience,
                wish.receivedAt(),
                null,
                gone);
    }

    private static Wish again(Wish wish, int quantity) {
        return copy(wish, SALE, quantity, true, wish.patience(), wish.gone());
    }

    private static Wish withPatience(Wish wish, Duration patience) {
        return copy(wish, SALE, wish.quantity(), true, patience, wish.gone());
    }

    private static Wish elsewhere(Wish wish) {
        return copy(wish, new SaleId("bbbbbbbbbbbbbbbb"), 1, true, wish.patience(), wish.gone());
    }

    private static Wish leaving(Wish wish, Future<Void> gone) {
        return copy(wish, SALE, 1, true, wish.patience(), gone);
    }

    private static Wish keyless() {
        Wish wish = wish("made", LONG);
        return copy(wish, SALE, 1, false, wish.patience(), wish.gone());
    }

    private static OrderView view(Wish wish, int quantity, OrderStatus status) {
        return new OrderView(
                wish.orderId(),
                SALE,
                wish.buyer(),
                quantity,
                status,
                status == OrderStatus.REJECTED ? RefusalReason.LIMIT_REACHED : null,
                100,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    private static LedgerOrder row(Wish wish, int quantity, boolean accepted) {
        return row(wish, quantity, accepted, wish.requestId());
    }

    private static LedgerOrder row(Wish wish, int quantity, boolean accepted, UUID requestId) {
        return new LedgerOrder(
                view(wish, quantity, accepted ? OrderStatus.RESERVED : OrderStatus.REJECTED),
                wish.key(),
                requestId,
                accepted);
    }

    private static OrderAnswered accepted(Wish wish, int quantity, boolean replayed) {
        return new OrderAnswered(
                wish.requestId(),
                wish.orderId(),
                Verdict.ACCEPTED,
                null,
                view(wish, quantity, OrderStatus.RESERVED),
                replayed);
    }

    private static OrderAnswered refusal(Wish wish, RefusalReason reason) {
        return new OrderAnswered(wish.requestId(), wish.orderId(), Verdict.REFUSED, reason, null, false);
    }
}
