package dev.doorbuster.cli.chaos.check;

import dev.doorbuster.cli.chaos.check.Books.OrderRow;
import dev.doorbuster.cli.chaos.history.Happening;
import dev.doorbuster.cli.chaos.history.Happening.Effect;
import dev.doorbuster.cli.chaos.history.Round;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The one known way to a hold after a refusal: the refused request was delivered again, and the store that remembered
 * the refusal had lost it meanwhile. It takes both at once, so one fault alone never excuses; the protocol's model excuses
 * the same ({@code Promises} in system-tests).
 */
final class Forgetting {
    /** A broker finds out that a consumer is gone within two heartbeats of 5 s, and delivers again then. */
    private static final long NOTICED_MICROS = 10_000_000;

    private static final Set<String> EMPTIES_REDIS = Set.of("empty-redis", "roll-back-redis");
    private static final Set<String> EMPTIES_MEMCACHED = Set.of("kill-memcached", "restart-memcached");

    private final Evidence evidence;

    Forgetting(Evidence evidence) {
        this.evidence = evidence;
    }

    /** Whether it may have happened to an order that was first asked for at that time, before its row was decided. */
    boolean mayHaveHappened(OrderRow row, long askedMicros) {
        Set<String> empties = evidence.history().rounds().stream()
                        .filter(round -> round.sale().equals(row.sale()))
                        .map(Round::counter)
                        .anyMatch("memcached"::equals)
                ? EMPTIES_MEMCACHED
                : EMPTIES_REDIS;
        return happened(askedMicros, row, each -> empties.contains(each.kind()))
                && happened(askedMicros - NOTICED_MICROS, row, Forgetting::deliversAgain);
    }

    private boolean happened(long fromMicros, OrderRow row, Predicate<Happening> kind) {
        return evidence.history().happenings().stream()
                .filter(each -> each.overlaps(fromMicros, row.decidedMicros()))
                .anyMatch(kind);
    }

    private static boolean deliversAgain(Happening each) {
        return each.target().startsWith("rabbitmq")
                || (each.target().startsWith("stock-service") && each.effect() != Effect.LOSS);
    }
}
