package dev.doorbuster.systemtests.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/** Searches for schedules that violate a guarantee. */
final class Search {
    private static final int ENOUGH = 3;

    private Search() {}

    /** Returns some of them, each shortened as far as possible; accepted anomalies are added up. */
    static Map<Plan, Violation> violations(
            long firstSeed, int schedules, LongFunction<Plan> plans, Map<Promise, Integer> excused) {
        var broken = new LinkedHashMap<Plan, Violation>();
        for (long seed = firstSeed; seed < firstSeed + schedules && broken.size() < ENOUGH; seed++) {
            Plan plan = plans.apply(seed);
            try {
                Schedule.play(plan).forEach((promise, times) -> excused.merge(promise, times, Integer::sum));
            } catch (RuntimeException violation) {
                Plan shorter = shortest(plan);
                violation(shorter).ifPresent(how -> broken.put(shorter, how));
            }
        }
        return broken;
    }

    /** The violation of this plan, if any. */
    static Optional<Violation> violation(Plan plan) {
        try {
            Map<Promise, Integer> unused = Schedule.play(plan);
            return Optional.empty();
        } catch (Violation violation) {
            return Optional.of(violation);
        }
    }

    /** A shortened schedule is a prefix of the original one. */
    private static Plan shortest(Plan plan) {
        for (int events = 1; events < plan.eventsMax(); events++) {
            Plan shorter = plan.cutAt(events);
            if (violation(shorter).isPresent()) {
                return shorter;
            }
        }
        return plan;
    }
}
