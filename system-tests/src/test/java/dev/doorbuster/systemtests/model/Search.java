package dev.doorbuster.systemtests.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/** Looks for schedules in which a promise is broken. */
final class Search {
    private static final int ENOUGH = 3;

    private Search() {}

    /** A few of them, each cut as short as it can be; what is accepted is added up. */
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

    /** Whether a promise is broken, and which. */
    static Optional<Violation> violation(Plan plan) {
        try {
            Map<Promise, Integer> unused = Schedule.play(plan);
            return Optional.empty();
        } catch (Violation violation) {
            return Optional.of(violation);
        }
    }

    /** A schedule that is cut off is the beginning of the same one. */
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
