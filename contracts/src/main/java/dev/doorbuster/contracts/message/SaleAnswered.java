package dev.doorbuster.contracts.message;

import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.contracts.value.Require;
import dev.doorbuster.contracts.value.SaleView;
import java.util.UUID;

/**
 * The answer to the edge with a pending change of a sale.
 *
 * @param refusal null for a change that was made
 * @param sale the sale as the change left it, whatever changed it since; null if it was deleted
 * @param trace see {@link Traced}
 */
public record SaleAnswered(UUID requestId, SaleRefusal refusal, SaleView sale, String trace) implements Traced {
    public SaleAnswered {
        Require.present(requestId, "requestId");
        if ((refusal == SaleRefusal.DELETED) != (sale == null)) {
            throw new IllegalArgumentException("sale must be absent with DELETED only");
        }
        Require.optionalText(trace, Limits.TRACE_LENGTH_MAX, "trace");
    }

    @Override
    public SaleAnswered withTrace(String traceparent) {
        return new SaleAnswered(requestId, refusal, sale, traceparent);
    }

    /** Why a sale cannot be changed, or created, as requested. */
    public enum SaleRefusal {
        /** The sale has ended. */
        ENDED,
        /** {@code opensAt} of a sale that has opened. */
        OPENED_ALREADY,
        /** {@code opensAt} is too far from now. */
        OPENS_OUT_OF_RANGE,
        /** {@code closesAt} is too far from now. */
        CLOSES_OUT_OF_RANGE,
        /** {@code closesAt} is not after {@code opensAt}, or is past. */
        CLOSES_TOO_EARLY,
        /** Fewer units than are held and paid for. */
        STOCK_BELOW_SOLD,
        /** The end of a draft: it is not on sale, and can be deleted. */
        NOT_PUBLISHED,
        /** The pause of a sale that has not opened. */
        NOT_OPEN,
        /** There is no such sale: it was a draft and was deleted before the change was decided. */
        DELETED
    }
}
