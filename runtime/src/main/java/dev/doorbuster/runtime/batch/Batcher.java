package dev.doorbuster.runtime.batch;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Gathers what arrives during a round trip into the next one. An idle batcher moves a single element at once; a stormed
 * one moves up to {@code batchMax} per round trip. To be used on one event loop only.
 *
 * @param <E> what is submitted
 * @param <R> what each element becomes
 */
public final class Batcher<E, R> {
    private record Waiting<E, R>(E element, Promise<R> promise) {}

    private final int batchMax;
    private final int waitingMax;
    private final Function<List<E>, Future<List<R>>> roundTrip;
    private final ArrayDeque<Waiting<E, R>> waiting = new ArrayDeque<>();
    private boolean busy;

    /**
     * Creates an idle batcher.
     *
     * @param waitingMax elements that may wait; one more fails with {@link BatcherFullException}
     * @param roundTrip results in the order of its elements; its failure fails each of them
     */
    public Batcher(int batchMax, int waitingMax, Function<List<E>, Future<List<R>>> roundTrip) {
        this.batchMax = batchMax;
        this.waitingMax = waitingMax;
        this.roundTrip = roundTrip;
    }

    public Future<R> submit(E element) {
        if (waiting.size() >= waitingMax) {
            return Future.failedFuture(new BatcherFullException(waitingMax));
        }
        Promise<R> promise = Promise.promise();
        waiting.add(new Waiting<>(element, promise));
        if (!busy) {
            next();
        }
        return promise.future();
    }

    public int waiting() {
        return waiting.size();
    }

    public boolean idle() {
        return !busy && waiting.isEmpty();
    }

    private void next() {
        var batch = new ArrayList<Waiting<E, R>>(Math.min(batchMax, waiting.size()));
        while (batch.size() < batchMax && !waiting.isEmpty()) {
            batch.add(waiting.poll());
        }
        busy = true;
        call(batch.stream().map(Waiting::element).toList()).onComplete(done -> {
            busy = false;
            if (!waiting.isEmpty()) {
                next();
            }
            for (int i = 0; i < batch.size(); i++) {
                Promise<R> promise = batch.get(i).promise();
                if (done.succeeded()) {
                    promise.complete(done.result().get(i));
                } else {
                    promise.fail(done.cause());
                }
            }
        });
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
}
