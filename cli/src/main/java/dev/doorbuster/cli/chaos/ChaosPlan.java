package dev.doorbuster.cli.chaos;

import dev.doorbuster.cli.chaos.fault.FaultKind;
import dev.doorbuster.cli.chaos.fault.FaultSchedule;
import dev.doorbuster.cli.chaos.fault.PlannedFault;
import dev.doorbuster.cli.system.plan.SystemPlan;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Parameters of a run; they determine its schedule completely.
 *
 * @param perSecond arrivals per second at each of the two sales of a round
 * @param length duration of arrivals and faults; draining and judging come on top
 * @param kinds kinds of faults; may be empty
 * @param apart from one fault to the next; zero is as short as the kinds need
 * @param system the system's plan
 */
public record ChaosPlan(
        long seed, Duration length, int perSecond, Set<FaultKind> kinds, Duration apart, SystemPlan system) {
    private static final Duration ROUND = Duration.ofSeconds(30);
    /** Short, so that holds expire and their units are sold again during the run. */
    private static final int HOLD_SECONDS = 4;

    public ChaosPlan {
        kinds = Set.copyOf(kinds);
        if (length.toSeconds() < 10 || perSecond < 1 || apart.isNegative()) {
            throw new IllegalArgumentException("at least 10 seconds, one arrival a second, and faults in sequence");
        }
        for (FaultKind kind : kinds) {
            if (!kind.isPossibleOn(system.topology())) {
                throw new IllegalArgumentException(kind + " needs --topology ha");
            }
        }
    }

    public List<PlannedFault> faults() {
        return FaultSchedule.draw(seed, length, kinds, system, apart);
    }

    CrowdSchedule crowd() {
        return new CrowdSchedule(seed, perSecond, length, ROUND, HOLD_SECONDS);
    }
}
