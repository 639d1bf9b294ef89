package dev.doorbuster.crowd.judge;

import dev.doorbuster.crowd.judge.evidence.OrderCounts;

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
