package dev.doorbuster.stock.counter;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.message.ClaimReleased;
import dev.doorbuster.contracts.message.OrderPlaced;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * A store with one sale's counter in it, for the model: the state, and what is indivisible about it. All that is decided is
 * decided by the product's own code; only the commands are played.
 */
public interface StoreOnPaper {
    /** One attempt at an optimistic transaction: reads, then a write that is done or lost, then what has no transaction. */
    interface Round<D> {
        /** Each is one step. */
        List<Runnable> reads();

        /** From what was read; throws {@link MissingCounterException}. */
        D decide();

        /** False where somebody was faster. */
        boolean write(D decided);

        /** Each is one step, and may be lost. */
        List<Runnable> records(D decided);
    }

    Round<CounterDecisions> deciding(List<OrderPlaced> placed, Set<UUID> again);

    /** Decides whether there is anything to write. */
    Round<Boolean> installing(CounterValue recount);

    /** Decides how many claims are released. */
    Round<Integer> releasing(List<ClaimReleased> released);

    Optional<CounterValue> counter();

    /** Claims that say somebody has units, as lines to be compared with the ledger. */
    List<Claim> claims();

    /** What a claim says: this order (null where it says nothing of one), or all of this buyer's orders, hold units. */
    record Claim(UUID order, String buyer, long quantity) {}

    void empty();

    /** Loses a part; says which. */
    String evict(RandomGenerator random);

    /** What {@link #rollBack} goes back to. */
    Object snapshot();

    void rollBack(Object snapshot);
}
