package dev.doorbuster.runtime.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatcherWeightTest {
    private final List<List<String>> batches = new ArrayList<>();
    private final List<Promise<List<String>>> roundTrips = new ArrayList<>();
    private final Batcher<String, String> batcher = new Batcher<>(100, 10, String::length, 100, batch -> {
        batches.add(batch);
        Promise<List<String>> roundTrip = Promise.promise();
        roundTrips.add(roundTrip);
        return roundTrip.future();
    });

    @Test
    void endsABatchBeforeItGrowsTooHeavy() {
        // Given
        submit("first");

        // When
        submit("aaaa", "bbbb", "cccc");
        complete(0);

        // Then
        assertThat(batches).containsExactly(List.of("first"), List.of("aaaa", "bbbb"));
    }

    @Test
    void sendsAnElementThatIsTooHeavyAlone() {
        // Given
        submit("first");

        // When
        submit("heavier than ten", "light");
        complete(0);
        complete(1);

        // Then
        assertThat(batches).containsExactly(List.of("first"), List.of("heavier than ten"), List.of("light"));
    }

    private void submit(String... elements) {
        for (String element : elements) {
            Future<String> unused = batcher.submit(element);
        }
    }

    private void complete(int roundTrip) {
        roundTrips.get(roundTrip).complete(batches.get(roundTrip));
    }
}
