package dev.doorbuster.cli.chaos.check;

import static dev.doorbuster.cli.chaos.check.Tale.SALE;
import static dev.doorbuster.cli.chaos.check.Tale.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.cli.chaos.history.Answer;
import dev.doorbuster.cli.chaos.history.Answer.Lost;
import dev.doorbuster.cli.chaos.history.Happening.Effect;
import dev.doorbuster.cli.chaos.history.Request;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every lie is found, each by its own name, and nothing else is. */
class HistoryCheckTest {
    private static final long LONGER_THAN_A_COMMIT = 11_000_000;

    private static final Answer OVERLOADED = new Answer(503, null, null, null, "overloaded", false, 1, null);

    static Stream<Arguments> lies() {
        return Stream.of(
                lie(
                        Breach.OVERSOLD,
                        new Tale()
                                .stock(1)
                                .reserved("ann")
                                .row("ann", "RESERVED")
                                .reserved("bob")
                                .row("bob", "RESERVED")),
                lie(
                        Breach.SOLD_DIFFERS,
                        new Tale().reserved("ann").row("ann", "RESERVED").soldBesides(1)),
                lie(
                        Breach.OVER_LIMIT,
                        new Tale()
                                .reserved("ann")
                                .row("ann", "RESERVED")
                                .asked(
                                        Request.order(SALE, "ann", "ann-2", 1),
                                        new Answer(201, "second", "ann-2", "RESERVED", null, false, -1, null))
                                .row("second", "ann", "ann-2", "RESERVED")),
                lie(
                        Breach.TWO_ORDERS_FOR_ONE_KEY,
                        new Tale()
                                .pending("ann")
                                .asked(
                                        Request.order(SALE, "ann", "ann-1", 1),
                                        new Answer(202, "second", "ann-1", "PENDING", null, false, -1, null))
                                .row("ann", "RESERVED")),
                lie(Breach.RESERVED_WITHOUT_ROW, new Tale().reserved("ann")),
                lie(Breach.RESERVED_WITHOUT_ROW, new Tale().reserved("ann").row("ann", "REJECTED")),
                lie(
                        Breach.RESERVED_WITHOUT_ROW,
                        new Tale()
                                .reserved("ann")
                                .row("another", "ann", "ann-1", "RESERVED")
                                .told("order.confirmed", "ann")),
                lie(
                        Breach.REFUSED_AFTER_RESERVED,
                        new Tale().reserved("ann").refused("ann").row("ann", "RESERVED")),
                lie(
                        Breach.REFUSED_AFTER_RESERVED,
                        new Tale().reserved("ann").look("ann", "REJECTED").row("ann", "RESERVED")),
                lie(Breach.HELD_THOUGH_REFUSED, new Tale().refused("ann").row("ann", "RESERVED")),
                lie(
                        Breach.HELD_THOUGH_REFUSED,
                        new Tale().pending("ann").look("ann", "REJECTED").row("ann", "RESERVED")),
                lie(Breach.HELD_THOUGH_REFUSED, new Tale().refused("ann").row("ann", "EXPIRED")),
                lie(
                        Breach.HELD_THOUGH_REFUSED,
                        new Tale()
                                .pending("ann")
                                .pause(LONGER_THAN_A_COMMIT)
                                .refused("ann")
                                .row("ann", "RESERVED")),
                lie(
                        Breach.HELD_THOUGH_REFUSED,
                        refusedAndHeldLater().happens("empty-redis", "redis", Effect.LOSS, 0, 1)),
                lie(
                        Breach.HELD_THOUGH_REFUSED,
                        refusedAndHeldLater().happens("kill-rabbitmq", "rabbitmq", Effect.DEATH, 0, 400_000)),
                lie(
                        Breach.HELD_THOUGH_REFUSED,
                        refusedAndHeldLater()
                                .happens("kill-memcached", "memcached", Effect.DEATH, 0, 1)
                                .happens("kill-rabbitmq", "rabbitmq", Effect.DEATH, 0, 400_000)),
                lie(Breach.NEVER_DECIDED, new Tale().pending("ann")),
                lie(Breach.ROW_WITHOUT_REQUEST, new Tale().row("ann", "RESERVED")),
                lie(
                        Breach.STATE_WENT_BACK,
                        new Tale()
                                .reserved("ann")
                                .pay("ann", "r", 200, "PAID")
                                .payment("ann", "r", "REFUND_DUE")
                                .row("ann", "REFUND_DUE")),
                lie(
                        Breach.STATE_WENT_BACK,
                        new Tale()
                                .reserved("ann")
                                .look("ann", "EXPIRED")
                                .look("ann", "RESERVED")
                                .row("ann", "EXPIRED")),
                lie(
                        Breach.STATE_WENT_BACK,
                        new Tale().reserved("ann").look("ann", "PENDING").row("ann", "RESERVED")),
                lie(
                        Breach.STATE_WENT_BACK,
                        new Tale()
                                .reserved("ann")
                                .asked(
                                        Request.pay(SALE, "ann", "ann-1", id("ann"), "r"),
                                        new Answer(409, null, null, null, "order-pending", false, -1, null))
                                .row("ann", "RESERVED")),
                lie(Breach.HOLD_NEVER_ENDED, new Tale().reserved("ann").overdue("ann")),
                lie(
                        Breach.CANCEL_LOST,
                        new Tale()
                                .reserved("ann")
                                .cancel("ann", 202, "RESERVED")
                                .row("ann", "RESERVED")),
                lie(
                        Breach.PAYMENT_LOST,
                        new Tale()
                                .reserved("ann")
                                .pay("ann", "r", 202, "RESERVED")
                                .row("ann", "RESERVED")),
                lie(
                        Breach.PAYMENT_UNASKED,
                        new Tale().reserved("ann").payment("ann", "r", "PAID").row("ann", "PAID")),
                lie(Breach.MONEY_AND_ORDER_DIFFER, new Tale().reserved("ann").row("ann", "PAID")),
                lie(
                        Breach.MONEY_AND_ORDER_DIFFER,
                        new Tale()
                                .reserved("ann")
                                .pay("ann", "r", 200, "PAID")
                                .pay("ann", "s", 200, "PAID")
                                .payment("ann", "r", "PAID")
                                .payment("ann", "s", "PAID")
                                .row("ann", "PAID")),
                lie(
                        Breach.MONEY_AND_ORDER_DIFFER,
                        new Tale()
                                .reserved("ann")
                                .pay("ann", "r", 202, "CANCELLED")
                                .payment("ann", "r", "REFUND_DUE")
                                .row("ann", "CANCELLED")),
                lie(Breach.EVENT_MISSING, new Tale().reserved("ann").rowUntold("ann", "RESERVED")),
                lie(
                        Breach.EVENT_MISSING,
                        new Tale().reserved("ann").rowUntold("ann", "EXPIRED").told("order.confirmed", "ann")),
                lie(Breach.EVENT_UNFOUNDED, new Tale().refused("ann").told("order.confirmed", "ann")),
                lie(
                        Breach.EVENT_UNFOUNDED,
                        new Tale()
                                .order("ann", 409, null, "limit-reached")
                                .row("ann", "REJECTED")
                                .told("order.confirmed", "ann")),
                lie(Breach.MESSAGES_LEFT, new Tale().left("dead-letters", 1)),
                lie(Breach.COUNTER_DIFFERS, new Tale().hidden(1)),
                lie(
                        Breach.CLAIM_LEFT,
                        new Tale()
                                .reserved("ann")
                                .cancel("ann", 200, "CANCELLED")
                                .row("ann", "CANCELLED")
                                .claims("ann", 1)),
                lie(Breach.LEFT_UNSOLD, new Tale().refused("ann")),
                lie(
                        Breach.OUT_OF_TURN,
                        new Tale().stock(1).refused("ann").reserved("bob").row("bob", "RESERVED")),
                lie(Breach.UNEXPECTED_ANSWER, new Tale().order("ann", 500, null, "internal-error")),
                lie(
                        Breach.UNEXPECTED_ANSWER,
                        new Tale()
                                .asked(
                                        Request.order(SALE, "ann", "ann-1", 1),
                                        new Answer(503, null, null, null, "overloaded", false, -1, null))),
                lie(
                        Breach.UNEXPECTED_ANSWER,
                        new Tale()
                                .reserved("ann")
                                .row("ann", "RESERVED")
                                .asked(
                                        Request.reuse(SALE, "ann", "ann-1", 2),
                                        new Answer(201, id("ann"), "ann-1", "RESERVED", null, true, -1, null))),
                lie(Breach.UNANSWERED, new Tale().lost("ann", Lost.TIMED_OUT)),
                lie(
                        Breach.CUT_OFF,
                        new Tale().lost("ann", Lost.CLOSED).happens(Effect.GRACEFUL_STOP, 200_000, 900_000)));
    }

    private static Tale refusedAndHeldLater() {
        return new Tale()
                .stock(1)
                .pending("ann")
                .look("ann", "REJECTED")
                .decidedNow()
                .row("ann", "RESERVED");
    }

    private static Arguments lie(Breach breach, Tale tale) {
        return Arguments.of(breach, tale);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void findsTheLie(Breach breach, Tale tale) {
        Findings findings = tale.judged();

        assertThat(findings.byBreach().keySet()).as(findings.describe(5)).contains(breach);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NOT_VERIFIED", "FAULT_NOT_DONE"})
    void hasALieOfEachKind(Breach breach) {
        assertThat(lies().map(lie -> lie.get()[0])).contains(breach);
    }

    @Test
    void believesATrueHistory() {
        Findings findings = new Tale()
                .stock(2)
                .asked(Request.order(SALE, "ann", "ann-1", 1), OVERLOADED)
                .pending("ann")
                .look("ann", "PENDING")
                .look("ann", "RESERVED")
                .reserved("bob")
                .refused("cat")
                .asked(
                        Request.reuse(SALE, "ann", "ann-1", 2),
                        new Answer(422, null, "ann-1", null, "idempotency-key-reused", true, -1, null))
                .cancel("bob", 200, "CANCELLED")
                .pay("bob", "b1", 200, "REFUND_DUE")
                .pay("ann", "a1", 202, "RESERVED")
                .pay("ann", "a1", 200, "PAID")
                .asked(
                        Request.pay(SALE, "ann", "ann-1", id("ann"), "a2"),
                        new Answer(409, null, null, null, "already-paid", false, -1, null))
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
                .told("order.confirmed", "ann")
                .told("order.refund-due", "ann")
                .claims("ann", 1)
                .claims("bob", 0)
                .left("ledger.orders.0", 0)
                .judged();

        assertThat(findings.isEmpty()).as(findings.describe(5)).isTrue();
    }

    @Test
    void excusesAStoreThatWasSetBackFromWhatItHadBeenToldToForget() {
        Findings findings = new Tale()
                .claims("ann", 1)
                .happens("redis", Effect.LOSS, 0, 400_000)
                .judged();

        assertThat(findings.isEmpty()).as(findings.describe(5)).isTrue();
    }

    @Test
    void excusesAndCountsARefusalThatItsStoreLostBeforeTheRequestWasDeliveredAgain() {
        Findings findings = refusedAndHeldLater()
                .happens("kill-rabbitmq", "rabbitmq", Effect.DEATH, 0, 400_000)
                .happens("empty-redis", "redis", Effect.LOSS, 600_000, 600_001)
                .judged();

        assertThat(findings.isEmpty()).as(findings.describe(5)).isTrue();
        assertThat(findings.excused()).containsOnlyKeys(Breach.HELD_THOUGH_REFUSED);
    }

    @Test
    void excusesAnInstanceThatWasKilledOrStalled() {
        Findings findings = new Tale()
                .lost("ann", Lost.CLOSED)
                .happens(Effect.DEATH, 100_000, 400_000)
                .lost("bob", Lost.TIMED_OUT)
                .happens(Effect.STALL, 600_000, 800_000)
                .judged();

        assertThat(findings.isEmpty()).as(findings.describe(5)).isTrue();
    }

    @Test
    void excusesAStoppingInstanceFromWhatComesLater() {
        Findings findings = new Tale()
                .reserved("ann")
                .row("ann", "RESERVED")
                .lost("bob", Lost.CLOSED)
                .happens(Effect.GRACEFUL_STOP, 400_000, 2_000_000)
                .judged();

        assertThat(findings.isEmpty()).as(findings.describe(5)).isTrue();
    }

    /** A connection that never came about has brought the instance nothing that it could answer. */
    @Test
    void excusesAStoppingInstanceFromWhatNeverReachedIt() {
        Findings findings = new Tale()
                .lost("bob", Lost.NOT_CONNECTED)
                .happens(Effect.GRACEFUL_STOP, 200_000, 900_000)
                .judged();

        assertThat(findings.isEmpty()).as(findings.describe(5)).isTrue();
    }

    @Test
    void takesALookForTheAnswerToOneRequestOnly() {
        Findings findings = new Tale()
                .stock(1)
                .pending("ann")
                .pending("ann")
                .look("ann", "REJECTED")
                .row("ann", "RESERVED")
                .judged();

        assertThat(findings.isEmpty()).as(findings.describe(5)).isTrue();
    }

    @Test
    void takesALookForTheRefusalOfItsTwin() {
        Findings findings = new Tale()
                .stock(1)
                .refused("ann")
                .pending("ann")
                .look("ann", "REJECTED")
                .decidedNow()
                .row("ann", "RESERVED")
                .judged();

        assertThat(findings.isEmpty()).as(findings.describe(5)).isTrue();
    }

    /** A repeat is refused at the gate while the first request waits in a queue, a unit comes back, and that request gets it. */
    @Test
    void takesARefusalForTheAnswerToItsOwnRequestOnly() {
        Findings findings = new Tale()
                .stock(1)
                .pending("ann")
                .refused("ann")
                .decidedNow()
                .row("ann", "RESERVED")
                .judged();

        assertThat(findings.isEmpty()).as(findings.describe(5)).isTrue();
    }

    @Test
    void holdsNobodyToAnAnswerThatWasLost() {
        Findings findings = new Tale()
                .lost("ann", Lost.CLOSED)
                .happens(Effect.DEATH, 0, 400_000)
                .refused("ann")
                .stock(1)
                .row("ann", "RESERVED")
                .judged();

        assertThat(findings.isEmpty()).as(findings.describe(5)).isTrue();
    }
}
