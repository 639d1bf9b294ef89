package dev.doorbuster.runtime.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoundTripLimitTest {
    private final RoundTripLimit limit = new RoundTripLimit(1);
    private final List<List<Integer>> sent = new ArrayList<>();
    private final List<Promise<List<Integer>>> roundTrips = new ArrayList<>();

    private Batcher<Integer, Integer> batcher() {
        return new Batcher<Integer, Integer>(10, 20_000, elements -> {
                    sent.add(elements);
                    Promise<List<Integer>> promise = Promise.promise();
                    roundTrips.add(promise);
                    return promise.future().onComplete(done -> limit.end());
                })
                .limitedBy(limit, () -> true);
    }

    private void end(int roundTrip) {
        roundTrips.get(roundTrip).complete(sent.get(roundTrip));
    }

    @Test
    void gathersElementsUntilARoundTripMayBegin() {
        // Given
        Future<Integer> first = batcher().submit(1);
        var second = batcher();
        Future<Integer> two = second.submit(2);
        Future<Integer> three = second.submit(3);
        assertThat(sent).containsExactly(List.of(1));

        // When
        end(0);

        // Then
        assertThat(first.succeeded()).isTrue();
        assertThat(sent).containsExactly(List.of(1), List.of(2, 3));
        end(1);
        assertThat(two.succeeded() && three.succeeded()).isTrue();
    }

    @Test
    void beginsInTheOrderOfWaiting() {
        // Given
        var first = batcher();
        Future<Integer> one = first.submit(1);
        Future<Integer> two = batcher().submit(2);
        Future<Integer> three = first.submit(3);

        // When
        end(0);
        Future<Integer> four = batcher().submit(4);
        IntStream.range(1, 4).forEach(this::end);

        // Then
        assertThat(List.of(one, two, three, four)).allMatch(Future::succeeded);
        assertThat(sent).containsExactly(List.of(1), List.of(2), List.of(3), List.of(4));
    }

    @Test
    void limitsNothingWhileItIsLifted() {
        // Given
        Future<Integer> one = batcher().submit(1);
        Future<Integer> two = batcher().submit(2);

        // When
        limit.lift();
        Future<Integer> three = batcher().submit(3);
        limit.restore();
        Future<Integer> four = batcher().submit(4);

        // Then
        assertThat(sent).containsExactly(List.of(1), List.of(2), List.of(3));
        IntStream.range(0, 3).forEach(this::end);
        assertThat(sent).contains(List.of(4));
        assertThat(one.succeeded() && two.succeeded() && three.succeeded()).isTrue();
        assertThat(four.isComplete()).isFalse();
    }

    @Test
    void endsAnyNumberOfRoundTripsThatFailAtOnce() {
        // Given
        Future<Integer> first = batcher().submit(1);
        var failures = new ArrayList<Future<Integer>>();
        for (int i = 0; i < 10_000; i++) {
            failures.add(new Batcher<Integer, Integer>(
                            1,
                            1,
                            elements ->
                                    Future.<List<Integer>>failedFuture("closed").onComplete(done -> limit.end()))
                    .limitedBy(limit, () -> true)
                    .submit(i));
        }
        assertThat(failures).noneMatch(Future::isComplete);

        // When
        end(0);

        // Then
        assertThat(first.succeeded()).isTrue();
        assertThat(failures).allMatch(Future::failed);
    }
}
