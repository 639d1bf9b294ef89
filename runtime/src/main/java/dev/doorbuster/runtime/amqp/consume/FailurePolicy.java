package dev.doorbuster.runtime.amqp.consume;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.runtime.amqp.Backoff;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.start.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place that decides how a failure is handled.
 *
 * <p>Outage of a store or the broker: the batch is kept and retried with growing waits for as long as the channel that
 * delivered it is open; meanwhile the instance is not ready and starts no further batch of this sale. Invalid message ({@link
 * DataException}, or a programming error): it must not block the others, so the batch is halved down to the failing message,
 * which is refused or dead-lettered. Message not accepted by its receiver ({@link DeliveryException}): moved as a whole to a
 * retry queue, or dead-lettered.
 */
public final class FailurePolicy {
    private static final Logger LOG = LoggerFactory.getLogger(FailurePolicy.class);

    /** Stores a failing message for later; completes when that is confirmed. */
    public interface DeadLetters {
        Future<Void> keep(Message culprit, String reason);

        /** Publishes it to its next retry queue, or dead-letters it once the retries are used up. */
        Future<Void> postpone(Message culprit, DeliveryException failure);
    }

    private final Vertx vertx;
    private final String queue;
    private final BatchHandler handler;
    private final DeadLetters deadLetters;
    private final BooleanSupplier alive;
    private final Supplier<Future<Void>> broker;
    private final Backoff backoff;
    private String problem;

    FailurePolicy(
            Vertx vertx,
            BrokerConfig config,
            String queue,
            BatchHandler handler,
            DeadLetters deadLetters,
            BooleanSupplier alive,
            Supplier<Future<Void>> broker) {
        this.vertx = vertx;
        this.queue = queue;
        this.handler = handler;
        this.deadLetters = deadLetters;
        this.alive = alive;
        this.broker = broker;
        this.backoff = new Backoff(config.retryFirst(), config.retryMax());
    }

    /** The current problem, if any. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /**
     * Completes with the handled batches, whose follow-up steps run after the acknowledgement; fails only when the channel is
     * closed.
     *
     * @param redelivered ids of the messages that the broker had delivered before
     */
    Future<List<MessageBatch>> handle(List<Message> messages, Set<UUID> redelivered) {
        Step<List<MessageBatch>> step = () -> {
            var batch = new MessageBatch(messages, redelivered, broker);
            return handler.handle(batch).map(handled -> List.of(batch));
        };
        return retry(step, cause -> !(cause instanceof DeliveryException))
                .recover(cause -> cause instanceof DeliveryException failure
                        ? postpone(messages, redelivered, failure)
                        : ifFault(cause, fault -> halve(messages, redelivered, fault)));
    }

    /** A batch does not show which message failed, so each is tried alone. */
    private Future<List<MessageBatch>> postpone(
            List<Message> messages, Set<UUID> redelivered, DeliveryException failure) {
        if (messages.size() == 1) {
            LOG.warn("{}: {} was not accepted: {}", queue, messages.get(0).id(), failure.getMessage());
            return retryUntilDone(() -> deadLetters.postpone(messages.get(0), failure))
                    .map(done -> List.of());
        }
        Future<List<MessageBatch>> handled = Future.succeededFuture(List.of());
        for (Message each : messages) {
            handled =
                    handled.compose(before -> handle(List.of(each), redelivered).map(more -> joined(before, more)));
        }
        return handled;
    }

    private static List<MessageBatch> joined(List<MessageBatch> first, List<MessageBatch> second) {
        var both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }

    private static <T> Future<T> ifFault(Throwable cause, Function<DataException, Future<T>> then) {
        return faultOf(cause).map(then).orElseGet(() -> Future.failedFuture(cause));
    }

    /**
     * Repeats a step that fails by an outage.
     *
     * @param outages which failures may be outages; faults of the data never are
     */
    private <T> Future<T> retry(Step<T> step, Predicate<Throwable> outages) {
        Promise<T> done = Promise.promise();
        retry(step, outages, done);
        return done.future();
    }

    /** All attempts complete one promise: futures that wait for each other would become more with each attempt of a long outage. */
    private <T> void retry(Step<T> step, Predicate<Throwable> outages, Promise<T> done) {
        attempt(step).onComplete(attempted -> {
            Throwable cause = attempted.cause();
            if (attempted.succeeded() || !outages.test(cause) || faultOf(cause).isPresent()) {
                done.handle(attempted);
                return;
            }
            problem = queue + " is blocked: " + cause;
            if (!alive.getAsBoolean()) {
                done.fail(cause);
                return;
            }
            long waitMs = backoff.next().toMillis() + 1;
            LOG.warn("{}; retrying in {} ms", problem, waitMs);
            vertx.timer(waitMs).onComplete(v -> {
                if (alive.getAsBoolean()) {
                    retry(step, outages, done);
                } else {
                    done.fail(cause);
                }
            });
        });
    }

    private Future<List<MessageBatch>> halve(List<Message> messages, Set<UUID> redelivered, DataException fault) {
        List<Message> parts = messages.size() > 1 ? messages : elementsApart(messages.get(0));
        if (parts.size() == 1) {
            return refuse(parts.get(0), fault).map(refused -> List.of());
        }
        int middle = parts.size() / 2;
        return handle(parts.subList(0, middle), redelivered)
                .compose(first ->
                        handle(parts.subList(middle, parts.size()), redelivered).map(second -> joined(first, second)));
    }

    private static List<Message> elementsApart(Message message) {
        int size = message.elements().size();
        if (size == 1) {
            return List.of(message);
        }
        return List.of(
                message.with(message.elements().subList(0, size / 2)),
                message.with(message.elements().subList(size / 2, size)));
    }

    private Future<Void> refuse(Message culprit, DataException fault) {
        return retryUntilDone(() -> handler.refuse(culprit, fault))
                .recover(cause -> ifFault(cause, refusal -> keep(culprit, refusal)));
    }

    private Future<Void> keep(Message culprit, DataException fault) {
        LOG.error("{}: {} {} is dead-lettered: {}", queue, culprit.type().wireName(), culprit.id(), fault.getMessage());
        return retryUntilDone(() -> deadLetters.keep(culprit, String.valueOf(fault.getMessage())));
    }

    /** Retries until the step succeeds; fails only when the channel is closed, or by a programming error. */
    Future<Void> retryUntilDone(Step<Void> step) {
        return retry(step, cause -> true);
    }

    private <T> Future<T> attempt(Step<T> step) {
        Future<T> attempted;
        try {
            attempted = step.run();
        } catch (RuntimeException e) {
            attempted = Future.failedFuture(e);
        }
        return EventLoop.onCallersContext(attempted).onSuccess(done -> {
            problem = null;
            backoff.reset();
        });
    }

    /** A programming error recurs at each retry, so it is handled like an invalid message. */
    private static Optional<DataException> faultOf(Throwable cause) {
        if (cause instanceof DataException fault) {
            return Optional.of(fault);
        }
        boolean isProgrammingError = cause instanceof NullPointerException
                || cause instanceof IllegalArgumentException
                || cause instanceof ClassCastException
                || cause instanceof IndexOutOfBoundsException
                || cause instanceof ArithmeticException;
        return isProgrammingError ? Optional.of(new DataException(cause.toString(), cause)) : Optional.empty();
    }

    /** A step that may be retried. */
    interface Step<T> {
        Future<T> run();
    }
}
