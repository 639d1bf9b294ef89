package dev.doorbuster.cli.chaos;

import dev.doorbuster.cli.chaos.crowd.CrowdOrder;
import dev.doorbuster.cli.chaos.fault.FaultKind;
import dev.doorbuster.cli.chaos.fault.FaultSchedule;
import dev.doorbuster.cli.chaos.fault.PlannedFault;
import dev.doorbuster.cli.system.SystemPlan;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What a run will do; all of it follows from these values.
 *
 * @param perSecond arrivals in a second at each of the two sales of a round
 * @param length of the crowd's coming and of the faults; what follows takes as long as it takes
 * @param kinds of faults; none is possible
 */
public record ChaosPlan(
        long seed, Duration length, int perSecond, Set<FaultKind> kinds, FaultSchedule.Instances instances) {
    private static final int PER_SECOND = 35;
    private static final Duration ROUND = Duration.ofSeconds(30);
    /** Short, so that holds end and units come back while the crowd is there. */
    private static final int HOLD_SECONDS = 4;

    public ChaosPlan {
        kinds = Set.copyOf(kinds);
        if (length.toSeconds() < 10 || perSecond < 1) {
            throw new IllegalArgumentException("at least 10 seconds and one arrival a second");
        }
    }

    /** Every kind of fault, on two order-services, two stock-services and a notifier. */
    public static ChaosPlan of(long seed, Duration length) {
        return new ChaosPlan(seed, length, PER_SECOND, FaultKind.all(), new FaultSchedule.Instances(2, 2, 1));
    }

    public ChaosPlan with(Set<FaultKind> others) {
        return new ChaosPlan(seed, length, perSecond, others, instances);
    }

    public ChaosPlan with(FaultSchedule.Instances others) {
        return new ChaosPlan(seed, length, perSecond, kinds, others);
    }

    public ChaosPlan withRate(int arrivalsPerSecond) {
        return new ChaosPlan(seed, length, arrivalsPerSecond, kinds, instances);
    }

    /** The system that this plan is for. */
    public SystemPlan system() {
        return new SystemPlan(instances.stockServices(), instances.orderServices(), instances.notifiers(), false);
    }

    public List<PlannedFault> faults() {
        return FaultSchedule.draw(seed, length, kinds, instances);
    }

    CrowdOrder crowd() {
        return new CrowdOrder(seed, perSecond, length, ROUND, HOLD_SECONDS);
    }
}
