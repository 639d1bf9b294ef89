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
}
