package dev.doorbuster.cli.bench;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/** What can be measured. */
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

    /** Those that need a running system, which they share. */
    static final Set<BenchPart> ON_ONE_SYSTEM = EnumSet.range(EDGE, REST);

    /** Single parts, in the order in which they are measured; nothing named is all. */
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
