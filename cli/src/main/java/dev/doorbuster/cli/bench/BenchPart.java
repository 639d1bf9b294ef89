package dev.doorbuster.cli.bench;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/** Parts that can be measured. */
enum BenchPart {
    COUNTER,
    TRANSPORT,
    LEDGER,
    EDGE,
    CLOSED,
    OPEN,
    SALES,
    GROWTH,
    REST,
    INSTANCES,
    /** From CLOSED to INSTANCES. */
    WHOLE,
    ALL;

    /** The parts that share one running system. */
    static final Set<BenchPart> ON_ONE_SYSTEM = EnumSet.range(EDGE, REST);

    /** The selected single parts in the order of measurement; all if none is selected. */
    static Set<BenchPart> expand(Collection<BenchPart> named) {
        Set<BenchPart> parts = EnumSet.noneOf(BenchPart.class);
        parts.addAll(named);
        if (parts.isEmpty() || parts.remove(ALL)) {
            return EnumSet.range(COUNTER, INSTANCES);
        }
        if (parts.remove(WHOLE)) {
            parts.addAll(EnumSet.range(CLOSED, INSTANCES));
        }
        return parts;
    }
}
