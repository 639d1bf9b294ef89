package dev.doorbuster.runtime.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.metrics.HttpServerMetrics;
import io.vertx.core.spi.observability.HttpRequest;
import io.vertx.core.spi.observability.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Metrics of all HTTP servers of the process, with the names of vertx-micrometer-metrics.
 *
 * <p>The library looks up each meter in the registry with new tags for each request, which costs more than a tenth of an edge's
 * CPU time. This class caches the meters. The library also uses the request's method, which is client input, as a label; here
 * all methods that HTTP does not define share {@link #OTHER_METHOD}. Safe for any thread.
 */
final class HttpServerMeters implements HttpServerMetrics<HttpServerMeters.Request, Void, HttpServerMeters> {
    /** Name of an unknown method in OpenTelemetry's semantic conventions. */
    static final String OTHER_METHOD = "_OTHER";

    private static final String PREFIX = "vertx.http.server.";
    private static final Set<HttpMethod> METHODS = Set.copyOf(HttpMethod.values());

    private final MeterRegistry registry;
    private final AtomicInteger connections = new AtomicInteger();
    private final Counter bytesRead;
    private final Counter bytesWritten;
    private final Map<String, ByMethod> byMethod = new ConcurrentHashMap<>();
    private final Map<Answer, ByAnswer> byAnswer = new ConcurrentHashMap<>();

    /** A request in progress. */
    static final class Request {
        private final ByMethod meters;
        private final long startNanos = System.nanoTime();
        private String route = "";
        private boolean over;

        Request(ByMethod meters) {
            this.meters = meters;
        }

        /** Once: a request whose response has ended is reset as well if its connection closes before its body has come. */
        void end() {
            if (!over) {
                over = true;
                int unused = meters.active().decrementAndGet();
            }
        }
    }

    private record ByMethod(String method, AtomicInteger active, DistributionSummary bytes) {}

    private record Answer(String method, String route, int code) {}

    private record ByAnswer(Counter requests, Timer time, DistributionSummary bytes) {}

    HttpServerMeters(MeterRegistry registry) {
        this.registry = registry;
        Gauge unused = Gauge.builder(PREFIX + "active.connections", connections, AtomicInteger::get)
                .description("Number of opened connections to the HTTP server")
                .register(registry);
        this.bytesRead = counter("bytes.read", "Number of bytes received by the server", Tags.empty());
        this.bytesWritten = counter("bytes.written", "Number of bytes sent by the server", Tags.empty());
    }

    @Override
    public HttpServerMeters connected(SocketAddress remote, String remoteName) {
        int unused = connections.incrementAndGet();
        return this;
    }

    @Override
    public void disconnected(HttpServerMeters socket, SocketAddress remote) {
        int unused = connections.decrementAndGet();
    }

    @Override
    public void bytesRead(HttpServerMeters socket, SocketAddress remote, long bytes) {
        bytesRead.increment((double) bytes);
    }

    @Override
    public void bytesWritten(HttpServerMeters socket, SocketAddress remote, long bytes) {
        bytesWritten.increment((double) bytes);
    }

    @Override
    public void exceptionOccurred(HttpServerMeters socket, SocketAddress remote, Throwable cause) {
        counter("errors", "Number of errors", Tags.empty()).increment();
    }

    @Override
    public Request requestBegin(HttpServerMeters socket, HttpRequest request) {
        HttpMethod method = request.method();
        ByMethod meters =
                byMethod.computeIfAbsent(METHODS.contains(method) ? method.name() : OTHER_METHOD, this::byMethod);
        int unused = meters.active().incrementAndGet();
        return new Request(meters);
    }

    @Override
    public void requestEnd(Request request, HttpRequest http, long bytes) {
        request.meters.bytes().record((double) bytes);
    }

    @Override
    public void requestRouted(Request request, String route) {
        if (route != null) {
            request.route = request.route.isEmpty() ? route : request.route + ">" + route;
        }
    }

    @Override
    public void requestReset(Request request) {
        counter("request.resets", "Number of requests reset", method(request.meters.method()))
                .increment();
        request.end();
    }

    @Override
    public void responseEnd(Request request, HttpResponse response, long bytes) {
        ByAnswer meters = byAnswer.computeIfAbsent(
                new Answer(request.meters.method(), request.route, response.statusCode()), this::byAnswer);
        meters.requests().increment();
        meters.time().record(System.nanoTime() - request.startNanos, TimeUnit.NANOSECONDS);
        meters.bytes().record((double) bytes);
        request.end();
    }

    private ByMethod byMethod(String method) {
        var active = new AtomicInteger();
        Gauge unused = Gauge.builder(PREFIX + "active.requests", active, AtomicInteger::get)
                .description("Number of requests being processed")
                .tags(method(method))
                .register(registry);
        return new ByMethod(method, active, summary("request.bytes", "Size of requests in bytes", method(method)));
    }

    private ByAnswer byAnswer(Answer answer) {
        Tags tags = method(answer.method()).and("route", answer.route(), "code", Integer.toString(answer.code()));
        Timer time = Timer.builder(PREFIX + "response.time")
                .description("Request processing time")
                .tags(tags)
                .register(registry);
        return new ByAnswer(
                counter("requests", "Number of processed requests", tags),
                time,
                summary("response.bytes", "Size of responses in bytes", tags));
    }

    private static Tags method(String method) {
        return Tags.of("method", method);
    }

    private Counter counter(String name, String description, Tags tags) {
        return Counter.builder(PREFIX + name)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private DistributionSummary summary(String name, String description, Tags tags) {
        return DistributionSummary.builder(PREFIX + name)
                .description(description)
                .tags(tags)
                .register(registry);
    }
}
