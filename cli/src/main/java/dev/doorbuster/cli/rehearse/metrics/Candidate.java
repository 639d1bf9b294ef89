package dev.doorbuster.cli.rehearse.metrics;

import java.util.Comparator;

/** A resource and how near a load brought it to its limit. */
public record Candidate(SaturationRule rule, String process, double value) {
    /** Saturated resources first, causes before symptoms; then those nearest to their limits. */
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

    /** The value, its limit and the process. */
    public String measurement() {
        return "%s: %s, limit %s (%s)".formatted(rule.what(), rule.format(value), rule.formattedLimit(), process);
    }
}
