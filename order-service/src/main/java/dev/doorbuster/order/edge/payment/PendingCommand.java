package dev.doorbuster.order.edge.payment;

import dev.doorbuster.contracts.message.HoldAnswered;
import dev.doorbuster.order.edge.pending.PendingRequest;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.runtime.http.ProblemException;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A payment or cancel that is waiting for the ledger's answer, which is empty if it did not arrive in time.
 *
 * @param reading the answer read from the ledger's rows; empty if they contain none
 * @param unconfirmed detail of the response if the broker did not confirm the command
 */
record PendingCommand(
        UUID requestId,
        UUID orderId,
        Duration maxWait,
        Supplier<Future<Optional<HoldAnswered>>> reading,
        String unconfirmed,
        Future<Void> clientGone)
        implements PendingRequest<Optional<HoldAnswered>> {
    @Override
    public Future<Optional<HoldAnswered>> decision(Optional<HoldAnswered> undecided) {
        return reading.get().map(found -> found.isPresent() ? found : undecided);
    }

    @Override
    public Optional<HoldAnswered> pending() {
        return Optional.empty();
    }

    @Override
    public Optional<HoldAnswered> abandoned() {
        return Optional.empty();
    }

    @Override
    public Future<Optional<HoldAnswered>> notPublished(Throwable cause) {
        return Future.failedFuture(cause);
    }

    @Override
    public Future<Optional<HoldAnswered>> outcomeUnknown() {
        return Future.failedFuture(new ProblemException(
                ProblemType.OUTCOME_UNKNOWN.problem(unconfirmed).with("id", orderId.toString())));
    }
}
