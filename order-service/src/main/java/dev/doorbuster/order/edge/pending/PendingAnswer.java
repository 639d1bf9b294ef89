package dev.doorbuster.order.edge.pending;

import dev.doorbuster.runtime.http.ProblemException;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A command that is waiting for the ledger's answer, which is empty if it did not arrive in time.
 *
 * @param reading the answer read from the ledger's rows; empty if they contain none
 * @param unknown the response if the broker did not confirm the command
 */
public record PendingAnswer<A>(
        UUID requestId,
        Duration maxWait,
        Supplier<Future<Optional<A>>> reading,
        ProblemException unknown,
        Future<Void> clientGone)
        implements PendingRequest<Optional<A>> {
    @Override
    public Future<Optional<A>> decision(Optional<A> undecided) {
        return reading.get().map(found -> found.isPresent() ? found : undecided);
    }

    @Override
    public Optional<A> pending() {
        return Optional.empty();
    }

    @Override
    public Optional<A> abandoned() {
        return Optional.empty();
    }

    @Override
    public Future<Optional<A>> notPublished(Throwable cause) {
        return Future.failedFuture(cause);
    }

    @Override
    public Future<Optional<A>> outcomeUnknown() {
        return Future.failedFuture(unknown);
    }
}
