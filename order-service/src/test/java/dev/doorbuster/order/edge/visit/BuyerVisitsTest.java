package dev.doorbuster.order.edge.visit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.message.BuyersVisited;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.VisitorPosition;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BuyerVisitsTest {
    private final Vertx vertx = Vertx.vertx();
    private final List<Message> published = new ArrayList<>();
    private final SaleId sale = SaleId.random(new Random());
    private boolean confirms = true;
    private final BuyerVisits visits = new BuyerVisits(vertx, new Publisher() {
        @Override
        public Future<Void> publish(Route route, Message message) {
            assertThat(route).isEqualTo(Route.visits());
            published.add(message);
            return confirms ? Future.succeededFuture() : Future.failedFuture("no confirm");
        }

        @Override
        public void tell(Route route, Message message) {
            throw new UnsupportedOperationException("visits are confirmed");
        }

        @Override
        public boolean isOpen() {
            return true;
        }
    });

    @AfterEach
    void close() {
        Future<Void> unused = vertx.close();
    }

    private void send() {
        assertThat(visits.send().succeeded()).isTrue();
    }

    private int[] positions() {
        return published.stream()
                .flatMap(message -> message.elements(BuyersVisited.class).stream())
                .flatMapToInt(visited -> Arrays.stream(visited.decoded()))
                .toArray();
    }

    @Test
    void sendsEachBuyerOnce() {
        // When
        visits.visited(sale, "alice");
        visits.visited(sale, "bob");
        send();
        visits.visited(sale, "alice");
        send();

        // Then
        assertThat(published).hasSize(1);
        assertThat(positions()).containsExactlyInAnyOrder(VisitorPosition.of("alice"), VisitorPosition.of("bob"));
    }

    @Test
    void sendsAtMostOneMessageOfASaleAtATime() {
        // When
        IntStream.range(0, 30_000).forEach(number -> visits.visited(sale, "buyer-" + number));
        send();

        // Then
        assertThat(positions()).hasSize(BuyersVisited.POSITIONS_MAX);
        send();
        send();
        send();
        assertThat(published).hasSize(3);
        assertThat(positions()).doesNotHaveDuplicates();
    }

    @Test
    void sendsAgainWhatWasNotConfirmed() {
        // Given
        visits.visited(sale, "alice");
        confirms = false;
        send();

        // When
        confirms = true;
        send();

        // Then
        assertThat(positions()).containsExactly(VisitorPosition.of("alice"), VisitorPosition.of("alice"));
    }

    @Test
    void sendsAllAgain() {
        // Given
        visits.visited(sale, "alice");
        visits.visited(sale, "bob");
        send();
        published.clear();

        // When
        visits.sendAllAgain();
        visits.visited(sale, "carol");
        send();
        send();

        // Then
        assertThat(published).hasSize(2);
        assertThat(published.stream()
                        .flatMap(message -> message.elements(BuyersVisited.class).stream())
                        .filter(BuyersVisited::isNew)
                        .flatMapToInt(visited -> Arrays.stream(visited.decoded())))
                .containsExactly(VisitorPosition.of("carol"));
        assertThat(positions())
                .contains(VisitorPosition.of("alice"), VisitorPosition.of("bob"), VisitorPosition.of("carol"));
    }

    @Test
    void keepsTheFewBuyersOfManySales() {
        // Given
        var random = new Random(7);
        List<SaleId> sales =
                Stream.generate(() -> SaleId.random(random)).limit(1_000).toList();

        // When
        for (int round = 0; round < 2; round++) {
            sales.forEach(each -> visits.visited(each, "alice"));
            send();
            visits.forgetBeyond(1_000_000);
        }

        // Then
        assertThat(published).extracting(Message::sale).containsExactlyInAnyOrderElementsOf(sales);
    }

    @Test
    void forgetsTheSaleThatWasNotVisitedForTheLongestTime() {
        // Given
        var random = new Random(7);
        SaleId first = SaleId.random(random);
        SaleId second = SaleId.random(random);
        for (SaleId each : List.of(first, second)) {
            IntStream.range(0, 1_000).forEach(number -> visits.visited(each, "buyer-" + number));
        }
        visits.visited(first, "alice");
        send();
        published.clear();

        // When
        visits.forgetBeyond(3_000);

        // Then
        visits.sendAllAgain();
        send();
        assertThat(published).extracting(Message::sale).containsExactly(first);
    }
}
