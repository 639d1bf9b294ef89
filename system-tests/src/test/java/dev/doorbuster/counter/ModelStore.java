package dev.doorbuster.counter;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.message.ClaimReleased;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.counter.StockCounter.MissingCounterException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Model of a store with one sale's counter: its state, and which operations are atomic. All decisions are the
 * product's own code; only the commands are simulated.
 */
public interface ModelStore {
    /**
     * One attempt of an optimistic transaction: reads, a write that succeeds or conflicts, then writes without a
     * transaction.
     */
    interface Round<D> {
        /** Each is one step. */
        List<Runnable> reads();

        /** Decides from the values read; throws {@link MissingCounterException}. */
        D decide();

        /** Returns false on a conflict. */
        boolean write(D decided);

        /** Each is one step, and may be lost. */
        List<Runnable> records(D decided);
    }

    Round<CounterDecisions> deciding(List<OrderPlaced> placed, Set<UUID> again);

    /** Decides whether there is anything to write. */
    Round<Boolean> installing(CounterValue recount);

    /** Returns the number of claims released. */
    Round<Integer> releasing(List<ClaimReleased> released);

    Optional<CounterValue> counter();

    /** Claims that hold units, as text to be compared with the ledger. */
    List<Claim> claims();

    /** The units held by a claim: by one order, or by all of a buyer's orders if the order is null. */
    record Claim(UUID order, String buyer, long quantity) {}

    void empty();

    /** Loses a part of the data; returns its description. */
    String evict(RandomGenerator random);

    /** A snapshot for {@link #rollBack}. */
    Object snapshot();

    void rollBack(Object snapshot);
}
