package dev.doorbuster.systemtests.model;

import dev.doorbuster.contracts.value.CounterKind;
import java.util.Optional;

/**
 * Parameters of a schedule.
 *
 * @param eventsMax number of events after which the schedule is cut; then it settles as any other
 * @param mutation the broken rule, or null
 */
record Plan(long seed, CounterKind kind, int eventsMax, Mutation mutation) {
    static final int UNCUT = 1_000;

    static Plan of(long seed, CounterKind kind) {
        return new Plan(seed, kind, UNCUT, null);
    }

    /** Parses the format of {@link #toString}: {@code SEED redis|memcached [EVENTS [MUTATION]]}. */
    static Plan parse(String text) {
        String[] words = text.trim().split(" +", -1);
        return new Plan(
                Long.parseLong(words[0]),
                CounterKind.of(words[1]),
                words.length > 2 ? Integer.parseInt(words[2]) : UNCUT,
                words.length > 3 ? Mutation.valueOf(words[3]) : null);
    }

    Plan with(Mutation broken) {
        return new Plan(seed, kind, eventsMax, broken);
    }

    Plan cutAt(int events) {
        return new Plan(seed, kind, events, mutation);
    }

    boolean breaks(Mutation rule) {
        return mutation == rule;
    }

    Optional<Mutation> broken() {
        return Optional.ofNullable(mutation);
    }

    @Override
    public String toString() {
        return seed + " " + kind.wireName() + " " + eventsMax + (mutation == null ? "" : " " + mutation);
    }
}
