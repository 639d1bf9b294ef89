package dev.doorbuster.crowd.judge;

import static dev.doorbuster.crowd.client.ShopRequest.Attempt.DUPLICATE;
import static dev.doorbuster.crowd.client.ShopRequest.Attempt.FIRST;
import static dev.doorbuster.crowd.client.ShopRequest.Attempt.REPEAT;
import static dev.doorbuster.crowd.client.ShopRequest.Attempt.RETRY;
import static dev.doorbuster.crowd.judge.SaleCase.busy;
import static dev.doorbuster.crowd.judge.SaleCase.looked;
import static dev.doorbuster.crowd.judge.SaleCase.lost;
import static dev.doorbuster.crowd.judge.SaleCase.pending;
import static dev.doorbuster.crowd.judge.SaleCase.replayed;
import static dev.doorbuster.crowd.judge.SaleCase.reserved;
import static dev.doorbuster.crowd.judge.SaleCase.soldOut;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.crowd.client.ShopAnswer;
import dev.doorbuster.crowd.judge.Judge.SaleReport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A check that cannot fail proves nothing: each kind of violation is planted once, and must be found as that kind. */
class SaleJudgeTest {
    private final SaleCase sale = new SaleCase(2);

    @Nested
    class FindsNothingWrong {
        @Test
        void withWinnersAndLosers() {
            SaleReport report = sale.winner("ann")
                    .winner("bob")
                    .order(FIRST, "cid", soldOut("cid"))
                    .judged();

            assertThat(report.findings().byViolation()).isEmpty();
            assertThat(report.isClean()).isTrue();
            assertThat(report.counts().keysReserved()).isEqualTo(2);
            assertThat(report.counts().keysRefused()).isEqualTo(1);
            assertThat(report.counts().keysUnknown()).isZero();
            assertThat(report.counts().repeats()).isEqualTo(2);
            assertThat(report.counts().unitsHeld()).isEqualTo(2);
            assertThat(report.counts().unitsKnown()).isEqualTo(2);
        }

        @Test
        void withAnAcceptedOrderThatIsReservedLater() {
            isClean(sale.order(FIRST, "ann", pending("ann"))
                    .look("ann", looked("ann", "PENDING"))
                    .look("ann", looked("ann", "RESERVED"))
                    .order(REPEAT, "ann", replayed("ann"))
                    .row("ann", "RESERVED"));
        }

        @Test
        void withAnAcceptedOrderThatIsRefusedLater() {
            isClean(sale.order(FIRST, "ann", pending("ann")).look("ann", looked("ann", "REJECTED")));
        }

        @Test
        void withAnAcceptedOrderOfWhichOnlyTheLedgerKnows() {
            isClean(sale.order(FIRST, "ann", pending("ann")).row("ann", "RESERVED"));
        }

        @Test
        void withALedgerThatRefusedForGood() {
            isClean(sale.order(FIRST, "ann", soldOut("ann")).row("ann", "REJECTED"));
        }

        @Test
        void withAHoldOfSomebodyWhoHadNoClearAnswer() {
            SaleReport report = sale.order(FIRST, "ann", lost())
                    .order(RETRY, "ann", busy("ann"))
                    .row("ann", "RESERVED")
                    .judged();

            assertThat(report.findings().byViolation()).isEmpty();
            assertThat(report.counts().keysUnknown()).isEqualTo(1);
        }

        @Test
        void withAHoldUnderAKeyThatWasMadeForSomebodyWhoGotNoAnswer() {
            isClean(sale.orderOf(FIRST, "ann", null, 1, lost()).row("ann", "made-by-the-edge", "RESERVED"));
        }

        @Test
        void withATwinThatLostItsRace() {
            isClean(sale.orderOf(FIRST, "ann", "key-ann", 1, reserved("ann"))
                    .orderOf(DUPLICATE, "ann", "key-ann", 1, soldOut("ann"))
                    .order(REPEAT, "ann", replayed("ann"))
                    .row("ann", "RESERVED"));
        }

        @Test
        void withAHoldThatHasExpiredSince() {
            isClean(sale.order(FIRST, "ann", reserved("ann"))
                    .order(REPEAT, "ann", replayed("ann"))
                    .row("ann", "EXPIRED"));
        }

        @Test
        void withAnRepeatThatHadToAskTwice() {
            isClean(sale.order(FIRST, "ann", reserved("ann"))
                    .order(REPEAT, "ann", busy("ann"))
                    .order(REPEAT, "ann", replayed("ann"))
                    .row("ann", "RESERVED"));
        }
    }

    @Test
    void findsAReservationWithoutARow() {
        finds(
                Violation.RESERVED_WITHOUT_ROW,
                sale.order(FIRST, "ann", reserved("ann")).order(REPEAT, "ann", replayed("ann")));
    }

    @Test
    void findsAReservationThatTheLedgerHadRefused() {
        finds(
                Violation.RESERVED_WITHOUT_ROW,
                sale.order(FIRST, "ann", reserved("ann"))
                        .order(REPEAT, "ann", replayed("ann"))
                        .row("ann", "REJECTED"));
    }

    @Test
    void findsAReservationOfAnotherOrdersId() {
        var another = new ShopAnswer(201, "o-zoe", "key-ann", "RESERVED", null, true, -1, null);

        finds(
                Violation.RESERVED_WITHOUT_ROW,
                sale.order(FIRST, "ann", another).order(REPEAT, "ann", another).row("ann", "RESERVED"));
    }

    @Test
    void findsARefusalAfterAReservation() {
        finds(
                Violation.REFUSED_AFTER_RESERVED,
                sale.order(FIRST, "ann", reserved("ann"))
                        .order(RETRY, "ann", soldOut("ann"))
                        .order(REPEAT, "ann", replayed("ann"))
                        .row("ann", "RESERVED"));
    }

    @Test
    void findsARefusalOfAnRepeat() {
        SaleReport report = sale.order(FIRST, "ann", reserved("ann"))
                .order(REPEAT, "ann", soldOut("ann"))
                .row("ann", "RESERVED")
                .judged();

        assertThat(report.findings().byViolation())
                .containsOnlyKeys(Violation.REFUSED_AFTER_RESERVED, Violation.REPEAT_NOT_ANSWERED);
    }

    @Test
    void findsAnAcceptedOrderThatIsRejectedAfterItWasReserved() {
        finds(
                Violation.REFUSED_AFTER_RESERVED,
                sale.order(FIRST, "ann", pending("ann"))
                        .look("ann", looked("ann", "RESERVED"))
                        .look("ann", looked("ann", "REJECTED"))
                        .order(REPEAT, "ann", replayed("ann"))
                        .row("ann", "RESERVED"));
    }

    @Test
    void findsAHoldOfSomebodyWhoWasRefused() {
        finds(
                Violation.HELD_THOUGH_REFUSED,
                sale.order(FIRST, "ann", soldOut("ann")).row("ann", "RESERVED"));
    }

    @Test
    void findsAHoldOfSomebodyWhoseAcceptedOrderWasRefused() {
        finds(
                Violation.HELD_THOUGH_REFUSED,
                sale.order(FIRST, "ann", pending("ann"))
                        .look("ann", looked("ann", "REJECTED"))
                        .row("ann", "RESERVED"));
    }

    @Test
    void findsAnOrderThatNobodyAskedFor() {
        finds(Violation.ROW_WITHOUT_REQUEST, sale.winner("ann").row("ann", "another-key", "REJECTED"));
        finds(Violation.ROW_WITHOUT_REQUEST, new SaleCase(2).row("zoe", "RESERVED"));
    }

    @Test
    void findsAnAcceptedOrderOfWhichNobodyKnows() {
        finds(Violation.NEVER_DECIDED, sale.order(FIRST, "ann", pending("ann")).look("ann", looked("ann", "PENDING")));
    }

    @Test
    void findsAnAcceptedOrderThatStayedOpenThoughAnotherRequestWasLost() {
        finds(
                Violation.NEVER_DECIDED,
                sale.order(FIRST, "ann", soldOut("ann"))
                        .order(RETRY, "ann", pending("ann"))
                        .look("ann", lost()));
    }

    @Test
    void findsAWinnerWhoseRepeatWasNotAnswered() {
        finds(
                Violation.REPEAT_NOT_ANSWERED,
                sale.order(FIRST, "ann", reserved("ann"))
                        .order(REPEAT, "ann", busy("ann"))
                        .row("ann", "RESERVED"));
    }

    @Test
    void findsAWinnerWhoNeverAskedAgain() {
        finds(
                Violation.REPEAT_NOT_ANSWERED,
                sale.order(FIRST, "ann", reserved("ann")).row("ann", "RESERVED"));
    }

    @Test
    void findsAnRepeatThatWasTakenForANewOrder() {
        finds(
                Violation.REPEAT_DIFFERS,
                sale.order(FIRST, "ann", reserved("ann"))
                        .order(REPEAT, "ann", reserved("ann"))
                        .row("ann", "RESERVED"));
    }

    @Test
    void findsTwoOrdersUnderOneKey() {
        var second = new ShopAnswer(201, "o-2", "key-ann", "RESERVED", null, true, -1, null);

        SaleReport report = sale.order(FIRST, "ann", reserved("ann"))
                .order(REPEAT, "ann", second)
                .row("ann", "RESERVED")
                .judged();

        assertThat(report.findings().byViolation())
                .containsOnlyKeys(Violation.TWO_ORDERS_FOR_ONE_KEY, Violation.REPEAT_DIFFERS);
    }

    @Test
    void findsAnAnswerUnderAnothersKey() {
        finds(Violation.OTHER_KEY, sale.winner("ann").order(FIRST, "bob", soldOut("ann")));
    }

    @Test
    void findsAnAnswerThatTheInterfaceDoesNotHave() {
        finds(
                Violation.UNEXPECTED_ANSWER,
                sale.order(FIRST, "ann", new ShopAnswer(500, null, null, null, null, false, -1, null)));
        finds(
                Violation.UNEXPECTED_ANSWER,
                new SaleCase(2).order(FIRST, "ann", new ShopAnswer(201, null, null, null, null, false, -1, null)));
    }

    @Test
    void findsAnotherQuantityThanWasAskedFor() {
        finds(Violation.SUM_DIFFERS, sale.winner("ann").twoUnitsFor("ann"));
    }

    @Test
    void findsASaleThatCountsWhatItsOrdersDoNotHold() {
        finds(Violation.SOLD_DIFFERS, sale.winner("ann").soldBesidesRows(1));
    }

    @Test
    void findsAnOversoldSale() {
        finds(Violation.OVERSOLD, sale.winner("ann").winner("bob").winner("cid"));
    }

    @Test
    void tellsViolationsWithExamples() {
        SaleReport report = new SaleCase(9)
                .row("ann", "REJECTED")
                .row("bob", "REJECTED")
                .row("cid", "REJECTED")
                .judged();

        assertThat(report.findings().byViolation().get(Violation.ROW_WITHOUT_REQUEST))
                .hasSize(3);
        assertThat(report.describe(2).lines().filter(line -> line.startsWith("  LedgerOrderRow")))
                .hasSize(2);
        assertThat(report.describe(2)).contains("ROW_WITHOUT_REQUEST: 3 time(s)");
    }

    private static void isClean(SaleCase planted) {
        assertThat(planted.judged().findings().byViolation()).isEmpty();
    }

    /** A violation about units shows in their sum too. */
    private static void finds(Violation violation, SaleCase planted) {
        assertThat(planted.judged().findings().byViolation().keySet())
                .contains(violation)
                .isSubsetOf(violation, Violation.SUM_DIFFERS);
    }
}
