package dev.doorbuster.cli.rehearse.metrics;

import java.util.Comparator;

/** Something that a load took to its limit, or part of the way there. */
public record Candidate(SaturationRule rule, String process, double value) {
    /** What is saturated first, causes before symptoms; then what is nearest to its limit. */
    static final Comparator<Candidate> ORDER = Comparator.comparing((Candidate each) -> !each.saturated())
            .thenComparing((one, other) ->
                    one.saturated() ? one.rule().compareTo(other.rule()) : Double.compare(other.load(), one.load()));

    /** 1 at the limit. */
    public double load() {
        return value / rule.limit();
    }

    public boolean saturated() {
        return load() >= 1;
    }

    /** The figure, its limit and whose it is. */
    public String figure() {
        return "%s: %s, limit %s (%s)".formatted(rule.what(), rule.format(value), rule.formattedLimit(), process);
    }
}
