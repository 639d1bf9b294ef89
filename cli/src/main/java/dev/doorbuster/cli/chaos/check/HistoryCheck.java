package dev.doorbuster.cli.chaos.check;

import dev.doorbuster.cli.chaos.history.History;

/**
 * Compares a history with the books, the counters and with what was published, once all is quiet. Who was told nothing clear proves
 * nothing either way; everyone else must have been told the truth.
 */
public final class HistoryCheck {
    private HistoryCheck() {}

    public static Findings compare(History history, Books books, Counters counters, Wire wire) {
        var evidence = new Evidence(history, books, counters, wire);
        var findings = new Findings();
        SaleCheck.run(evidence, findings);
        CounterCheck.run(evidence, findings);
        OrderCheck.run(evidence, findings);
        StateCheck.run(evidence, findings);
        PaymentCheck.run(evidence, findings);
        EventCheck.run(evidence, findings);
        AnswerCheck.run(evidence, findings);
        return findings;
    }
}
