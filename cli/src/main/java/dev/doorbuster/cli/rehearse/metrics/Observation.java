package dev.doorbuster.cli.rehearse.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Metrics observed during one load.
 *
 * @param candidates the maximum of each rule, ranked; empty if nothing could be read
 * @param missed failed reads
 */
public record Observation(List<Candidate> candidates, int missed) {
    public Observation {
        candidates = List.copyOf(candidates);
    }

    static Observation of(List<Series> processes, int missed) {
        var candidates = new ArrayList<Candidate>();
        for (SaturationRule rule : SaturationRule.values()) {
            highest(rule, processes).ifPresent(candidates::add);
        }
        candidates.sort(Candidate.ORDER);
        return new Observation(candidates, missed);
    }

    /** The first saturated resource, causes before symptoms. */
    public Optional<Candidate> saturated() {
        return candidates.stream().findFirst().filter(Candidate::saturated);
    }

    private static Optional<Candidate> highest(SaturationRule rule, List<Series> processes) {
        Candidate highest = null;
        for (Series process : processes) {
            OptionalDouble value = rule.measure(process);
            if (value.isPresent() && (highest == null || value.getAsDouble() > highest.value())) {
                highest = new Candidate(rule, process.process(), value.getAsDouble());
            }
        }
        return Optional.ofNullable(highest);
    }

    /** A resource and how near a load brought it to its limit. */
    public record Candidate(SaturationRule rule, String process, double value) {
        /** Saturated resources first, causes before symptoms; then those nearest to their limits. */
        static final Comparator<Candidate> ORDER = Comparator.comparing((Candidate each) -> !each.saturated())
                .thenComparing((one, other) -> one.saturated()
                        ? one.rule().compareTo(other.rule())
                        : Double.compare(other.load(), one.load()));

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
}
