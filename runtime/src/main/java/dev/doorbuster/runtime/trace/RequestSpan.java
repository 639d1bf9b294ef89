package dev.doorbuster.runtime.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request at the door, from its header to its answer: the root of what becomes of it, or the child of its client's span. */
public final class RequestSpan {
    /** Of a request that nobody traces. */
    static final RequestSpan NONE = new RequestSpan(null, null);

    private static final Logger LOG = LoggerFactory.getLogger(RequestSpan.class);
    private static final String LOCAL = "doorbuster.request-span";
    private static final int SERVER_ERROR_MIN = 500;
    /** What a method is called that is none of HTTP's: clients may write what they like there. */
    private static final String OTHER_METHOD = "_OTHER";

    private static final Set<HttpMethod> METHODS = Set.copyOf(HttpMethod.values());

    private final Span span;
    private final String method;
    private String route = "";

    private RequestSpan(Span span, String method) {
        this.span = span;
        this.method = method;
    }

    static RequestSpan begin(SpanBuilder builder, HttpServerRequest request) {
        String method = METHODS.contains(request.method()) ? request.method().name() : OTHER_METHOD;
        Span span = builder.setAttribute(SpanAttributes.REQUEST_METHOD, method)
                .setAttribute(SpanAttributes.URL_SCHEME, "http")
                .setAttribute(SpanAttributes.URL_PATH, String.valueOf(request.path()))
                .startSpan();
        var begun = new RequestSpan(span, method);
        // Each request runs on a context of its own, which later handlers of the same request find it by.
        Vertx.currentContext().putLocal(LOCAL, begun);
        return begun;
    }

    /** Of the request whose handler is running. */
    static RequestSpan current() {
        Context context = Vertx.currentContext();
        return of(context == null ? null : context.getLocal(LOCAL));
    }

    /** The same span, or one that does nothing instead of null. */
    public static RequestSpan of(RequestSpan found) {
        return found == null ? NONE : found;
    }

    /** Says which route the request takes, as a template: the span is called by it. */
    public void route(String template) {
        if (span != null) {
            route = " " + template;
            span.setAttribute(SpanAttributes.ROUTE, template);
        }
    }

    /** What the request's elements carry; null where nobody traces it. */
    public String traceparent() {
        return span == null ? null : TraceParent.format(span.getSpanContext());
    }

    /** Runs something synchronous; what is logged there has the span's ids. */
    public void within(Runnable work) {
        if (span == null) {
            work.run();
        } else {
            Void unused = LogScope.within(span.getSpanContext(), () -> {
                work.run();
                return null;
            });
        }
    }

    /** The answer has been given, or its client has gone. */
    public void end(HttpServerResponse response) {
        if (span == null) {
            return;
        }
        String name = method + route;
        span.updateName(name);
        if (response.ended()) {
            int status = response.getStatusCode();
            span.setAttribute(SpanAttributes.STATUS_CODE, (long) status);
            if (status >= SERVER_ERROR_MIN) {
                span.setStatus(StatusCode.ERROR).setAttribute(SpanAttributes.ERROR_TYPE, Integer.toString(status));
            }
        } else {
            span.setAttribute(SpanAttributes.ERROR_TYPE, "client-gone");
        }
        within(() -> LOG.debug("{}: {}", name, response.ended() ? response.getStatusCode() : "client gone"));
        span.end();
    }
}
