package dev.doorbuster.order.edge.sale;

import dev.doorbuster.contracts.message.SaleAnswered;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.edge.pending.PendingRequest;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.runtime.http.ProblemException;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A change of a sale that is waiting for the ledger's answer, which is empty if it did not arrive in time.
 *
 * @param reading the answer read from the ledger's rows; empty if they contain none
 */
record PendingChange(
        UUID requestId,
        SaleId sale,
        Duration maxWait,
        Supplier<Future<Optional<SaleAnswered>>> reading,
        Future<Void> clientGone)
        implements PendingRequest<Optional<SaleAnswered>> {
    @Override
    public Future<Optional<SaleAnswered>> decision(Optional<SaleAnswered> undecided) {
        return reading.get().map(found -> found.isPresent() ? found : undecided);
    }

    @Override
    public Optional<SaleAnswered> pending() {
        return Optional.empty();
    }

    @Override
    public Optional<SaleAnswered> abandoned() {
        return Optional.empty();
    }

    @Override
    public Future<Optional<SaleAnswered>> notPublished(Throwable cause) {
        return Future.failedFuture(cause);
    }

    @Override
    public Future<Optional<SaleAnswered>> outcomeUnknown() {
        return Future.failedFuture(unknown());
    }

    ProblemException unknown() {
        return new ProblemException(ProblemType.OUTCOME_UNKNOWN
                .problem(
                        "The sale may or may not have been changed, or will be. GET it, or repeat: the result is the same.")
                .with("id", sale.value()));
    }
}
