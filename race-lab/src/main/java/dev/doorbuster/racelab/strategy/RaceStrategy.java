package dev.doorbuster.racelab.strategy;

import dev.doorbuster.contracts.message.SaleId;
import io.vertx.core.Future;
import java.util.Optional;

/** A way to count the stock of a race. To be used on one event loop, by one race at a time. */
public interface RaceStrategy {
    /** As people choose it. */
    String name();

    /** Where it counts. */
    CounterStore store();

    /** Buyers that it takes at once; the rest of the crowd waits in line. */
    int buyersAtOnce();

    /** Puts the stock on the shelf, and has all connections made that buyers will need. */
    Future<Void> open(SaleId race, long stock);

    /**
     * One attempt of one buyer; empty where somebody else was faster and he has to begin again.
     *
     * @param place less than {@link #buyersAtOnce()}; nobody else has it meanwhile
     */
    Future<Optional<RaceAnswer>> attempt(SaleId race, int place, int buyer);

    /** Rounds that were lost to others within attempts. */
    default long lostRounds() {
        return 0;
    }

    /** Leaves nothing behind. */
    Future<Void> close(SaleId race);
}
