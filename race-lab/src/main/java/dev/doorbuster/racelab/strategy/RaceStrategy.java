package dev.doorbuster.racelab.strategy;

import dev.doorbuster.contracts.value.SaleId;
import io.vertx.core.Future;
import java.util.Locale;
import java.util.Optional;

/** A strategy to count the stock of a race. To be used on one event loop, by one race at a time. */
public interface RaceStrategy {
    /** Name in the API. */
    String name();

    /** The store of the counter. */
    CounterStore store();

    /** Number of concurrent buyers; the others wait. */
    int buyersAtOnce();

    /** Stores the stock and opens all connections that the buyers need. */
    Future<Void> open(SaleId race, long stock);

    /**
     * One attempt of one buyer; empty after a conflict, which needs another attempt.
     *
     * @param place index below {@link #buyersAtOnce()}, used by one buyer at a time
     */
    Future<Optional<RaceAnswer>> attempt(SaleId race, int place, int buyer);

    /** Conflicts within attempts. */
    default long lostRounds() {
        return 0;
    }

    /** Deletes the race's keys. */
    Future<Void> close(SaleId race);

    enum RaceAnswer {
        SOLD,
        REFUSED
    }

    enum CounterStore {
        REDIS,
        MEMCACHED,
        POSTGRESQL;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
