package dev.doorbuster.cli.chaos.fault;

import dev.doorbuster.cli.system.plan.SystemPlan;
import dev.doorbuster.cli.system.plan.SystemPlan.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Draws faults from a seed: every kind once before any is repeated. Where a run is too short for all kinds, the next seed goes on
 * with those that are left, so that a few runs with seeds in sequence have them all.
 */
public final class FaultSchedule {
    private static final long CYCLE_SEED = 1;
    private static final long FIRST_AT_MS = 5_000;
    /** The last fault must still happen under load. */
    private static final long LAST_BEFORE_END_MS = 3_000;

    private static final long GAP_MIN_MS = 5_000;
    /** With replicas there are more kinds and processes, and the others continue meanwhile. */
    private static final long GAP_MIN_HA_MS = 3_200;

    private static final long GAP_MAX_MS = 8_000;
    private static final long JITTER_MS = 1_000;

    private static final long SHORT_MIN_MS = 1_500;
    private static final long SHORT_SPAN_MS = 2_000;
    /**
     * Longer than two AMQP heartbeats (5 s each), after which the broker gives the subscription to another consumer, and
     * than any limit of a service for an answer.
     */
    private static final long LONG_MIN_MS = 12_000;

    private static final long LONG_SPAN_MS = 3_000;
    private static final long LOOK_BACK_MIN_MS = 3_000;
    private static final int LOOK_BACK_SPAN_MS = 6_000;

    private FaultSchedule() {}

    /**
     * The same arguments always return the same faults.
     *
     * @param apart from one fault to the next; zero is as short as the kinds need to fit, within limits
     */
    public static List<PlannedFault> draw(
            long seed, Duration length, Set<FaultKind> kinds, SystemPlan system, Duration apart) {
        if (kinds.isEmpty()) {
            return List.of();
        }
        // Random alone begins with almost the same value for neighbouring seeds.
        Random random = new Random(new SplittableRandom(seed).nextLong());
        long end = length.toMillis() - LAST_BEFORE_END_MS;
        long gap = apart.isZero() ? gap(end, kinds, system) : apart.toMillis();
        int count = (int) Math.max(0, (end - FIRST_AT_MS) / gap + 1);
        var faults = new ArrayList<PlannedFault>();
        long at = FIRST_AT_MS;
        for (FaultKind kind : kinds(seed, count, kinds, random)) {
            long jitter = (long) (random.nextDouble() * Math.min(JITTER_MS, end - at));
            faults.add(new PlannedFault(
                    kind,
                    random.nextInt(kind.target().count(system, kind.isOfLeader())),
                    at + jitter,
                    length(kind, random),
                    kind.action() == FaultKind.Action.ROLL_BACK
                            ? LOOK_BACK_MIN_MS + random.nextInt(LOOK_BACK_SPAN_MS)
                            : 0));
            at += gap;
        }
        return List.copyOf(faults);
    }

    private static long gap(long end, Set<FaultKind> kinds, SystemPlan system) {
        long gapMin = system.topology() == Topology.HA ? GAP_MIN_HA_MS : GAP_MIN_MS;
        return Math.max(gapMin, Math.min(GAP_MAX_MS, (end - FIRST_AT_MS) / kinds.size()));
    }

    /** All kinds in an order that is the same for all seeds, from where the seed before stopped; then in the seed's order. */
    private static List<FaultKind> kinds(long seed, int count, Set<FaultKind> kinds, Random random) {
        List<FaultKind> cycle = new ArrayList<>(new TreeSet<>(kinds));
        Collections.shuffle(cycle, new Random(CYCLE_SEED));
        Collections.rotate(cycle, -Math.floorMod(seed * count, cycle.size()));
        var drawn = new ArrayList<FaultKind>();
        while (drawn.size() < count) {
            List<FaultKind> next = cycle.subList(0, Math.min(cycle.size(), count - drawn.size()));
            List<FaultKind> shuffled = new ArrayList<>(next);
            Collections.shuffle(shuffled, random);
            drawn.addAll(shuffled);
        }
        return drawn;
    }

    private static long length(FaultKind kind, Random random) {
        // RabbitMQ looks at its disk every 10 s.
        boolean isLong = random.nextBoolean() || kind == FaultKind.FILL_DISK_RABBITMQ;
        double share = random.nextDouble();
        if (!kind.action().hasLength()) {
            return 0;
        }
        return isLong ? LONG_MIN_MS + (long) (share * LONG_SPAN_MS) : SHORT_MIN_MS + (long) (share * SHORT_SPAN_MS);
    }
}
