package dev.doorbuster.runtime.trace;

import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.Message;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Starts spans. With tracing off, every step is {@link BatchSpans#NONE} and no message is inspected. */
public final class Tracing {
    public static final Tracing OFF = new Tracing(null, null, null);

    /** The limit of elements in a message; further elements of a batch are counted but not linked. */
    private static final int LINKS_MAX = 256;

    private static final int ATTRIBUTE_LENGTH_MAX = 256;

    /** Requests a second traced because their client asks for it; beyond it the ratio decides. */
    private static final int FORCED_PER_SECOND_MAX = 10;

    /** Longest wait for the last export when the service stops. */
    private static final Duration FLUSH_MAX = Duration.ofSeconds(2);

    private static final String SEND = "send";
    private static final String PROCESS = "process";

    private final Tracer tracer;
    private final SdkTracerProvider provider;
    private final HeadSampling sampling;

    private Tracing(Tracer tracer, SdkTracerProvider provider, HeadSampling sampling) {
        this.tracer = tracer;
        this.provider = provider;
        this.sampling = sampling;
    }

    public static Tracing start(TraceConfig config, MeterRegistry registry) {
        return config.exporter() == TraceConfig.Exporter.NONE ? OFF : start(config, Exporters.of(config), registry);
    }

    static Tracing start(TraceConfig config, SpanExporter exporter, MeterRegistry registry) {
        SdkTracerProvider provider = SdkTracerProvider.builder()
                // Sampled already: see HeadSampling.
                .setSampler(Sampler.alwaysOn())
                .setSpanLimits(SpanLimits.builder()
                        .setMaxNumberOfLinks(LINKS_MAX)
                        .setMaxAttributeValueLength(ATTRIBUTE_LENGTH_MAX)
                        .build())
                .setResource(Resource.getDefault()
                        .merge(Resource.create(Attributes.of(
                                SpanAttributes.SERVICE_NAME,
                                config.serviceName(),
                                SpanAttributes.SERVICE_INSTANCE_ID,
                                UUID.randomUUID().toString()))))
                .addSpanProcessor(new ExportQueue(exporter, config, registry))
                .build();
        var sampling = new HeadSampling(config.ratio(), FORCED_PER_SECOND_MAX, System::nanoTime);
        return new Tracing(provider.get("dev.doorbuster"), provider, sampling);
    }

    public boolean isOn() {
        return tracer != null;
    }

    /** Exports the waiting spans, within the configured limit, and stops. */
    public Future<Void> stop(Vertx vertx) {
        return isOn()
                ? vertx.executeBlocking(() -> {
                    var unused = provider.shutdown().join(FLUSH_MAX.toMillis(), TimeUnit.MILLISECONDS);
                    return null;
                })
                : Future.succeededFuture();
    }

    /** Whether a request is part of a trace of its client. */
    public boolean isAskedFor(MultiMap headers) {
        return isOn() && headers.contains(TraceParent.HEADER);
    }

    /** To be called by the first handler of a request. */
    public RequestSpan begin(HttpServerRequest request) {
        if (!isOn()) {
            return RequestSpan.NONE;
        }
        SpanContext client = TraceParent.parse(request.getHeader(TraceParent.HEADER));
        return sampling.takes(client)
                ? RequestSpan.begin(span("HTTP", SpanKind.SERVER, client), request)
                : RequestSpan.NONE;
    }

    /** The span of the request whose handler is running. */
    public RequestSpan current() {
        return isOn() ? RequestSpan.current() : RequestSpan.NONE;
    }

    /** Sending a message. */
    public BatchSpans sending(Message message) {
        List<ElementSpan> parts = ElementSpan.of(message, SEND);
        return parts.isEmpty()
                ? BatchSpans.NONE
                : begin(
                        SpanKind.PRODUCER,
                        SEND + " " + message.type().topic(),
                        parts,
                        message.elements().size());
    }

    /** Handling a batch of messages. */
    public BatchSpans processing(List<Message> messages) {
        var parts = new ArrayList<ElementSpan>(0);
        int elements = 0;
        for (Message message : messages) {
            parts.addAll(ElementSpan.of(message, PROCESS));
            elements += message.elements().size();
        }
        return begin(SpanKind.CONSUMER, PROCESS, parts, elements);
    }

    /** One call to a store for all these elements. */
    public BatchSpans asking(String store, String what, List<? extends Element> elements) {
        return isOn()
                ? begin(
                        SpanKind.CLIENT,
                        what,
                        ElementSpan.of(elements, what, Attributes.of(SpanAttributes.DB_SYSTEM, store)),
                        elements.size())
                : BatchSpans.NONE;
    }

    /** One call to a store for all elements of these messages. */
    public BatchSpans askingAll(String store, String what, List<Message> messages) {
        return isOn()
                ? asking(
                        store,
                        what,
                        messages.stream()
                                .flatMap(message -> message.elements().stream())
                                .toList())
                : BatchSpans.NONE;
    }

    /** Any other work on one element. */
    public BatchSpans doing(String what, Element element) {
        return isOn()
                ? begin(SpanKind.INTERNAL, what, ElementSpan.of(List.of(element), what, Attributes.empty()), 1)
                : BatchSpans.NONE;
    }

    /** Starts a span for each part and, if there are several elements, one for the whole step, linked both ways. */
    private BatchSpans begin(SpanKind kind, String what, List<ElementSpan> parts, int elements) {
        if (parts.isEmpty()) {
            return BatchSpans.NONE;
        }
        List<SpanContext> parents =
                parts.stream().map(part -> TraceParent.parse(part.parent())).toList();
        Span whole = elements == 1 ? null : whole(kind, what, parents, elements);
        var each = new ArrayList<Span>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            SpanBuilder span = span(parts.get(i).name(), kind, parents.get(i))
                    .setAllAttributes(parts.get(i).attributes());
            if (whole != null) {
                span.addLink(whole.getSpanContext());
            }
            each.add(span.startSpan());
        }
        return new BatchSpans(whole, each);
    }

    private Span whole(SpanKind kind, String what, List<SpanContext> parents, int elements) {
        SpanBuilder span = span(what + " together", kind, SpanContext.getInvalid())
                .setAttribute(SpanAttributes.BATCH_SIZE, (long) elements);
        parents.forEach(span::addLink);
        return span.startSpan();
    }

    private SpanBuilder span(String name, SpanKind kind, SpanContext parent) {
        return tracer.spanBuilder(name)
                .setSpanKind(kind)
                .setParent(Context.root().with(Span.wrap(parent)));
    }
}
