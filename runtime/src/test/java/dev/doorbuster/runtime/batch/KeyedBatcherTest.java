package dev.doorbuster.runtime.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyedBatcherTest {
    private final List<Promise<List<String>>> roundTrips = new ArrayList<>();
    private final KeyedBatcher<String, String, String> batchers =
            new KeyedBatcher<>(key -> new Batcher<>(10, 10, batch -> {
                Promise<List<String>> promise = Promise.promise();
                roundTrips.add(promise);
                return promise.future();
            }));

    @Test
    void doesNotLetOneKeyWaitForAnother() {
        // Given
        Future<String> first = batchers.submit("a", "first");
        Future<String> second = batchers.submit("a", "second");

        // When
        Future<String> other = batchers.submit("b", "other");
        roundTrips.get(1).complete(List.of("done"));

        // Then
        assertThat(other.result()).isEqualTo("done");
        assertThat(first.isComplete() || second.isComplete()).isFalse();
        assertThat(roundTrips).hasSize(2);
    }

    @Test
    void forgetsIdleKeys() {
        // Given
        Future<String> first = batchers.submit("a", "first");
        roundTrips.get(0).complete(List.of("done"));

        // When
        Future<String> second = batchers.submit("b", "second");

        // Then
        assertThat(first.succeeded()).isTrue();
        assertThat(second.isComplete()).isFalse();
        assertThat(batchers.keys()).isEqualTo(1);
    }
}
