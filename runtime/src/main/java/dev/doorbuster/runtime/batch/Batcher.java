package dev.doorbuster.runtime.batch;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects the elements that arrive during a round trip into the next one. An idle batcher sends a single element at once;
 * under load it sends up to {@code batchMax} per round trip. To be used on one event loop only.
 *
 * @param <E> what is submitted
 * @param <R> the result of each element
 */
public final class Batcher<E, R> {
    private record Waiting<E, R>(E element, Promise<R> promise) {}

    private record RoundTrip<E, R>(List<Waiting<E, R>> batch, Future<List<R>> results) {}

    private static final Logger LOG = LoggerFactory.getLogger(Batcher.class);

    private final int batchMax;
    private final long weightMax;
    private final ToIntFunction<E> weigher;
    private final int waitingMax;
    private final Function<List<E>, Future<List<R>>> roundTrip;
    private final ArrayDeque<Waiting<E, R>> waiting = new ArrayDeque<>();
    private boolean failsWaiting;
    private int enough;
    private Function<List<E>, Future<Void>> used;
    private RoundTripLimit limit;
    private BooleanSupplier counts = () -> false;
    /** Not null while the batcher gathers. */
    private Future<Void> collecting;

    private boolean busy;

    /**
     * Creates an idle batcher.
     *
     * @param waitingMax limit of waiting elements; one more fails with {@link BatcherFullException}
     * @param roundTrip results in the order of its elements; its failure fails each of them
     */
    public Batcher(int batchMax, int waitingMax, Function<List<E>, Future<List<R>>> roundTrip) {
        this(batchMax, Long.MAX_VALUE, element -> 1, waitingMax, roundTrip);
    }

    /**
     * Creates an idle batcher whose batches are limited in weight and number.
     *
     * @param weightMax weight limit of a batch; a heavier element is sent alone
     */
    public Batcher(
            int batchMax,
            long weightMax,
            ToIntFunction<E> weigher,
            int waitingMax,
            Function<List<E>, Future<List<R>>> roundTrip) {
        this.batchMax = batchMax;
        this.weightMax = weightMax;
        this.weigher = weigher;
        this.waitingMax = waitingMax;
        this.roundTrip = roundTrip;
    }

    /**
     * From now on a failed round trip fails what waits behind it too, unsent. For round trips that fail by a timeout: otherwise
     * the last element waits for as many timeouts as there are batches before it.
     */
    public Batcher<E, R> failingWaiting() {
        failsWaiting = true;
        return this;
    }

    /**
     * From now on elements are gathered after each successful round trip as well: the next one begins when {@code enough}
     * elements wait, or when {@code used} completes for the batch before. For batches whose further processing costs much
     * by itself: many small ones are slower than few larger ones where processors are short.
     */
    public Batcher<E, R> collecting(int enough, Function<List<E>, Future<Void>> used) {
        this.enough = enough;
        this.used = used;
        return this;
    }

    /**
     * From now on round trips count in the limit.
     *
     * @param counts whether the next round trip counts; the function that makes a counted one calls {@link
     *     RoundTripLimit#end()} when it has ended
     */
    public Batcher<E, R> limitedBy(RoundTripLimit limit, BooleanSupplier counts) {
        this.limit = limit;
        this.counts = counts;
        return this;
    }

    public Future<R> submit(E element) {
        if (waiting.size() >= waitingMax) {
            return Future.failedFuture(new BatcherFullException(waitingMax));
        }
        Promise<R> promise = Promise.promise();
        waiting.add(new Waiting<>(element, promise));
        if (!busy) {
            busy = true;
            run(null);
        } else if (collecting != null && waiting.size() >= enough) {
            gathered(collecting);
        }
        return promise.future();
    }

    public int waiting() {
        return waiting.size();
    }

    public boolean idle() {
        return !busy && waiting.isEmpty();
    }

    /**
     * Sends the next batch before it settles the ended one, so that the connection is not idle meanwhile. A loop, because a
     * round trip may have ended when the call returns: recursion would be as deep as the queue is long.
     */
    private void run(RoundTrip<E, R> first) {
        RoundTrip<E, R> ended = first;
        while (ended != null || !waiting.isEmpty()) {
            if (failsWaiting && ended != null && ended.results().failed()) {
                failWaiting(ended.results().cause());
            }
            if (!waiting.isEmpty() && counts.getAsBoolean() && !limit.begin(() -> run(null))) {
                if (ended != null) {
                    settle(ended);
                }
                return;
            }
            RoundTrip<E, R> sent = waiting.isEmpty() ? null : send();
            if (ended != null) {
                settle(ended);
            }
            if (sent != null && !sent.results().isComplete()) {
                sent.results().onComplete(done -> ended(sent));
                return;
            }
            ended = sent;
        }
        busy = false;
    }

    private void ended(RoundTrip<E, R> sent) {
        if (used == null || sent.results().failed() || waiting.size() >= enough) {
            run(sent);
            return;
        }
        settle(sent);
        Future<Void> until = used.apply(elements(sent.batch()));
        collecting = until;
        until.onComplete(done -> gathered(until));
    }

    private void gathered(Future<Void> until) {
        if (collecting == until) {
            collecting = null;
            run(null);
        }
    }

    private RoundTrip<E, R> send() {
        var batch = new ArrayList<Waiting<E, R>>(Math.min(batchMax, waiting.size()));
        long weight = 0;
        while (batch.size() < batchMax && !waiting.isEmpty()) {
            weight += weigher.applyAsInt(waiting.peek().element());
            if (weight > weightMax && !batch.isEmpty()) {
                break;
            }
            batch.add(waiting.poll());
        }
        return new RoundTrip<>(batch, call(elements(batch)));
    }

    private static <E, R> List<E> elements(List<Waiting<E, R>> batch) {
        return batch.stream().map(Waiting::element).toList();
    }

    private void failWaiting(Throwable cause) {
        var failure = new RoundTripFailedException(cause);
        var unsent = List.copyOf(waiting);
        waiting.clear();
        unsent.forEach(each -> settle(() -> each.promise().fail(failure)));
    }

    private static <E, R> void settle(RoundTrip<E, R> ended) {
        for (int i = 0; i < ended.batch().size(); i++) {
            Promise<R> promise = ended.batch().get(i).promise();
            int index = i;
            settle(() -> {
                if (ended.results().succeeded()) {
                    promise.complete(ended.results().result().get(index));
                } else {
                    promise.fail(ended.results().cause());
                }
            });
        }
    }

    /** A promise without a context rethrows the exceptions of its listeners; they must not affect other elements. */
    private static void settle(Runnable settling) {
        try {
            settling.run();
        } catch (RuntimeException e) {
            LOG.error("a caller threw an exception on its result", e);
        }
    }

    private Future<List<R>> call(List<E> elements) {
        try {
            return roundTrip.apply(elements).map(results -> {
                if (results.size() != elements.size()) {
                    throw new IllegalStateException(results.size() + " results for " + elements.size() + " elements");
                }
                return results;
            });
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    /** The round trip before failed, and the element was not sent. */
    public static final class RoundTripFailedException extends RuntimeException {
        RoundTripFailedException(Throwable cause) {
            super("not sent, because the round trip before it failed: " + cause.getMessage(), cause);
        }
    }

    /** The limit of waiting elements is reached. */
    public static final class BatcherFullException extends RuntimeException {
        public BatcherFullException(int waitingMax) {
            super("more than " + waitingMax + " elements wait for a round trip");
        }
    }
}
