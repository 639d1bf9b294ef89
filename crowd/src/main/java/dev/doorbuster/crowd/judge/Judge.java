package dev.doorbuster.crowd.judge;

import com.google.errorprone.annotations.Immutable;
import dev.doorbuster.crowd.history.CrowdHistory;
import dev.doorbuster.crowd.judge.check.AnswerCheck;
import dev.doorbuster.crowd.judge.check.CounterCheck;
import dev.doorbuster.crowd.judge.check.FaultAnswerCheck;
import dev.doorbuster.crowd.judge.check.OrderOutcomeCheck;
import dev.doorbuster.crowd.judge.check.PaymentCheck;
import dev.doorbuster.crowd.judge.check.PublishedEventCheck;
import dev.doorbuster.crowd.judge.check.SaleCheck;
import dev.doorbuster.crowd.judge.check.StateTransitionCheck;
import dev.doorbuster.crowd.judge.check.StillWaitingCheck;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot;
import dev.doorbuster.crowd.judge.evidence.OrderCounts;
import dev.doorbuster.crowd.judge.evidence.RunRecord;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Compares a history with the ledger. A buyer without a final answer proves nothing; all other answers must be true. */
public final class Judge {
    @Immutable
    private interface Runner {
        void run(RunRecord run, Findings findings);
    }

    /** What can be checked. */
    public enum Check {
        /** Units sold and held, in all and by each buyer. */
        SUMS(SaleCheck::sums),
        /** Units held are those that buyers know of; for sales in which no unit comes back. */
        KNOWN_UNITS(OrderCounts::check),
        /** No unit is left unsold and the first who ask get them; for buyers who go on asking. */
        TURNS(SaleCheck::turns),
        /** Answers about each order against each other. */
        ORDER_ANSWERS(OrderOutcomeCheck::answers),
        /** Answers about each order against its row. */
        ORDER_ROWS(OrderOutcomeCheck::rows),
        /** Reserved orders were sent again and answered alike. */
        REPEATS(OrderOutcomeCheck::repeats),
        /** Answers are those of the interface, or of a gateway in front of it. */
        ANSWERS(AnswerCheck::run),
        /** Each request was answered, by the order-service itself, unless a recorded fault excuses it. */
        EVERY_ANSWER(FaultAnswerCheck::run),
        STATES(StateTransitionCheck::run),
        PAYMENTS(PaymentCheck::run),
        COUNTERS(CounterCheck::run),
        EVENTS(PublishedEventCheck::run);

        private final Runner runner;

        Check(Runner runner) {
            this.runner = runner;
        }
    }

    /** For buyers who only order. */
    public static final Set<Check> ORDERS_ONLY =
            Set.of(Check.SUMS, Check.KNOWN_UNITS, Check.ORDER_ANSWERS, Check.ORDER_ROWS, Check.REPEATS, Check.ANSWERS);

    /** For buyers who also pay and cancel, under faults. */
    public static final Set<Check> UNDER_FAULTS =
            Set.copyOf(EnumSet.complementOf(EnumSet.of(Check.KNOWN_UNITS, Check.REPEATS)));

    private Judge() {}

    /** What the answers alone show. */
    public static Findings judgeAnswers(CrowdHistory history) {
        var nothing = new LedgerSnapshot(List.of(), List.of(), List.of());
        return judge(Set.of(Check.ORDER_ANSWERS, Check.ANSWERS), new RunRecord(history, nothing));
    }

    /** Buyers without a final answer to their last order, although they have gone on asking. */
    public static Findings stillWaiting(CrowdHistory history) {
        var findings = new Findings();
        StillWaitingCheck.run(history, findings);
        return findings;
    }

    public static Findings judge(Set<Check> checks, RunRecord run) {
        var findings = new Findings();
        checks.stream().sorted().forEach(check -> check.runner.run(run, findings));
        return findings;
    }

    /** Judges buyers who only ordered, by what the ledger has of their sale. */
    public static SaleReport judgeOrders(CrowdHistory history, LedgerSnapshot ledger) {
        var run = new RunRecord(history, ledger);
        return new SaleReport(OrderCounts.of(run), judge(ORDERS_ONLY, run));
    }

    /** What the judge says about buyers who only ordered. */
    public record SaleReport(OrderCounts counts, Findings findings) {
        public boolean isClean() {
            return findings.isEmpty();
        }

        /** Some lines for people, with examples of each violation. */
        public String describe(int examplesMax) {
            return "%d answers; under %d keys reserved, %d refused, %d unknown; %d repeats%n%d units held, %d known to buyers%n%s%n"
                    .formatted(
                            counts.requests(),
                            counts.keysReserved(),
                            counts.keysRefused(),
                            counts.keysUnknown(),
                            counts.repeats(),
                            counts.unitsHeld(),
                            counts.unitsKnown(),
                            isClean() ? "every answer was true" : findings.describe(examplesMax));
        }
    }
}
