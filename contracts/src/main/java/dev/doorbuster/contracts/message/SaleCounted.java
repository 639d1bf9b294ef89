package dev.doorbuster.contracts.message;

import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.contracts.value.Require;

/**
 * The result of a recount; it replaces a missing or older counter only.
 *
 * @param available units neither held nor paid for
 */
public record SaleCounted(long epoch, long available, CounterKind counter) implements Element {
    public SaleCounted {
        Require.range(epoch, 0, Long.MAX_VALUE, "epoch");
        Require.range(available, 0, Limits.STOCK_MAX, "available");
        Require.present(counter, "counter");
    }
}
