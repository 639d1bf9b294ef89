package dev.doorbuster.crowd.judge;

import static dev.doorbuster.crowd.judge.FaultCase.SALE;
import static dev.doorbuster.crowd.judge.FaultCase.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.crowd.client.ShopAnswer;
import dev.doorbuster.crowd.client.ShopAnswer.Lost;
import dev.doorbuster.crowd.client.ShopRequest;
import dev.doorbuster.crowd.history.FaultRecord.Effect;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every violation is found, each by its own name, and nothing else is. */
class JudgeTest {
    private static final long HOLD = 3_600_000_000L;

    private static final ShopAnswer OVERLOADED = new ShopAnswer(503, null, null, null, "overloaded", false, 1, null);

    static Stream<Arguments> violations() {
        return Stream.of(
                violation(
                        Violation.OVERSOLD,
                        new FaultCase()
                                .stock(1)
                                .reserved("ann")
                                .row("ann", "RESERVED")
                                .reserved("bob")
                                .row("bob", "RESERVED")),
                violation(
                        Violation.SOLD_DIFFERS,
                        new FaultCase().reserved("ann").row("ann", "RESERVED").soldBesides(1)),
                violation(
                        Violation.OVER_LIMIT,
                        new FaultCase()
                                .reserved("ann")
                                .row("ann", "RESERVED")
                                .asked(
                                        ShopRequest.order(SALE, "ann", "ann-2", 1),
                                        new ShopAnswer(201, "second", "ann-2", "RESERVED", null, false, -1, null))
                                .row("second", "ann", "ann-2", "RESERVED")),
                violation(
                        Violation.TWO_ORDERS_FOR_ONE_KEY,
                        new FaultCase()
                                .pending("ann")
                                .asked(
                                        ShopRequest.order(SALE, "ann", "ann-1", 1),
                                        new ShopAnswer(202, "second", "ann-1", "PENDING", null, false, -1, null))
                                .row("ann", "RESERVED")),
                violation(Violation.RESERVED_WITHOUT_ROW, new FaultCase().reserved("ann")),
                violation(
                        Violation.RESERVED_WITHOUT_ROW,
                        new FaultCase().reserved("ann").row("ann", "REJECTED")),
                violation(
                        Violation.RESERVED_WITHOUT_ROW,
                        new FaultCase()
                                .reserved("ann")
                                .row("another", "ann", "ann-1", "RESERVED")
                                .event("order.confirmed", "ann")),
                violation(
                        Violation.REFUSED_AFTER_RESERVED,
                        new FaultCase().reserved("ann").refused("ann").row("ann", "RESERVED")),
                violation(
                        Violation.REFUSED_AFTER_RESERVED,
                        new FaultCase().reserved("ann").look("ann", "REJECTED").row("ann", "RESERVED")),
                violation(
                        Violation.HELD_THOUGH_REFUSED,
                        new FaultCase().refused("ann").row("ann", "RESERVED")),
                violation(
                        Violation.HELD_THOUGH_REFUSED,
                        new FaultCase().pending("ann").look("ann", "REJECTED").row("ann", "RESERVED")),
                violation(
                        Violation.HELD_THOUGH_REFUSED,
                        new FaultCase().refused("ann").row("ann", "EXPIRED")),
                violation(Violation.HELD_THOUGH_REFUSED, refusedBehindAMarker()),
                violation(
                        Violation.HELD_THOUGH_REFUSED,
                        refusedBehindAMarker().fault("empty-redis", "redis", Effect.LOSS, 0, 400_000)),
                violation(
                        Violation.HELD_THOUGH_REFUSED,
                        refusedBehindAMarker().fault("kill-postgres", "postgres", Effect.DEATH, 0, 400_000)),
                violation(
                        Violation.HELD_THOUGH_REFUSED,
                        refusedBehindAMarker()
                                .fault("clock-ahead-order-service", "order-service-0", Effect.CLOCK, 0, 400_000)),
                violation(
                        Violation.HELD_THOUGH_REFUSED,
                        refusedBehindAMarker()
                                .fault("kill-rabbitmq", "rabbitmq", Effect.DEATH, 60_000_000, 60_400_000)),
                violation(
                        Violation.HELD_THOUGH_REFUSED,
                        new FaultCase()
                                .asked(ShopRequest.order(SALE, "ann", "ann-1", 1), OVERLOADED)
                                .row("ann", "RESERVED")),
                violation(
                        Violation.HELD_THOUGH_REFUSED,
                        new FaultCase()
                                .asked(ShopRequest.order(SALE, "ann", "ann-1", 1), OVERLOADED)
                                .fault("empty-redis", "redis", Effect.LOSS, 0, 400_000)
                                .row("ann", "RESERVED")),
                // No unit came back: each of several requests under one key has to be refused then.
                violation(
                        Violation.HELD_THOUGH_REFUSED,
                        new FaultCase()
                                .stock(1)
                                .pending("ann")
                                .refused("ann")
                                .look("ann", "REJECTED")
                                .decidedNow()
                                .row("ann", "RESERVED")),
                violation(
                        Violation.OTHER_KEY,
                        new FaultCase()
                                .reserved("ann")
                                .row("ann", "RESERVED")
                                .asked(
                                        ShopRequest.order(SALE, "ann", "ann-1", 1),
                                        new ShopAnswer(201, id("ann"), "ann-2", "RESERVED", null, true, -1, null))),
                violation(
                        Violation.HELD_THOUGH_REFUSED,
                        refusedAndHeldLater().fault("empty-redis", "redis", Effect.LOSS, 0, 1)),
                violation(
                        Violation.HELD_THOUGH_REFUSED,
                        refusedAndHeldLater().fault("kill-rabbitmq", "rabbitmq", Effect.DEATH, 0, 400_000)),
                violation(
                        Violation.HELD_THOUGH_REFUSED,
                        refusedAndHeldLater()
                                .fault("kill-memcached", "memcached", Effect.DEATH, 0, 1)
                                .fault("kill-rabbitmq", "rabbitmq", Effect.DEATH, 0, 400_000)),
                violation(Violation.NEVER_DECIDED, new FaultCase().pending("ann")),
                violation(Violation.ROW_WITHOUT_REQUEST, new FaultCase().row("ann", "RESERVED")),
                violation(
                        Violation.STATE_WENT_BACK,
                        new FaultCase()
                                .reserved("ann")
                                .pay("ann", "r", 200, "PAID")
                                .payment("ann", "r", "REFUND_DUE")
                                .row("ann", "REFUND_DUE")),
                violation(
                        Violation.STATE_WENT_BACK,
                        new FaultCase()
                                .reserved("ann")
                                .pause(HOLD)
                                .look("ann", "EXPIRED")
                                .look("ann", "RESERVED")
                                .row("ann", "EXPIRED")),
                violation(
                        Violation.STATE_WENT_BACK,
                        new FaultCase().reserved("ann").look("ann", "PENDING").row("ann", "RESERVED")),
                violation(
                        Violation.STATE_WENT_BACK,
                        new FaultCase()
                                .reserved("ann")
                                .asked(
                                        ShopRequest.pay(SALE, "ann", "ann-1", id("ann"), "r"),
                                        new ShopAnswer(409, null, null, null, "order-pending", false, -1, null))
                                .row("ann", "RESERVED")),
                violation(
                        Violation.HOLD_NEVER_ENDED,
                        new FaultCase().reserved("ann").overdue("ann")),
                violation(
                        Violation.CANCEL_LOST,
                        new FaultCase()
                                .reserved("ann")
                                .cancel("ann", 202, "RESERVED")
                                .row("ann", "RESERVED")),
                violation(
                        Violation.CANCEL_UNASKED,
                        new FaultCase().reserved("ann").row("ann", "CANCELLED")),
                violation(
                        Violation.PAYMENT_LOST,
                        new FaultCase()
                                .reserved("ann")
                                .pay("ann", "r", 202, "RESERVED")
                                .row("ann", "RESERVED")),
                violation(
                        Violation.PAYMENT_UNASKED,
                        new FaultCase()
                                .reserved("ann")
                                .payment("ann", "r", "PAID")
                                .row("ann", "PAID")),
                violation(
                        Violation.MONEY_AND_ORDER_DIFFER,
                        new FaultCase().reserved("ann").row("ann", "PAID")),
                violation(
                        Violation.MONEY_AND_ORDER_DIFFER,
                        new FaultCase()
                                .reserved("ann")
                                .pay("ann", "r", 200, "PAID")
                                .pay("ann", "s", 200, "PAID")
                                .payment("ann", "r", "PAID")
                                .payment("ann", "s", "PAID")
                                .row("ann", "PAID")),
                violation(
                        Violation.MONEY_AND_ORDER_DIFFER,
                        new FaultCase()
                                .reserved("ann")
                                .pay("ann", "r", 202, "CANCELLED")
                                .payment("ann", "r", "REFUND_DUE")
                                .row("ann", "CANCELLED")),
                violation(
                        Violation.EVENT_MISSING, new FaultCase().reserved("ann").rowWithoutEvent("ann", "RESERVED")),
                violation(
                        Violation.EVENT_MISSING,
                        new FaultCase()
                                .reserved("ann")
                                .rowWithoutEvent("ann", "EXPIRED")
                                .event("order.confirmed", "ann")),
                violation(
                        Violation.EVENT_UNFOUNDED,
                        new FaultCase().refused("ann").event("order.confirmed", "ann")),
                violation(
                        Violation.EVENT_UNFOUNDED,
                        new FaultCase()
                                .order("ann", 409, null, "limit-reached")
                                .row("ann", "REJECTED")
                                .event("order.confirmed", "ann")),
                violation(
                        Violation.EVENT_UNFOUNDED,
                        new FaultCase()
                                .reserved("ann")
                                .pay("ann", "r", 200, "PAID")
                                .payment("ann", "r", "PAID")
                                .event("order.cancelled", "ann")
                                .row("ann", "PAID")),
                violation(
                        Violation.EVENT_UNFOUNDED,
                        new FaultCase()
                                .reserved("ann")
                                .event("order.paid", "ann")
                                .row("ann", "RESERVED")),
                violation(
                        Violation.EVENT_UNFOUNDED,
                        new FaultCase()
                                .reserved("ann")
                                .event("order.expired", "ann")
                                .row("ann", "RESERVED")),
                violation(
                        Violation.EVENT_UNFOUNDED,
                        new FaultCase()
                                .reserved("ann")
                                .pay("ann", "r", 200, "PAID")
                                .payment("ann", "r", "PAID")
                                .event("order.refund-due", "ann")
                                .row("ann", "PAID")),
                violation(
                        Violation.EVENT_UNFOUNDED,
                        new FaultCase()
                                .pay("ann", "r", 200, "REFUND_DUE")
                                .payment("ann", "r", "REFUND_DUE")
                                .event("order.refund-due", "ann")
                                .event("order.paid", "ann")),
                violation(Violation.MESSAGES_LEFT, new FaultCase().left("dead-letters", 1)),
                violation(Violation.COUNTER_DIFFERS, new FaultCase().hidden(1)),
                violation(
                        Violation.CLAIM_LEFT,
                        new FaultCase()
                                .reserved("ann")
                                .cancel("ann", 200, "CANCELLED")
                                .row("ann", "CANCELLED")
                                .claims("ann", 1)),
                violation(
                        Violation.CLAIM_LEFT,
                        new FaultCase().claims("ann", 1).fault("stall-redis", "redis", Effect.STALL, 0, 400_000)),
                violation(
                        Violation.CLAIM_LEFT,
                        new FaultCase()
                                .claims("ann", 1)
                                .fault("kill-sentinel", "redis-sentinel-0", Effect.DEATH, 0, 400_000)),
                violation(Violation.LEFT_UNSOLD, new FaultCase().refused("ann")),
                violation(
                        Violation.OUT_OF_TURN,
                        new FaultCase().stock(1).refused("ann").reserved("bob").row("bob", "RESERVED")),
                violation(Violation.UNEXPECTED_ANSWER, new FaultCase().order("ann", 500, null, "internal-error")),
                violation(
                        Violation.UNEXPECTED_ANSWER,
                        new FaultCase()
                                .asked(
                                        ShopRequest.order(SALE, "ann", "ann-1", 1),
                                        new ShopAnswer(503, null, null, null, "overloaded", false, -1, null))),
                violation(
                        Violation.UNEXPECTED_ANSWER,
                        new FaultCase()
                                .reserved("ann")
                                .row("ann", "RESERVED")
                                .asked(
                                        ShopRequest.reuse(SALE, "ann", "ann-1", 2),
                                        new ShopAnswer(201, id("ann"), "ann-1", "RESERVED", null, true, -1, null))),
                violation(
                        Violation.HOLD_ENDED_EARLY,
                        new FaultCase()
                                .reserved("ann")
                                .pause(HOLD / 2)
                                .look("ann", "EXPIRED")
                                .row("ann", "EXPIRED")
                                .fault(Effect.CLOCK, 0, HOLD)),
                violation(
                        Violation.HOLD_ENDED_EARLY,
                        new FaultCase().reserved("ann").endedEarly("ann")),
                violation(Violation.UNANSWERED, new FaultCase().lost("ann", Lost.TIMED_OUT)),
                violation(
                        Violation.CUT_OFF,
                        new FaultCase().lost("ann", Lost.CLOSED).fault(Effect.GRACEFUL_STOP, 200_000, 900_000)));
    }

    /** The repeat was refused behind a marker, and so is the order: no unit that came back may go to it. */
    private static FaultCase refusedBehindAMarker() {
        return unitComesBackAfter(given -> given.pending("ann").refused("ann")).row("ann", "RESERVED");
    }

    private static FaultCase refusedAndHeldLater() {
        return new FaultCase()
                .stock(1)
                .pending("ann")
                .look("ann", "REJECTED")
                .decidedNow()
                .row("ann", "RESERVED");
    }

    /** The only unit is reserved, and comes back while another buyer's request waits for its decision. */
    private static FaultCase unitComesBackAfter(UnaryOperator<FaultCase> requests) {
        return requests.apply(new FaultCase().stock(1).reserved("bob"))
                .cancel("bob", 200, "CANCELLED")
                .row("bob", "CANCELLED")
                .decidedNow();
    }

    private static Arguments violation(Violation violation, FaultCase given) {
        return Arguments.of(violation, given);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("violations")
    void findsTheViolation(Violation violation, FaultCase given) {
        Findings findings = given.judged();

        assertThat(findings.byViolation().keySet()).as(findings.describe(5)).contains(violation);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {
                "NOT_VERIFIED",
                "FAULT_NOT_DONE",
                "STILL_WAITING",
                "SUM_DIFFERS",
                "REPEAT_NOT_ANSWERED",
                "REPEAT_DIFFERS"
            })
    void hasACaseOfEachViolation(Violation violation) {
        assertThat(violations().map(each -> each.get()[0])).contains(violation);
    }

    @Test
    void findsNothingInATrueHistory() {
        Findings findings = new FaultCase()
                .stock(2)
                .asked(ShopRequest.order(SALE, "ann", "ann-1", 1), OVERLOADED)
                .pending("ann")
                .look("ann", "PENDING")
                .look("ann", "RESERVED")
                .reserved("bob")
                .refused("cat")
                .asked(
                        ShopRequest.reuse(SALE, "ann", "ann-1", 2),
                        new ShopAnswer(422, null, "ann-1", null, "idempotency-key-reused", true, -1, null))
                .cancel("bob", 200, "CANCELLED")
                .pay("bob", "b1", 200, "REFUND_DUE")
                .pay("ann", "a1", 202, "RESERVED")
                .pay("ann", "a1", 200, "PAID")
                .asked(
                        ShopRequest.pay(SALE, "ann", "ann-1", id("ann"), "a2"),
                        new ShopAnswer(409, null, null, null, "already-paid", false, -1, null))
                .reserved("dan")
                .look("dan", "RESERVED")
                .pay("dan", "d1", 200, "PAID")
                .row("ann", "PAID")
                .payment("ann", "a1", "PAID")
                .payment("ann", "a2", "REFUND_DUE")
                .row("bob", "REFUND_DUE")
                .payment("bob", "b1", "REFUND_DUE")
                .row("dan", "PAID")
                .payment("dan", "d1", "PAID")
                .event("order.confirmed", "ann")
                .event("order.refund-due", "ann")
                .claims("ann", 1)
                .claims("bob", 0)
                .left("ledger.orders.0", 0)
                .judged();

        assertThat(findings.isEmpty()).as(findings.describe(5)).isTrue();
    }

    @Test
    void excusesClaimsInAStoreThatWasSetBack() {
        Findings findings = new FaultCase()
                .claims("ann", 1)
                .fault("empty-redis", "redis", Effect.LOSS, 0, 400_000)
                .judged();

        assertThat(findings.isEmpty()).as(findings.describe(5)).isTrue();
    }

    @Test
    void excusesClaimsAfterAnOlderReplicaBecameTheMaster() {
        Findings findings = new FaultCase()
                .claims("ann", 1)
                .fault("kill-redis", "redis-0", Effect.DEATH, 0, 400_000)
                .judged();

        assertThat(findings.isEmpty()).as(findings.describe(5)).isTrue();
    }

    @Test
    void excusesAndCountsARefusalThatItsStoreLostBeforeTheRequestWasDeliveredAgain() {
        Findings findings = refusedAndHeldLater()
                .fault("kill-rabbitmq", "rabbitmq", Effect.DEATH, 0, 400_000)
                .fault("empty-redis", "redis", Effect.LOSS, 600_000, 600_001)
                .judged();

        assertThat(findings.isEmpty()).as(findings.describe(5)).isTrue();
        assertThat(findings.excused()).containsOnlyKeys(Violation.HELD_THOUGH_REFUSED);
    }

    @Test
    void excusesAnInstanceThatWasKilledOrStalled() {
        Findings findings = new FaultCase()
                .lost("ann", Lost.CLOSED)
                .fault(Effect.DEATH, 100_000, 400_000)
                .lost("bob", Lost.TIMED_OUT)
                .fault(Effect.STALL, 600_000, 800_000)
                .judged();

        assertThat(findings.isEmpty()).as(findings.describe(5)).isTrue();
    }

    @Test
    void measuresHoldsByTheDatabasesClock() {
        Findings findings = new FaultCase()
                .reserved("ann")
                .look("ann", "EXPIRED")
                .row("ann", "EXPIRED")
                .fault("postgres", Effect.CLOCK, 100_000, 400_000)
                .judged();

        assertThat(findings.byViolation()).doesNotContainKey(Violation.HOLD_ENDED_EARLY);
    }

    @Test
    void excusesAStoppingInstanceFromWhatComesLater() {
        Findings findings = new FaultCase()
                .reserved("ann")
                .row("ann", "RESERVED")
                .lost("bob", Lost.CLOSED)
                .fault(Effect.GRACEFUL_STOP, 400_000, 2_000_000)
                .judged();

        assertThat(findings.isEmpty()).as(findings.describe(5)).isTrue();
    }

    /** A connection that never came about has brought the instance nothing that it could answer. */
    @Test
    void excusesAStoppingInstanceFromWhatNeverReachedIt() {
        Findings findings = new FaultCase()
                .lost("bob", Lost.NOT_CONNECTED)
                .fault(Effect.GRACEFUL_STOP, 200_000, 900_000)
                .judged();

        assertThat(findings.isEmpty()).as(findings.describe(5)).isTrue();
    }

    @Test
    void takesALookForTheAnswerToOneRequestOnly() {
        Findings findings = unitComesBackAfter(
                        given -> given.pending("ann").pending("ann").look("ann", "REJECTED"))
                .row("ann", "RESERVED")
                .judged();

        assertThat(findings.isEmpty()).as(findings.describe(5)).isTrue();
    }

    @Test
    void takesALookForTheRefusalOfItsTwin() {
        Findings findings = unitComesBackAfter(
                        given -> given.refused("ann").pending("ann").look("ann", "REJECTED"))
                .row("ann", "RESERVED")
                .judged();

        assertThat(findings.isEmpty()).as(findings.describe(5)).isTrue();
    }

    /** The marker is overtaken by what the broker lost or delivers again. */
    @ParameterizedTest
    @ValueSource(strings = {"rabbitmq", "rabbitmq-1", "stock-service-0", "order-service-0"})
    void excusesAndCountsARefusalWhoseMarkerMayHaveBeenOvertaken(String killed) {
        Findings findings = refusedBehindAMarker()
                .fault("kill", killed, Effect.DEATH, 0, 400_000)
                .judged();

        assertThat(findings.isEmpty()).as(findings.describe(5)).isTrue();
        assertThat(findings.excused()).containsOnlyKeys(Violation.HELD_THOUGH_REFUSED);
    }

    /** It may share the marker of another one, which was sent before the first was accepted. */
    @Test
    void concludesNothingFromARefusalThatMayHaveJoinedAnotherRequest() {
        Findings findings = unitComesBackAfter(given -> given.pending("ann")
                        .overlapping()
                        .refused("ann")
                        .overlapping()
                        .refused("ann"))
                .row("ann", "RESERVED")
                .judged();

        assertThat(findings.byViolation()).doesNotContainKey(Violation.HELD_THOUGH_REFUSED);
    }

    /** Of a database whose clock was wrong, the time of a decision is not known. */
    @Test
    void takesNoDecisionsTimeFromAClockThatWasWrong() {
        Findings findings = refusedAndHeldLater()
                .decidedAnHourAgo()
                .fault("clock-back-postgres", "postgres", Effect.CLOCK, 0, 900_000)
                .fault("kill-rabbitmq", "rabbitmq", Effect.DEATH, 0, 400_000)
                .fault("empty-redis", "redis", Effect.LOSS, 600_000, 600_001)
                .judged();

        assertThat(findings.byViolation()).doesNotContainKey(Violation.HELD_THOUGH_REFUSED);
        assertThat(findings.excused()).containsOnlyKeys(Violation.HELD_THOUGH_REFUSED);
    }

    @Test
    void measuresTheEndsOfHoldsInTheLedgerByOneClockOnly() {
        Findings findings = new FaultCase()
                .reserved("ann")
                .endedEarly("ann")
                .fault("clock-back-postgres", "postgres", Effect.CLOCK, 100_000, 400_000)
                .judged();

        assertThat(findings.isEmpty()).as(findings.describe(5)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("waiting")
    void findsBuyersWhoAreStillWaiting(FaultCase given) {
        assertThat(given.stillWaiting().byViolation()).containsOnlyKeys(Violation.STILL_WAITING);
    }

    static Stream<FaultCase> waiting() {
        return Stream.of(
                new FaultCase().asked(ShopRequest.order(SALE, "ann", "ann-1", 1), OVERLOADED),
                new FaultCase().lost("ann", Lost.TIMED_OUT),
                new FaultCase().pending("ann").look("ann", "PENDING"),
                new FaultCase().refused("ann").pending("ann"));
    }

    @ParameterizedTest
    @MethodSource("served")
    void findsNobodyWaitingWhoWasTold(FaultCase given) {
        assertThat(given.stillWaiting().isEmpty()).isTrue();
    }

    static Stream<FaultCase> served() {
        return Stream.of(
                new FaultCase().lost("ann", Lost.CLOSED).reserved("ann").look("ann", "RESERVED"),
                new FaultCase().pending("ann").look("ann", "REJECTED"),
                new FaultCase().pending("ann").refused("ann"),
                // Without a key there is nothing to repeat.
                new FaultCase().asked(ShopRequest.order(SALE, "ann", null, 1), OVERLOADED));
    }

    @Test
    void concludesNothingFromAnAnswerThatWasLost() {
        Findings findings = new FaultCase()
                .lost("ann", Lost.CLOSED)
                .fault(Effect.DEATH, 0, 400_000)
                .refused("ann")
                .stock(1)
                .row("ann", "RESERVED")
                .judged();

        assertThat(findings.isEmpty()).as(findings.describe(5)).isTrue();
    }
}
