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
}
