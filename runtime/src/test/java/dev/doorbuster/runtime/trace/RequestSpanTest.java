package dev.doorbuster.runtime.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Trace headers of clients, over a real connection. */
class RequestSpanTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN_ID = "00f067aa0ba902b7";

    private final Vertx vertx = Vertx.vertx();
    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final List<Optional<String>> handedOn = new CopyOnWriteArrayList<>();
    private Tracing tracing;
    private HttpServer server;

    static List<String> notOfItsForm() {
        return List.of(
                "",
                "00",
                "garbage",
                "%s%n${jndi:x}",
                "\u00e4".repeat(55),
                "00-" + TRACE_ID + "-" + SPAN_ID,
                "00-" + TRACE_ID + "-" + SPAN_ID + "-01-more",
                "00-" + TRACE_ID + "-" + SPAN_ID + "-zz",
                "ff-" + TRACE_ID + "-" + SPAN_ID + "-01",
                "00-" + "0".repeat(32) + "-" + SPAN_ID + "-01",
                "00-" + TRACE_ID + "-" + "0".repeat(16) + "-01",
                "00-" + "z".repeat(32) + "-" + SPAN_ID + "-01",
                "00-" + "a".repeat(7_000) + "-" + SPAN_ID + "-01",
                "\"}],\"trace\":\"x");
    }

    @AfterEach
    void stop() throws Exception {
        get(tracing.stop(vertx));
        get(vertx.close());
    }

    @ParameterizedTest
    @MethodSource("notOfItsForm")
    void takesNothingFromATraceparentThatIsNotOfItsForm(String header) throws Exception {
        // Given: every request is traced, so that a span shows its parent
        start("1");

        // When
        String answer = send("GET", "/", header);

        // Then
        assertThat(answer).startsWith("HTTP/1.1 200");
        SpanData span = span();
        assertThat(span.getParentSpanContext().isValid()).isFalse();
        assertThat(span.getTraceId()).isNotEqualTo(TRACE_ID);
        assertThat(handedOn).containsExactly(Optional.of(TraceParent.format(span.getSpanContext())));
        assertThat(span.getSpanContext().isSampled()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("notOfItsForm")
    void isNotForcedToTraceByOneThatIsNotOfItsForm(String header) throws Exception {
        start("0");

        assertThat(send("GET", "/", header)).startsWith("HTTP/1.1 200");
        assertThat(handedOn).containsExactly(Optional.empty());
    }

    @Test
    void passesOnItsOwnSpanAndNotTheClients() throws Exception {
        // Given
        start("0");

        // When
        String answer = send("GET", "/", "00-" + TRACE_ID + "-" + SPAN_ID + "-01");

        // Then
        assertThat(answer).startsWith("HTTP/1.1 200");
        SpanData span = span();
        assertThat(span.getParentSpanId()).isEqualTo(SPAN_ID);
        assertThat(handedOn).containsExactly(Optional.of("00-" + TRACE_ID + "-" + span.getSpanId() + "-01"));
    }

    @Test
    void truncatesTextOfTheClient() throws Exception {
        // Given
        start("1");

        // When
        String answer = send("X".repeat(1_000), "/" + "y".repeat(2_000), "");

        // Then
        assertThat(answer).startsWith("HTTP/1.1 200");
        SpanData span = span();
        assertThat(span.getName()).isEqualTo("_OTHER");
        assertThat(span.getAttributes().get(SpanAttributes.REQUEST_METHOD)).isEqualTo("_OTHER");
        assertThat(span.getAttributes().get(SpanAttributes.URL_PATH)).hasSize(256);
    }

    private void start(String ratio) throws Exception {
        tracing = Tracing.start(
                TraceConfigs.of(
                        "DOORBUSTER_TRACE_EXPORTER", "otlp", "DOORBUSTER_TRACE_RATIO", ratio, "exportEvery", "10"),
                exporter,
                new SimpleMeterRegistry());
        server = get(vertx.createHttpServer(new HttpServerOptions().setMaxHeaderSize(16 * 1024))
                .requestHandler(this::serve)
                .listen(0, "127.0.0.1"));
    }

    private void serve(HttpServerRequest request) {
        RequestSpan span = tracing.begin(request);
        handedOn.add(Optional.ofNullable(span.traceparent()));
        Future<Void> unused = request.response()
                .endHandler(ended -> span.end(request.response()))
                .end();
    }

    private String send(String method, String path, String traceparent) throws IOException {
        String request = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\ntraceparent: "
                + traceparent + "\r\n\r\n";
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
            socket.setSoTimeout((int) SOON.toMillis());
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.UTF_8));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private SpanData span() {
        await().atMost(SOON).until(() -> exporter.getFinishedSpanItems().size() == 1);
        return exporter.getFinishedSpanItems().get(0);
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(SOON.toSeconds(), TimeUnit.SECONDS);
    }
}
