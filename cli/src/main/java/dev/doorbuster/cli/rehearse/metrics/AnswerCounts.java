package dev.doorbuster.cli.rehearse.metrics;

import java.util.Map;

/**
 * How a shop answered a crowd, as far as it sent buyers away for now.
 *
 * @param overloaded 503, or a proxy's 502 and 504: come again later
 * @param tooMany 429: this buyer asks too often
 */
public record AnswerCounts(int all, int overloaded, int tooMany) {
    /** Of a crowd's outcomes, each of which begins with the status. */
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
