package dev.doorbuster.systemtests.model;

import dev.doorbuster.contracts.value.CounterKind;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;

/** The faults of this schedule, their frequency, and the data they lost so far. */
final class Chaos {
    private static final double SMALL = 0.06;

    private final SplittableRandom random;
    private final Set<Fault> possible = EnumSet.noneOf(Fault.class);
    private boolean calm;
    private boolean anything;
    private long storeLostAt = -1;
    private long deposedAt = -1;
    private boolean brokerLost;

    Chaos(SplittableRandom random) {
        this.random = random;
        if (random.nextInt(8) > 0) {
            for (Fault fault : Fault.values()) {
                if (random.nextInt(5) < 3) {
                    possible.add(fault);
                }
            }
        }
    }

    /** Disables all faults. */
    void end() {
        calm = true;
    }

    boolean anythingHappened() {
        return anything;
    }

    /** Whether a store may lose an order but keep the counter decremented for it. */
    boolean forgetsInPart(CounterKind kind) {
        return possible.contains(Fault.EVICTED)
                || possible.contains(Fault.ROLLED_BACK)
                || possible.contains(Fault.RECORD_LOST)
                || (kind == CounterKind.MEMCACHED && possible.contains(Fault.DEPOSED));
    }

    boolean mayBe(Fault fault) {
        return !calm && possible.contains(fault);
    }

    /** Whether the fault happens now. */
    boolean strikes(Fault fault) {
        boolean strikes = mayBe(fault) && random.nextDouble() < SMALL;
        anything |= strikes;
        return strikes;
    }

    void struck() {
        anything = true;
    }

    void brokerLost() {
        anything = true;
        brokerLost = true;
    }

    boolean hasBrokerLost() {
        return brokerLost;
    }

    void storeLost(long tick) {
        anything = true;
        storeLostAt = tick;
    }

    void deposed(long tick) {
        anything = true;
        deposedAt = tick;
    }

    boolean storeLostSince(long tick) {
        return storeLostAt >= tick;
    }

    boolean deposedSince(long tick) {
        return deposedAt >= tick;
    }

    boolean storeLost() {
        return storeLostAt >= 0;
    }

    @Override
    public String toString() {
        return possible.toString();
    }
}
