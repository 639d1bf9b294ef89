package dev.doorbuster.cli.crowd;

import static dev.doorbuster.cli.crowd.Entry.Kind.ENCORE;
import static dev.doorbuster.cli.crowd.Entry.Kind.FIRST;
import static dev.doorbuster.cli.crowd.Entry.Kind.LOOK;
import static dev.doorbuster.cli.crowd.Entry.Kind.RETRY;
import static dev.doorbuster.cli.crowd.Entry.Kind.TWIN;
import static dev.doorbuster.cli.crowd.History.busy;
import static dev.doorbuster.cli.crowd.History.looked;
import static dev.doorbuster.cli.crowd.History.pending;
import static dev.doorbuster.cli.crowd.History.replayed;
import static dev.doorbuster.cli.crowd.History.reserved;
import static dev.doorbuster.cli.crowd.History.soldOut;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.crowd.client.ShopAnswer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A check that cannot fail proves nothing: each kind of lie is planted once, and must be found as that kind. */
class JournalCheckTest {
    private final History history = new History(2);

    @Nested
    class FindsNothingWrong {
        @Test
        void withWinnersAndLosers() {
            JournalReport report = history.winner("ann")
                    .winner("bob")
                    .heard(FIRST, "cid", soldOut("cid"))
                    .check();

            assertThat(report.lies()).isEmpty();
            assertThat(report.isClean()).isTrue();
            assertThat(report.keysReserved()).isEqualTo(2);
            assertThat(report.keysRefused()).isEqualTo(1);
            assertThat(report.keysUnknown()).isZero();
            assertThat(report.encores()).isEqualTo(2);
            assertThat(report.unitsHeld()).isEqualTo(2);
            assertThat(report.unitsKnown()).isEqualTo(2);
        }

        @Test
        void withAnAcceptedOrderThatIsReservedLater() {
            assertThat(history.heard(FIRST, "ann", pending("ann"))
                            .heard(LOOK, "ann", looked("ann", "PENDING"))
                            .heard(LOOK, "ann", looked("ann", "RESERVED"))
                            .heard(ENCORE, "ann", replayed("ann"))
                            .row("ann", "RESERVED")
                            .check()
                            .lies())
                    .isEmpty();
        }

        @Test
        void withAnAcceptedOrderThatIsRefusedLater() {
            assertThat(history.heard(FIRST, "ann", pending("ann"))
                            .heard(LOOK, "ann", looked("ann", "REJECTED"))
                            .check()
                            .lies())
                    .isEmpty();
        }

        @Test
        void withAnAcceptedOrderOfWhichOnlyTheLedgerKnows() {
            assertThat(history.heard(FIRST, "ann", pending("ann"))
                            .row("ann", "RESERVED")
                            .check()
                            .lies())
                    .isEmpty();
        }

        @Test
        void withALedgerThatRefusedForGood() {
            assertThat(history.heard(FIRST, "ann", soldOut("ann"))
                            .row("ann", "REJECTED")
                            .check()
                            .lies())
                    .isEmpty();
        }

        @Test
        void withAHoldOfSomebodyWhoHadNoClearAnswer() {
            JournalReport report = history.heard(
                            FIRST, "ann", ShopAnswer.lost(ShopAnswer.Lost.OTHER, "connection reset"))
                    .heard(RETRY, "ann", busy("ann"))
                    .row("ann", "RESERVED")
                    .check();

            assertThat(report.lies()).isEmpty();
            assertThat(report.keysUnknown()).isEqualTo(1);
        }

        @Test
        void withAHoldUnderAKeyThatWasMadeForSomebodyWhoGotNoAnswer() {
            assertThat(history.heardOf(
                                    FIRST, "ann", null, 1, ShopAnswer.lost(ShopAnswer.Lost.OTHER, "connection reset"))
                            .row("ann", "made-by-the-edge", "RESERVED")
                            .check()
                            .lies())
                    .isEmpty();
        }

        @Test
        void withATwinThatLostItsRace() {
            assertThat(history.heardOf(FIRST, "ann", "key-ann", 1, reserved("ann"))
                            .heardOf(TWIN, "ann", "key-ann", 1, soldOut("ann"))
                            .heard(ENCORE, "ann", replayed("ann"))
                            .row("ann", "RESERVED")
                            .check()
                            .lies())
                    .isEmpty();
        }

        @Test
        void withAHoldThatHasExpiredSince() {
            assertThat(history.heard(FIRST, "ann", reserved("ann"))
                            .heard(ENCORE, "ann", replayed("ann"))
                            .row("ann", "EXPIRED")
                            .check()
                            .lies())
                    .isEmpty();
        }

        @Test
        void withAnEncoreThatHadToAskTwice() {
            assertThat(history.heard(FIRST, "ann", reserved("ann"))
                            .heard(ENCORE, "ann", busy("ann"))
                            .heard(ENCORE, "ann", replayed("ann"))
                            .row("ann", "RESERVED")
                            .check()
                            .lies())
                    .isEmpty();
        }
    }

    @Test
    void findsAReservationWithoutARow() {
        finds(
                Lie.RESERVED_WITHOUT_ROW,
                history.heard(FIRST, "ann", reserved("ann")).heard(ENCORE, "ann", replayed("ann")));
    }

    @Test
    void findsAReservationThatTheLedgerHadRefused() {
        finds(
                Lie.RESERVED_WITHOUT_ROW,
                history.heard(FIRST, "ann", reserved("ann"))
                        .heard(ENCORE, "ann", replayed("ann"))
                        .row("ann", "REJECTED"));
    }

    @Test
    void findsAReservationOfAnotherOrdersId() {
        var another = new ShopAnswer(201, "o-zoe", "key-ann", "RESERVED", null, true, 0, null);

        finds(
                Lie.RESERVED_WITHOUT_ROW,
                history.heard(FIRST, "ann", another)
                        .heard(ENCORE, "ann", another)
                        .row("ann", "RESERVED"));
    }

    @Test
    void findsARefusalAfterAReservation() {
        finds(
                Lie.REFUSED_AFTER_RESERVED,
                history.heard(FIRST, "ann", reserved("ann"))
                        .heard(RETRY, "ann", soldOut("ann"))
                        .heard(ENCORE, "ann", replayed("ann"))
                        .row("ann", "RESERVED"));
    }

    @Test
    void findsARefusalOfAnEncore() {
        JournalReport report = history.heard(FIRST, "ann", reserved("ann"))
                .heard(ENCORE, "ann", soldOut("ann"))
                .row("ann", "RESERVED")
                .check();

        assertThat(report.lies()).containsOnlyKeys(Lie.REFUSED_AFTER_RESERVED, Lie.ENCORE_NOT_HEARD);
    }

    @Test
    void findsAnAcceptedOrderThatIsRejectedAfterItWasReserved() {
        finds(
                Lie.REFUSED_AFTER_RESERVED,
                history.heard(FIRST, "ann", pending("ann"))
                        .heard(LOOK, "ann", looked("ann", "RESERVED"))
                        .heard(LOOK, "ann", looked("ann", "REJECTED"))
                        .heard(ENCORE, "ann", replayed("ann"))
                        .row("ann", "RESERVED"));
    }

    @Test
    void findsAHoldOfSomebodyWhoWasRefused() {
        finds(
                Lie.HOLDS_THOUGH_REFUSED,
                history.heard(FIRST, "ann", soldOut("ann")).row("ann", "RESERVED"));
    }

    @Test
    void findsAHoldOfSomebodyWhoseAcceptedOrderWasRefused() {
        finds(
                Lie.HOLDS_THOUGH_REFUSED,
                history.heard(FIRST, "ann", pending("ann"))
                        .heard(LOOK, "ann", looked("ann", "REJECTED"))
                        .row("ann", "RESERVED"));
    }

    @Test
    void findsAnOrderThatNobodyAskedFor() {
        finds(Lie.NOBODY_ASKED, history.winner("ann").row("ann", "another-key", "REJECTED"));
        finds(Lie.NOBODY_ASKED, new History(2).row("zoe", "RESERVED"));
    }

    @Test
    void findsAnAcceptedOrderOfWhichNobodyKnows() {
        finds(
                Lie.ACCEPTED_NOT_FINAL,
                history.heard(FIRST, "ann", pending("ann")).heard(LOOK, "ann", looked("ann", "PENDING")));
    }

    @Test
    void findsAnAcceptedOrderThatStayedOpenThoughAnotherRequestWasLost() {
        finds(
                Lie.ACCEPTED_NOT_FINAL,
                history.heard(FIRST, "ann", soldOut("ann"))
                        .heard(RETRY, "ann", pending("ann"))
                        .heard(LOOK, "ann", ShopAnswer.lost(ShopAnswer.Lost.OTHER, "timeout")));
    }

    @Test
    void findsAWinnerWhoseEncoreWasNotAnswered() {
        finds(
                Lie.ENCORE_NOT_HEARD,
                history.heard(FIRST, "ann", reserved("ann"))
                        .heard(ENCORE, "ann", busy("ann"))
                        .row("ann", "RESERVED"));
    }

    @Test
    void findsAWinnerWhoNeverAskedAgain() {
        finds(Lie.ENCORE_NOT_HEARD, history.heard(FIRST, "ann", reserved("ann")).row("ann", "RESERVED"));
    }

    @Test
    void findsAnEncoreThatWasTakenForANewOrder() {
        finds(
                Lie.ENCORE_DIFFERS,
                history.heard(FIRST, "ann", reserved("ann"))
                        .heard(ENCORE, "ann", reserved("ann"))
                        .row("ann", "RESERVED"));
    }

    @Test
    void findsTwoOrdersUnderOneKey() {
        var second = new ShopAnswer(201, "o-2", "key-ann", "RESERVED", null, true, 0, null);

        JournalReport report = history.heard(FIRST, "ann", reserved("ann"))
                .heard(ENCORE, "ann", second)
                .row("ann", "RESERVED")
                .check();

        assertThat(report.lies()).containsOnlyKeys(Lie.TWO_ORDERS_FOR_ONE_KEY, Lie.ENCORE_DIFFERS);
    }

    @Test
    void findsAnAnswerUnderAnothersKey() {
        finds(Lie.ANOTHERS_KEY, history.winner("ann").heard(FIRST, "bob", soldOut("ann")));
    }

    @Test
    void findsAnAnswerThatTheInterfaceDoesNotHave() {
        finds(
                Lie.UNEXPECTED_ANSWER,
                history.heard(FIRST, "ann", new ShopAnswer(500, null, null, null, null, false, 0, null)));
        finds(
                Lie.UNEXPECTED_ANSWER,
                new History(2).heard(FIRST, "ann", new ShopAnswer(201, null, null, null, null, false, 0, null)));
    }

    @Test
    void findsAnotherQuantityThanWasAskedFor() {
        finds(Lie.SUM_DIFFERS, history.winner("ann").twoUnitsFor("ann"));
    }

    @Test
    void findsASaleThatCountsWhatItsOrdersDoNotHold() {
        finds(Lie.SOLD_DIFFERS, history.winner("ann").soldBesidesRows(1));
    }

    @Test
    void findsAnOversoldSale() {
        finds(Lie.OVERSOLD, history.winner("ann").winner("bob").winner("cid"));
    }

    @Test
    void tellsLiesWithExamples() {
        JournalReport report = new History(9)
                .row("ann", "REJECTED")
                .row("bob", "REJECTED")
                .row("cid", "REJECTED")
                .check();

        assertThat(report.count(Lie.NOBODY_ASKED)).isEqualTo(3);
        assertThat(report.describe(2).lines().filter(line -> line.startsWith("  LedgerOrder")))
                .hasSize(2);
        assertThat(report.describe(2)).contains("NOBODY_ASKED: 3");
    }

    /** A lie about units shows in their sum too. */
    private static void finds(Lie lie, History planted) {
        assertThat(planted.check().lies().keySet()).contains(lie).isSubsetOf(lie, Lie.SUM_DIFFERS);
    }
}
