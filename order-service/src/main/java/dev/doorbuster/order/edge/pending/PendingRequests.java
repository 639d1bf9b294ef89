package dev.doorbuster.order.edge.pending;

import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.runtime.amqp.publish.PublishException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The pending requests of one edge.
 *
 * <p>A request is registered before it is published, because its answer may arrive before its confirm. The response
 * is the first of: the answer; "pending", once the broker has confirmed the request and its wait has timed out; or
 * that it was not published. On the timeout, and when the reply queue was lost, the ledger is read before responding
 * "pending", because the answer may be lost. To be used on one event loop only.
 *
 * @param <Q> the requests
 * @param <A> their answers
 */
public final class PendingRequests<Q extends PendingRequest<A>, A> {
    /** No timer's id: Vert.x counts them from 0. */
    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final int waitingMax;
    private final Map<UUID, Published<Q, A>> byId = new HashMap<>();
    private final Map<Object, Published<Q, A>> byKey = new HashMap<>();
    private final Promise<Void> drained = Promise.promise();
    private int waiting;
    private boolean stopping;

    /** One published request, and the HTTP responses waiting for its answer. */
    private static final class Published<Q, A> {
        private final Q request;
        private final List<Waiting<A>> waiting = new ArrayList<>(1);
        private boolean confirmed;

        private Published(Q request) {
            this.request = request;
        }
    }

    /** One HTTP response. */
    private static final class Waiting<A> {
        private final Promise<A> answer = Promise.promise();
        private final boolean wantsDecision;
        /** The wait timed out: respond "pending" once the request is confirmed. */
        private boolean due;

        private Waiting(boolean wantsDecision) {
            this.wantsDecision = wantsDecision;
            this.due = !wantsDecision;
        }

        private void tell(A value) {
            boolean unused = answer.tryComplete(value);
        }
    }

    public PendingRequests(Vertx vertx, int waitingMax) {
        this.vertx = vertx;
        this.waitingMax = waitingMax;
    }

    /** Completes when the client has closed the connection of this response. */
    public static Future<Void> closed(HttpServerResponse response) {
        Promise<Void> closed = Promise.promise();
        response.closeHandler(event -> closed.tryComplete());
        return closed.future();
    }

    /** Number of waiting HTTP responses. */
    public int waiting() {
        return waiting;
    }

    /** Number of published and undecided requests. */
    public int undecided() {
        return byId.size();
    }

    /** Whether no more responses may wait: the limit is reached, or the edge stops. */
    public boolean isFull() {
        return stopping || waiting >= waitingMax;
    }

    /** The answer of a published request with the same key, if there is one. */
    public Optional<Future<A>> join(Q request) {
        Published<Q, A> published = byKey.get(request.key());
        if (published == null) {
            return Optional.empty();
        }
        // At the limit, "overloaded" would be wrong for an order that may be granted.
        return Optional.of(isFull() ? request.outcomeUnknown() : await(published, request));
    }

    /** Registers the request, then publishes it; {@code publish} completes upon the broker's confirm. */
    public Future<A> publish(Q request, Supplier<Future<Void>> publish) {
        if (isFull()) {
            return request.notPublished(ProblemType.OVERLOADED.exception());
        }
        var published = new Published<Q, A>(request);
        byId.put(request.requestId(), published);
        byKey.put(request.key(), published);
        Future<A> answer = await(published, request);
        publish.get().onSuccess(v -> confirmed(published)).onFailure(cause -> failed(published, cause));
        return answer;
    }

    /** Null if this edge has no such request, or has already answered it. */
    public Q find(UUID requestId) {
        Published<Q, A> published = byId.get(requestId);
        return published == null ? null : published.request;
    }

    /** The pending request with this key; null if there is none. */
    public Q findByKey(Object key) {
        Published<Q, A> published = byKey.get(key);
        return published == null ? null : published.request;
    }

    public void answer(UUID requestId, A answer) {
        Published<Q, A> published = byId.get(requestId);
        if (published != null) {
            answer(published, answer);
        }
    }

    /** Answers may be lost: reads the ledger for all pending requests. */
    public void readLedger() {
        for (Published<Q, A> each : List.copyOf(byId.values())) {
            A pending = each.request.pending();
            each.request.decision(pending).onSuccess(decision -> {
                if (!decision.equals(pending)) {
                    answer(each, decision);
                }
            });
        }
    }

    /** Answers all requests as soon as possible, and those without a confirm after {@code max}. */
    public Future<Void> drain(Duration max) {
        hurry();
        drainedIfUnused();
        long limit = vertx.setTimer(max.toMillis(), late -> giveUp());
        return drained.future().onComplete(ended -> {
            boolean unused = vertx.cancelTimer(limit);
        });
    }

    private void drainedIfUnused() {
        if (stopping && waiting == 0) {
            drained.tryComplete();
        }
    }

    /** Ends all waits, and admits no more requests, because the edge stops. */
    public void hurry() {
        stopping = true;
        for (Published<Q, A> each : List.copyOf(byId.values())) {
            List.copyOf(each.waiting).forEach(response -> becomesDue(each, response));
        }
    }

    /** Answers unconfirmed requests that their outcome is unknown. */
    public void giveUp() {
        List.copyOf(byId.values()).forEach(each -> fail(each, each.request.outcomeUnknown()));
    }

    private Future<A> await(Published<Q, A> published, Q request) {
        Duration maxWait = request.maxWait();
        var response = new Waiting<A>(!maxWait.isZero());
        published.waiting.add(response);
        waiting++;
        long timer = response.wantsDecision
                ? vertx.setTimer(Math.max(1, maxWait.toMillis()), tick -> becomesDue(published, response))
                : NO_TIMER;
        request.clientGone().onComplete(gone -> response.tell(request.abandoned()));
        Future<A> answer = response.answer.future().onComplete(told -> {
            boolean unused = vertx.cancelTimer(timer);
            waiting--;
            published.waiting.remove(response);
            forgetIfUnused(published);
            drainedIfUnused();
        });
        answerIfDue(published, response);
        return answer;
    }

    private void becomesDue(Published<Q, A> published, Waiting<A> response) {
        response.due = true;
        answerIfDue(published, response);
    }

    private void answerIfDue(Published<Q, A> published, Waiting<A> response) {
        if (!response.due || !published.confirmed) {
            return;
        }
        A pending = published.request.pending();
        if (response.wantsDecision) {
            published.request.decision(pending).otherwise(pending).onSuccess(response::tell);
        } else {
            response.tell(pending);
        }
    }

    private void confirmed(Published<Q, A> published) {
        published.confirmed = true;
        forgetIfUnused(published);
        List.copyOf(published.waiting).forEach(response -> answerIfDue(published, response));
    }

    private void failed(Published<Q, A> published, Throwable cause) {
        boolean unconfirmed =
                cause instanceof PublishException failure && failure.kind() == PublishException.Kind.UNCONFIRMED;
        fail(published, unconfirmed ? published.request.outcomeUnknown() : published.request.notPublished(cause));
    }

    private void answer(Published<Q, A> published, A answer) {
        forget(published);
        List.copyOf(published.waiting).forEach(response -> response.tell(answer));
    }

    private void fail(Published<Q, A> published, Future<A> outcome) {
        outcome.onSuccess(answer -> answer(published, answer)).onFailure(cause -> {
            forget(published);
            for (Waiting<A> response : List.copyOf(published.waiting)) {
                boolean unused = response.answer.tryFail(cause);
            }
        });
    }

    /** Until the broker confirms it, a request stays joinable even if its client has closed the connection. */
    private void forgetIfUnused(Published<Q, A> published) {
        if (published.confirmed && published.waiting.isEmpty()) {
            forget(published);
        }
    }

    private void forget(Published<Q, A> published) {
        byId.remove(published.request.requestId(), published);
        byKey.remove(published.request.key(), published);
    }
}
