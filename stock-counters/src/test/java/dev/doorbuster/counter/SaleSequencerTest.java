package dev.doorbuster.counter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.value.SaleId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SaleSequencerTest {
    private final SaleId sale = Orders.newSale();
    private final List<String> begun = new ArrayList<>();

    @Test
    void startsTheNextWorkOnASaleWhenTheLastIsDone() {
        // Given
        var sequences = new SaleSequencer<>(4, number -> "line " + number);
        Promise<Void> first = Promise.promise();
        Future<Void> working = sequences.run(sale, line -> begin("first", first.future()));
        Future<Void> waiting = sequences.run(sale, line -> begin("second", Future.succeededFuture()));
        assertThat(begun).containsExactly("first");

        // When
        first.complete();

        // Then
        assertThat(begun).containsExactly("first", "second");
        assertThat(working.succeeded()).isTrue();
        assertThat(waiting.succeeded()).isTrue();
    }

    @Test
    void continuesAfterFailedWork() {
        // Given
        var sequences = new SaleSequencer<>(1, number -> "line " + number);
        Future<Void> failed = sequences.run(sale, line -> Future.failedFuture("no"));

        // When
        Future<String> next = sequences.run(Orders.newSale(), Future::succeededFuture);

        // Then
        assertThat(failed.failed()).isTrue();
        assertThat(next.result()).isEqualTo("line 0");
    }

    @Test
    void continuesAfterWorkThatThrew() {
        // Given
        var sequences = new SaleSequencer<>(1, number -> "line " + number);
        Future<Void> thrown = sequences.run(sale, line -> {
            throw new IllegalStateException("no");
        });

        // When
        Future<String> next = sequences.run(sale, Future::succeededFuture);

        // Then
        assertThat(thrown.failed()).isTrue();
        assertThat(next.succeeded()).isTrue();
    }

    private Future<Void> begin(String what, Future<Void> end) {
        begun.add(what);
        return end;
    }
}
