package dev.doorbuster.contracts.message;

import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.contracts.value.Require;
import java.time.Instant;
import java.util.UUID;

/**
 * An operator's change of a sale. The ledger records it by its request id, so that a redelivery changes nothing and has the
 * same answer.
 *
 * @param edit the new values; present with {@link Action#EDIT} only
 * @param edgeId where the answer is routed
 * @param trace see {@link Traced}
 */
public record SaleChange(UUID requestId, Action action, SaleEdit edit, String edgeId, Instant receivedAt, String trace)
        implements Traced {
    public enum Action {
        /** Opens a sale whose time has come, by the database's clock. */
        OPEN,
        EDIT,
        /** Ends a sale, whatever the time. */
        END,
        /** Makes a draft a scheduled sale, which opens at its time, or now if that has passed. */
        PUBLISH,
        /** Lets an open sale take no new orders; those accepted before are decided, holds and payments go on. */
        PAUSE,
        /** Lets a paused sale take orders again. */
        RESUME
    }

    public SaleChange {
        Require.present(requestId, "requestId");
        Require.present(action, "action");
        if ((action == Action.EDIT) != (edit != null)) {
            throw new IllegalArgumentException("edit must be present with EDIT only");
        }
        Require.text(edgeId, Limits.EDGE_ID_LENGTH_MAX, "edgeId");
        Require.present(receivedAt, "receivedAt");
        Require.optionalText(trace, Limits.TRACE_LENGTH_MAX, "trace");
    }

    @Override
    public SaleChange withTrace(String traceparent) {
        return new SaleChange(requestId, action, edit, edgeId, receivedAt, traceparent);
    }

    /**
     * New values of a sale; null leaves a value as it is.
     *
     * @param openEnded whether {@code closesAt} is removed, so that the sale runs until it is ended
     */
    public record SaleEdit(
            String title,
            Long priceCents,
            Long stock,
            Integer perBuyerLimit,
            Instant opensAt,
            Instant closesAt,
            boolean openEnded,
            Integer holdSeconds) {
        public SaleEdit {
            Require.optionalText(title, Limits.TITLE_LENGTH_MAX, "title");
            if (stock != null) {
                Require.range(stock, 0, Limits.STOCK_MAX, "stock");
            }
            if (openEnded && closesAt != null) {
                throw new IllegalArgumentException("closesAt must be absent from an edit that removes it");
            }
        }

        /** A new stock, everything else as it is. */
        public static SaleEdit ofStock(long units) {
            return new SaleEdit(null, null, units, null, null, null, false, null);
        }
    }
}
