package dev.doorbuster.runtime.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.runtime.batch.Batcher.BatcherFullException;
import dev.doorbuster.runtime.batch.Batcher.RoundTripFailedException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatcherTest {
    private final List<List<Integer>> batches = new ArrayList<>();
    private final List<Promise<List<String>>> replies = new ArrayList<>();
    private final List<Promise<Void>> used = new ArrayList<>();
    private final List<String> settled = new ArrayList<>();
    private final Batcher<Integer, String> batcher = new Batcher<>(3, 5, this::roundTrip);

    private Future<List<String>> roundTrip(List<Integer> elements) {
        batches.add(elements);
        Promise<List<String>> reply = Promise.promise();
        replies.add(reply);
        return reply.future();
    }

    private Future<String> submit(int element) {
        return batcher.submit(element).onComplete(done -> settled.add(done.succeeded() ? done.result() : "failed"));
    }

    private void reply(int roundTrip) {
        replies.get(roundTrip)
                .complete(
                        batches.get(roundTrip).stream().map(each -> "r" + each).toList());
    }

    @Test
    void anIdleBatcherSendsOneElementAtOnce() {
        Future<String> one = submit(1);

        assertThat(batches).containsExactly(List.of(1));
        assertThat(one.isComplete()).isFalse();
        assertThat(batcher.idle()).isFalse();
    }

    @Test
    void elementsThatArriveDuringARoundTripAreSentTogetherInTheNext() {
        // Given
        IntStream.rangeClosed(1, 4).forEach(this::submitOnly);

        // When
        reply(0);

        // Then
        assertThat(batches).containsExactly(List.of(1), List.of(2, 3, 4));
        assertThat(settled).containsExactly("r1");
    }

    @Test
    void aBatchIsNeverLargerThanItMayBe() {
        IntStream.rangeClosed(1, 6).forEach(this::submitOnly);

        reply(0);
        reply(1);
        reply(2);

        assertThat(batches).containsExactly(List.of(1), List.of(2, 3, 4), List.of(5, 6));
        assertThat(settled).containsExactly("r1", "r2", "r3", "r4", "r5", "r6");
        assertThat(batcher.idle()).isTrue();
    }

    @Test
    void rejectsElementsBeyondTheLimit() {
        IntStream.rangeClosed(1, 6).forEach(this::submitOnly);

        Future<String> tooMany = submit(7);

        assertThat(tooMany.cause()).isInstanceOf(BatcherFullException.class);
        assertThat(batcher.waiting()).isEqualTo(5);
    }

    @Test
    void aFailedRoundTripFailsItsElementsAndNoOther() {
        IntStream.rangeClosed(1, 2).forEach(this::submitOnly);

        replies.get(0).fail("connection lost");
        reply(1);

        assertThat(settled).containsExactly("failed", "r2");
    }

    @Test
    void aFailedRoundTripFailsWhatWaitsBehindItWhereAsked() {
        // Given
        var refusing = new Batcher<Integer, String>(2, 5, this::roundTrip).failingWaiting();
        List<Future<String>> all =
                IntStream.rangeClosed(1, 4).mapToObj(refusing::submit).toList();

        // When
        replies.get(0).fail("no confirm");

        // Then
        assertThat(all.get(0).cause()).hasMessage("no confirm");
        assertThat(all.subList(1, 4))
                .allSatisfy(each -> assertThat(each.cause())
                        .isInstanceOf(RoundTripFailedException.class)
                        .hasMessageContaining("no confirm"));
        assertThat(batches).containsExactly(List.of(1));
        assertThat(refusing.idle()).isTrue();

        // When, Then
        Future<String> later = refusing.submit(5);
        reply(1);
        assertThat(later.result()).isEqualTo("r5");
    }

    @Test
    void anElementSubmittedWhenWaitingOnesFailIsSent() {
        // Given
        var refusing = new Batcher<Integer, String>(1, 5, this::roundTrip).failingWaiting();
        Future<String> unused = refusing.submit(1);
        var again = new ArrayList<Future<String>>();
        refusing.submit(2).onFailure(cause -> again.add(refusing.submit(3)));

        // When
        replies.get(0).fail("no confirm");
        reply(1);

        // Then
        assertThat(batches).containsExactly(List.of(1), List.of(3));
        assertThat(again.get(0).result()).isEqualTo("r3");
    }

    @Test
    void aRoundTripThatThrowsFailsItsElements() {
        var throwing = new Batcher<Integer, String>(3, 5, elements -> {
            throw new IllegalStateException("a bug");
        });

        assertThat(throwing.submit(1).cause()).hasMessage("a bug");
        assertThat(throwing.idle()).isTrue();
    }

    @Test
    void tooFewResultsFailEveryElement() {
        submitOnly(1);
        submitOnly(2);
        submitOnly(3);
        reply(0);

        replies.get(1).complete(List.of("r2"));

        assertThat(settled).containsExactly("r1", "failed", "failed");
    }

    @Test
    void settlesInOrderOfArrivalEvenWhereRoundTripsEndAtOnce() {
        // Given
        Promise<List<Integer>> first = Promise.promise();
        var order = new ArrayList<Integer>();
        var instant = new Batcher<Integer, Integer>(
                1, 10, elements -> elements.get(0) == 1 ? first.future() : Future.succeededFuture(elements));
        IntStream.rangeClosed(1, 4).forEach(each -> instant.submit(each).onSuccess(order::add));

        // When
        first.complete(List.of(1));

        // Then
        assertThat(order).containsExactly(1, 2, 3, 4);
    }

    @Test
    void anyNumberOfRoundTripsMayEndAtOnce() {
        // Given
        int many = 100_000;
        Promise<List<Integer>> first = Promise.promise();
        var instant = new Batcher<Integer, Integer>(
                1, many, elements -> elements.get(0) == 0 ? first.future() : Future.failedFuture("closed"));
        List<Future<Integer>> all =
                IntStream.range(0, many).mapToObj(instant::submit).toList();

        // When
        first.complete(List.of(0));

        // Then
        assertThat(all).allMatch(Future::isComplete);
        assertThat(instant.idle()).isTrue();
    }

    @Test
    void aCallerThatThrowsAffectsNoOther() {
        // Given
        submitOnly(1);
        batcher.submit(2).onComplete(done -> {
            throw new IllegalStateException("a caller's bug");
        });
        submitOnly(3);
        reply(0);

        // When
        reply(1);

        // Then
        submitOnly(4);
        reply(2);
        assertThat(settled).containsExactly("r1", "r3", "r4");
    }

    @Test
    void anElementSubmittedByACallbackIsNotLost() {
        batcher.submit(1).onSuccess(done -> submitOnly(2));

        reply(0);
        reply(1);

        assertThat(settled).containsExactly("r2");
        assertThat(batcher.idle()).isTrue();
    }

    @Test
    void aGatheringBatcherWaitsUntilTheBatchBeforeIsUsed() {
        // Given
        collecting();
        submitOnly(1);
        submitOnly(2);

        // When
        reply(0);

        // Then
        assertThat(settled).containsExactly("r1");
        assertThat(batches).containsExactly(List.of(1));
        assertThat(batcher.idle()).isFalse();
        submitOnly(3);
        used.get(0).complete();
        assertThat(batches).containsExactly(List.of(1), List.of(2, 3));
    }

    @Test
    void aGatheringBatcherDoesNotWaitOnceEnoughElementsDo() {
        // Given
        collecting();
        submitOnly(1);
        reply(0);
        IntStream.rangeClosed(2, 4).forEach(this::submitOnly);

        // When
        assertThat(batches).containsExactly(List.of(1), List.of(2, 3, 4));
        used.get(0).complete();
        IntStream.rangeClosed(5, 7).forEach(this::submitOnly);
        reply(1);

        // Then
        assertThat(batches).containsExactly(List.of(1), List.of(2, 3, 4), List.of(5, 6, 7));
    }

    @Test
    void aGatheringBatcherIsIdleOnceTheLastBatchIsUsed() {
        // Given
        collecting();
        submitOnly(1);
        reply(0);

        // When
        used.get(0).complete();
        boolean idle = batcher.idle();
        submitOnly(2);

        // Then
        assertThat(idle).isTrue();
        assertThat(batches).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void aGatheringBatcherDoesNotWaitForABatchThatFailed() {
        // Given
        collecting();
        submitOnly(1);
        submitOnly(2);

        // When
        replies.get(0).fail("lost");

        // Then
        assertThat(batches).containsExactly(List.of(1), List.of(2));
        assertThat(used).isEmpty();
    }

    private void collecting() {
        var unused = batcher.collecting(3, batch -> {
            Promise<Void> promise = Promise.promise();
            used.add(promise);
            return promise.future();
        });
    }

    private void submitOnly(int element) {
        Future<String> unused = submit(element);
    }
}
