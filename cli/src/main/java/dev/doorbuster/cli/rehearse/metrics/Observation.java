package dev.doorbuster.cli.rehearse.metrics;

import java.util.ArrayList;
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
}
