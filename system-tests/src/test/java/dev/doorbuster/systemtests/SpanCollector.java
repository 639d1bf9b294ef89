package dev.doorbuster.systemtests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Receives spans by OTLP over HTTP, in protobuf. */
final class SpanCollector implements AutoCloseable {
    /** A span and its service. */
    record Collected(String service, Span span) {}

    private final HttpServer server;
    private final List<Collected> spans = new CopyOnWriteArrayList<>();
    private final Set<String> authorizations = ConcurrentHashMap.newKeySet();

    SpanCollector() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    /** All spans of one trace so far. */
    List<Collected> trace(String traceId) {
        return spans.stream()
                .filter(each -> SpanTree.hex(each.span().getTraceId()).equals(traceId))
                .toList();
    }

    /** Service names of the exporters; {@code null} if a resource has none. */
    Set<String> authorizations() {
        return Set.copyOf(authorizations);
    }

    private void take(HttpExchange exchange) throws IOException {
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        var request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
        request.getResourceSpansList().forEach(this::take);
        byte[] answer = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
        exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
        exchange.close();
    }

    private void take(ResourceSpans ofResource) {
        String service = ofResource.getResource().getAttributesList().stream()
                .filter(each -> each.getKey().equals("service.name"))
                .findFirst()
                .orElseThrow()
                .getValue()
                .getStringValue();
        ofResource
                .getScopeSpansList()
                .forEach(scope -> scope.getSpansList().forEach(span -> spans.add(new Collected(service, span))));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
