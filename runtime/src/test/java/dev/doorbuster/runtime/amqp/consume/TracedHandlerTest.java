package dev.doorbuster.runtime.amqp.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderCancel;
import dev.doorbuster.contracts.message.OrderHoldOver;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.runtime.trace.TraceConfigs;
import dev.doorbuster.runtime.trace.Tracing;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class TracedHandlerTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final SaleId SALE = SaleId.random(new Random(1));
    private static final String ALICE = "00-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-aaaaaaaaaaaaaaaa-01";
    private static final String BOB = "00-bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb-bbbbbbbbbbbbbbbb-01";

    private final Vertx vertx = Vertx.vertx();
    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final Tracing tracing = TraceConfigs.to(exporter);
    private final List<MessageBatch> handled = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        // One after the other: a future composed with the close of Vert.x has no thread left to complete on.
        tracing.stop(vertx).toCompletionStage().toCompletableFuture().get(SOON.toSeconds(), TimeUnit.SECONDS);
        vertx.close().toCompletionStage().toCompletableFuture().get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void givesEachTracedElementASpanInItsOwnTraceLinkedWithOneForAll() {
        // Given
        var batch = new MessageBatch(List.of(
                Message.of(SALE, List.of(cancel(ALICE), cancel(null))), Message.of(SALE, List.of(cancel(BOB)))));

        // When
        Future<Void> done = traced(each -> Future.succeededFuture()).handle(batch);

        // Then
        assertThat(done.succeeded()).isTrue();
        List<SpanData> spans = spans(3);
        SpanData together = only(spans, "process together");
        List<SpanData> each = spans.stream().filter(span -> span != together).toList();
        assertThat(each).extracting(SpanData::getName).containsExactly("process order.cancel", "process order.cancel");
        assertThat(each).extracting(SpanData::getTraceId).containsExactly("a".repeat(32), "b".repeat(32));
        assertThat(each).extracting(SpanData::getParentSpanId).containsExactly("a".repeat(16), "b".repeat(16));
        assertThat(each).allSatisfy(span -> {
            assertThat(span.getKind()).isEqualTo(SpanKind.CONSUMER);
            assertThat(links(span)).containsExactly(together.getSpanId());
        });
        assertThat(together.getParentSpanContext().isValid()).isFalse();
        assertThat(links(together)).containsExactly("a".repeat(16), "b".repeat(16));
    }

    @Test
    void createsNoSecondSpanForASingleElement() {
        Future<Void> done = traced(each -> Future.succeededFuture())
                .handle(new MessageBatch(List.of(Message.of(SALE, cancel(ALICE)))));

        assertThat(done.succeeded()).isTrue();
        assertThat(spans(1))
                .singleElement()
                .satisfies(span -> assertThat(span.getLinks()).isEmpty());
    }

    @Test
    void passesOnElementsWithItsSpansAsParentsAndLeavesOthersUnchanged() {
        // Given
        OrderCancel untraced = cancel(null);
        var batch = new MessageBatch(List.of(Message.of(SALE, List.of(untraced, cancel(ALICE)))));

        // When
        Future<Void> done = traced(each -> Future.succeededFuture()).handle(batch);

        // Then
        assertThat(done.succeeded()).isTrue();
        SpanData span = only(spans(2), "process order.cancel");
        List<OrderCancel> seen = handled.get(0).messages().get(0).elements(OrderCancel.class);
        assertThat(handled.get(0).messages().get(0).id())
                .isEqualTo(batch.messages().get(0).id());
        assertThat(seen.get(0)).isSameAs(untraced);
        assertThat(seen.get(1).trace()).isEqualTo("00-" + "a".repeat(32) + "-" + span.getSpanId() + "-01");
    }

    @Test
    void passesOnAnUntracedBatchUnchanged() {
        var batch = new MessageBatch(List.of(Message.of(SALE, new OrderHoldOver(UUID.randomUUID()))));

        Future<Void> done = traced(each -> Future.succeededFuture()).handle(batch);

        assertThat(done.succeeded()).isTrue();
        assertThat(handled).containsExactly(batch);
    }

    @Test
    void runsTheStepsAfterTheAcknowledgement() {
        // Given
        var said = new ArrayList<String>();
        var batch = new MessageBatch(List.of(Message.of(SALE, cancel(ALICE))));
        Future<Void> done = traced(each -> {
                    each.afterAcknowledge(() -> said.add("afterwards"));
                    return Future.succeededFuture();
                })
                .handle(batch);
        assertThat(done.succeeded()).isTrue();
        assertThat(said).isEmpty();

        // When
        batch.acknowledged();

        // Then
        assertThat(said).containsExactly("afterwards");
    }

    @Test
    void asksTheDeliveringBrokerWhetherTheSubscriptionIsStillActive() {
        // Given
        Promise<Void> broker = Promise.promise();
        var batch = new MessageBatch(List.of(Message.of(SALE, cancel(ALICE))), Set.of(), broker::future);

        // When
        Future<Void> done = traced(MessageBatch::stillOurs).handle(batch);
        boolean wasComplete = done.isComplete();
        broker.fail("the channel is closed");

        // Then
        assertThat(wasComplete).isFalse();
        assertThat(done.failed()).isTrue();
    }

    @Test
    void recordsOnlyTheClassOfAFailureAndLogsItWithTheTraceIds() {
        // Given
        var logged = new ArrayList<String>();
        var batch = new MessageBatch(List.of(Message.of(SALE, cancel(ALICE))));

        // When
        Promise<Void> attempt = Promise.promise();
        traced(each -> attempt.future()).handle(batch).onFailure(cause -> logged.add(MDC.get("trace_id")));
        attempt.fail(new DataException("of alice", null));

        // Then
        assertThat(logged).containsExactly("a".repeat(32));
        assertThat(MDC.get("trace_id")).isNull();
        SpanData span = spans(1).get(0);
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.toString()).contains("DataException").doesNotContain("of alice");
    }

    @Test
    void aHandlerThatThrowsFailsItsSpan() {
        // Given
        var batch = new MessageBatch(List.of(Message.of(SALE, cancel(ALICE))));
        var fault = new IllegalArgumentException("of alice");

        // When
        Future<Void> done = traced(each -> {
                    throw fault;
                })
                .handle(batch);

        // Then
        assertThat(done.cause()).isSameAs(fault);
        SpanData span = spans(1).get(0);
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.toString()).contains("IllegalArgumentException").doesNotContain("of alice");
    }

    private TracedHandler traced(BatchHandler handler) {
        return new TracedHandler(
                batch -> {
                    handled.add(batch);
                    return handler.handle(batch);
                },
                tracing);
    }

    private List<SpanData> spans(int count) {
        await().atMost(SOON).until(() -> exporter.getFinishedSpanItems().size() == count);
        return exporter.getFinishedSpanItems();
    }

    private static SpanData only(List<SpanData> spans, String name) {
        return spans.stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> links(SpanData span) {
        return span.getLinks().stream()
                .map(LinkData::getSpanContext)
                .map(context -> context.getSpanId())
                .toList();
    }

    private static OrderCancel cancel(String trace) {
        return new OrderCancel(UUID.randomUUID(), UUID.randomUUID(), "alice", "edge", Instant.EPOCH, trace);
    }
}
