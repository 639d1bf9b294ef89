package dev.doorbuster.runtime.batch;

import dev.doorbuster.runtime.batch.Batcher.BatcherFullException;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A {@link Batcher} for each key, so that elements of one key keep their order and do not wait for another key's round
 * trip. Idle batchers are removed when a new key arrives. To be used on one event loop only.
 *
 * @param <K> the key
 * @param <E> what is submitted
 * @param <R> what each element becomes
 */
public final class KeyedBatcher<K, E, R> {
    private final Function<K, Batcher<E, R>> newBatcher;
    private final Map<K, Batcher<E, R>> batchers = new HashMap<>();

    public KeyedBatcher(Function<K, Batcher<E, R>> newBatcher) {
        this.newBatcher = newBatcher;
    }

    /** Fails with {@link BatcherFullException} where too many elements of this key wait already. */
    public Future<R> submit(K key, E element) {
        Batcher<E, R> batcher = batchers.get(key);
        if (batcher == null) {
            batchers.values().removeIf(Batcher::idle);
            batcher = newBatcher.apply(key);
            batchers.put(key, batcher);
        }
        return batcher.submit(element);
    }

    public int keys() {
        return batchers.size();
    }
}
