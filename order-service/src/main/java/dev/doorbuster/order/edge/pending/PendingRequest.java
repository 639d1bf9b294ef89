package dev.doorbuster.order.edge.pending;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.UUID;

/**
 * A request whose HTTP response stays open until its message is confirmed or decided.
 *
 * @param <A> its answer
 */
public interface PendingRequest<A> {
    UUID requestId();

    /** Requests with equal keys share one message and one answer. */
    default Object key() {
        return requestId();
    }

    /** How long to wait for the decision; zero to respond {@link #pending} after the broker's confirm. */
    Duration maxWait();

    /** Completes when the client has closed its connection. */
    Future<Void> clientGone();

    /** The ledger's decision, or {@code undecided} if its rows contain none; fails if the ledger cannot be read. */
    Future<A> decision(A undecided);

    /** The broker has the request, and the ledger has not decided it yet. */
    A pending();

    /** The client has closed the connection; a published request continues. */
    A abandoned();

    /** The request was not published. */
    Future<A> notPublished(Throwable cause);

    /** The request was published without a confirm: it may or may not be decided. */
    Future<A> outcomeUnknown();
}
