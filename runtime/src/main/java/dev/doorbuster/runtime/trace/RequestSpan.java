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

/** The span of one HTTP request, from its header to its response: a root span, or a child of the client's span. */
public final class RequestSpan {
    /** For requests that are not traced. */
    static final RequestSpan NONE = new RequestSpan(null, null);

    private static final Logger LOG = LoggerFactory.getLogger(RequestSpan.class);
    private static final String LOCAL = "doorbuster.request-span";
    private static final int SERVER_ERROR_MIN = 500;
    /** Replaces methods unknown to HTTP: clients may send any text. */
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
        // Each request has its own context, through which its later handlers find the span.
        Vertx.currentContext().putLocal(LOCAL, begun);
        return begun;
    }

    /** The span of the request whose handler is running. */
    static RequestSpan current() {
        Context context = Vertx.currentContext();
        return of(context == null ? null : context.getLocal(LOCAL));
    }

    /** Replaces null by {@link #NONE}. */
    public static RequestSpan of(RequestSpan found) {
        return found == null ? NONE : found;
    }

    /** Sets the route template, which becomes part of the span's name. */
    public void route(String template) {
        if (span != null) {
            route = " " + template;
            span.setAttribute(SpanAttributes.ROUTE, template);
        }
    }

    /** For the request's elements; null if it is not traced. */
    public String traceparent() {
        return span == null ? null : TraceParent.format(span.getSpanContext());
    }

    /** Runs synchronous code; its log lines carry the span's ids. */
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

    /** To be called when the response has ended or the client has disconnected. */
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
