package dev.doorbuster.order.edge.sale;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.SaleAnswered;
import dev.doorbuster.contracts.message.SaleChange;
import dev.doorbuster.contracts.message.SaleChange.Action;
import dev.doorbuster.contracts.message.SaleChange.SaleEdit;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.catalogue.Catalogue.SaleRefusedException;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.pending.PendingAnswer;
import dev.doorbuster.order.edge.pending.PendingRequests;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import dev.doorbuster.runtime.http.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Publishes operators' changes of sales as commands to the ledger and waits for its answers. To be used on one event loop
 * only.
 */
public final class SaleChanges {
    /** How long to wait for the ledger's answer. */
    public static final Duration ANSWER_MAX = Duration.ofSeconds(10);
    /** Changes of one edge that may wait for an answer; further ones are answered "overloaded". */
    private static final int WAITING_MAX = 1000;

    private final Duration answerMax;
    private final Publisher publisher;
    private final Supplier<String> edgeId;
    private final Function<UUID, Future<Optional<SaleAnswered>>> decided;
    private final PendingRequests<PendingAnswer<SaleAnswered>, Optional<SaleAnswered>> pending;

    /**
     * @param edgeId route of the ledger's answers
     * @param decided reads the answer to a request from the ledger's rows
     */
    public SaleChanges(
            Vertx vertx,
            Duration answerMax,
            Publisher publisher,
            Supplier<String> edgeId,
            Function<UUID, Future<Optional<SaleAnswered>>> decided) {
        this.answerMax = answerMax;
        this.publisher = publisher;
        this.edgeId = edgeId;
        this.decided = decided;
        this.pending = new PendingRequests<>(vertx, WAITING_MAX);
    }

    /**
     * The sale after the edit; fails with {@link SaleRefusedException}, or if the outcome is unknown after the time
     * limit.
     */
    Future<SaleView> edit(ApiRequest request, SaleId sale, SaleEdit edit) {
        return change(request, sale, Action.EDIT, edit);
    }

    /** Ignores answers to requests that are not pending here. */
    public void answered(SaleAnswered answer) {
        pending.answer(answer.requestId(), Optional.of(answer));
    }

    /** The reply queue was deleted; answers to the pending requests may be lost. */
    public void answersLost() {
        pending.readLedger();
    }

    /** Answers all pending requests, within the limit. */
    public Future<Void> drain(Duration max) {
        return pending.drain(max);
    }

    /** Any change but an edit; fails as an edit does. */
    Future<SaleView> change(ApiRequest request, SaleId sale, Action action) {
        return change(request, sale, action, null);
    }

    private Future<SaleView> change(ApiRequest request, SaleId sale, Action action, SaleEdit edit) {
        var change = new SaleChange(UUID.randomUUID(), action, edit, edgeId.get(), Instant.now(), request.trace());
        return change(sale, change, PendingRequests.closed(request.response()));
    }

    Future<SaleView> change(SaleId sale, SaleChange change, Future<Void> clientGone) {
        var unknown = new ProblemException(ProblemType.OUTCOME_UNKNOWN
                .problem(
                        "The sale may or may not have been changed, or will be. GET it, or repeat: the result is the same.")
                .with("id", sale.value()));
        var waiting = new PendingAnswer<>(
                change.requestId(), answerMax, () -> decided.apply(change.requestId()), unknown, clientGone);
        Message message = Message.of(sale, change);
        return pending.publish(waiting, () -> publisher.publish(Route.command(message), message))
                .map(answer -> sale(answer.orElseThrow(() -> unknown)));
    }

    private static SaleView sale(SaleAnswered answer) {
        if (answer.refusal() != null) {
            throw new SaleRefusedException(answer.refusal());
        }
        return answer.sale();
    }
}
