package dev.doorbuster.cli.rehearse.metrics;

import java.util.Map;

/**
 * Answers that asked buyers to retry later.
 *
 * @param overloaded 503, or a proxy's 502 and 504
 * @param tooMany 429: rate limit of the buyer
 */
public record AnswerCounts(int all, int overloaded, int tooMany) {
    /** Counts from the outcomes, which begin with the status. */
    public static AnswerCounts of(Map<String, Integer> outcomes) {
        return new AnswerCounts(count(outcomes, "\\d.*"), count(outcomes, "50[234].*"), count(outcomes, "429.*"));
    }

    public int sentAway() {
        return overloaded + tooMany;
    }

    double overloadedShare() {
        return (double) overloaded / Math.max(1, all);
    }

    double tooManyShare() {
        return (double) tooMany / Math.max(1, all);
    }

    private static int count(Map<String, Integer> outcomes, String pattern) {
        return outcomes.entrySet().stream()
                .filter(outcome -> outcome.getKey().matches(pattern))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}
