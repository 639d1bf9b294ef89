package dev.doorbuster.runtime.amqp.consume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderHoldOver;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.runtime.amqp.BrokerConfigs;
import dev.doorbuster.runtime.start.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FailurePolicyTest {
    private static final SaleId SALE = new SaleId("abcdefghij234567");

    private final Vertx vertx = Vertx.vertx();
    private final AtomicBoolean alive = new AtomicBoolean(true);
    private final List<UUID> handled = new ArrayList<>();
    private final List<UUID> kept = new ArrayList<>();
    private final List<UUID> postponed = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void halvesABatchDownToTheFailingElement() throws Exception {
        // Given
        List<UUID> ids = ids(9);
        UUID culprit = ids.get(6);
        var policy = policy(batch -> {
            if (idsOf(batch.messages()).contains(culprit)) {
                return Future.failedFuture(new DataException("no such thing", null));
            }
            handled.addAll(idsOf(batch.messages()));
            return Future.succeededFuture();
        });
        var messages = List.of(message(ids.subList(0, 3)), message(ids.subList(3, 8)), message(ids.subList(8, 9)));

        // When
        List<MessageBatch> done = await(policy.handle(messages, Set.of()));

        // Then
        var innocent = new ArrayList<>(ids);
        innocent.remove(culprit);
        assertThat(handled).containsExactlyElementsOf(innocent);
        assertThat(kept).containsExactly(culprit);
        assertThat(idsOf(done.stream().flatMap(each -> each.messages().stream()).toList()))
                .containsExactlyElementsOf(innocent);
    }

    @Test
    void keepsABatchDuringAnOutageAndIsNotReadyMeanwhile() throws Exception {
        // Given
        List<UUID> ids = ids(4);
        var problems = new ArrayList<String>();
        var attempts = new ArrayList<MessageBatch>();
        FailurePolicy[] policy = new FailurePolicy[1];
        policy[0] = policy(batch -> {
            attempts.add(batch);
            policy[0].problem().ifPresent(problems::add);
            return attempts.size() < 4
                    ? Future.failedFuture(new ConnectException("refused"))
                    : Future.succeededFuture();
        });

        // When
        List<MessageBatch> done = await(policy[0].handle(List.of(message(ids)), Set.of()));

        // Then
        assertThat(done).containsExactly(attempts.get(3));
        assertThat(problems).hasSize(3).allMatch(problem -> problem.contains("refused"));
        assertThat(policy[0].problem()).isEmpty();
        assertThat(kept).isEmpty();
    }

    /** What follows changes fields that belong to the event loop. */
    @Test
    void continuesOnTheCallersContextWhereverTheHandlerCompletes() throws Exception {
        // Given
        Promise<Void> store = Promise.promise();
        var policy = policy(batch -> store.future());
        Context consumers = vertx.getOrCreateContext();
        var continued = new AtomicReference<Context>();
        Future<List<MessageBatch>> done = EventLoop.on(
                consumers,
                () -> policy.handle(List.of(message(ids(1))), Set.of())
                        .onSuccess(v -> continued.set(Vertx.currentContext())));
        Object unused = await(EventLoop.on(consumers, Future::succeededFuture));

        // When
        store.complete();

        // Then
        assertThat(await(done)).hasSize(1);
        assertThat(continued.get()).isSameAs(consumers);
    }

    @Test
    void needsNoMoreStackAfterManyAttemptsThanAfterAFew() throws Exception {
        assertThat(stackAfter(100)).isEqualTo(stackAfter(3));
    }

    /** The depth at which a batch is done after so many attempts. */
    private int stackAfter(int attempts) throws Exception {
        var made = new AtomicInteger();
        var policy = policy(batch -> made.incrementAndGet() < attempts
                ? Future.failedFuture(new ConnectException("refused"))
                : Future.succeededFuture());
        return await(EventLoop.on(
                vertx.getOrCreateContext(),
                () -> policy.handle(List.of(message(ids(1))), Set.of())
                        .map(done -> Thread.currentThread().getStackTrace().length)));
    }

    @Test
    void stopsRetryingWhenTheDeliveringChannelIsClosed() {
        // Given
        var policy = policy(batch -> {
            alive.set(false);
            return Future.failedFuture(new ConnectException("refused"));
        });

        // When
        Future<List<MessageBatch>> done = policy.handle(List.of(message(ids(2))), Set.of());

        // Then
        assertThat(done.toCompletionStage().toCompletableFuture()).failsWithin(Duration.ofSeconds(10));
        assertThat(kept).isEmpty();
    }

    @Test
    void treatsAProgrammingErrorLikeAnInvalidMessage() throws Exception {
        // Given
        List<UUID> ids = ids(2);
        var policy = policy(batch -> {
            if (idsOf(batch.messages()).contains(ids.get(1))) {
                throw new NullPointerException("a bug");
            }
            handled.addAll(idsOf(batch.messages()));
            return Future.succeededFuture();
        });

        // When
        List<MessageBatch> done = await(policy.handle(List.of(message(ids)), Set.of()));

        // Then
        assertThat(done).hasSize(1);
        assertThat(handled).containsExactly(ids.get(0));
        assertThat(kept).containsExactly(ids.get(1));
    }

    @Test
    void callsRefuseBeforeAMessageIsDeadLettered() throws Exception {
        // Given
        List<UUID> ids = ids(1);
        var refused = new ArrayList<UUID>();
        var policy = policy(new BatchHandler() {
            @Override
            public Future<Void> handle(MessageBatch batch) {
                return Future.failedFuture(new DataException("no", null));
            }

            @Override
            public Future<Void> refuse(Message culprit, DataException cause) {
                refused.addAll(idsOf(List.of(culprit)));
                return Future.succeededFuture();
            }
        });

        // When
        List<MessageBatch> done = await(policy.handle(List.of(message(ids)), Set.of()));

        // Then
        assertThat(done).isEmpty();
        assertThat(refused).isEqualTo(ids);
        assertThat(kept).isEmpty();
    }

    @Test
    void postponesAnUndeliverableMessageAsAWholeAndHandlesTheOthers() throws Exception {
        // Given
        List<UUID> ids = ids(5);
        List<Message> refused = new ArrayList<>();
        var policy = policy(batch -> {
            if (idsOf(batch.messages()).contains(ids.get(2))) {
                refused.addAll(batch.messages().size() == 1 ? batch.messages() : List.of());
                return Future.failedFuture(DeliveryException.later("answered 500"));
            }
            handled.addAll(idsOf(batch.messages()));
            return Future.succeededFuture();
        });
        var messages = List.of(message(ids.subList(0, 1)), message(ids.subList(1, 4)), message(ids.subList(4, 5)));

        // When
        List<MessageBatch> done = await(policy.handle(messages, Set.of()));

        // Then
        assertThat(refused).containsExactly(messages.get(1));
        assertThat(postponed).containsExactlyElementsOf(ids.subList(1, 4));
        assertThat(handled).containsExactly(ids.get(0), ids.get(4));
        assertThat(done).hasSize(2);
        assertThat(policy.problem()).isEmpty();
    }

    private FailurePolicy policy(BatchHandler handler) {
        return new FailurePolicy(
                vertx,
                BrokerConfigs.local(1, "nobody", "nothing"),
                "orders",
                handler,
                new FailurePolicy.DeadLetters() {
                    @Override
                    public Future<Void> keep(Message culprit, String reason) {
                        kept.addAll(idsOf(List.of(culprit)));
                        return Future.succeededFuture();
                    }

                    @Override
                    public Future<Void> postpone(Message culprit, DeliveryException failure) {
                        postponed.addAll(idsOf(List.of(culprit)));
                        return Future.succeededFuture();
                    }
                },
                alive::get,
                Future::succeededFuture);
    }

    private static List<UUID> ids(int count) {
        return IntStream.range(0, count).mapToObj(i -> new UUID(0, i)).toList();
    }

    private static Message message(List<UUID> ids) {
        return Message.of(SALE, ids.stream().map(OrderHoldOver::new).toList());
    }

    private static List<UUID> idsOf(List<Message> messages) {
        return messages.stream()
                .flatMap(message -> message.elements(OrderHoldOver.class).stream())
                .map(OrderHoldOver::orderId)
                .toList();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
