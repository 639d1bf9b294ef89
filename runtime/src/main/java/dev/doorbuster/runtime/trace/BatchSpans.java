package dev.doorbuster.runtime.trace;

import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.Traced;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/** One step that elements take, alone or together: the spans of those that are traced, and of the step where others take it too. */
public final class BatchSpans {
    /** A step that nobody traces. */
    static final BatchSpans NONE = new BatchSpans(null, List.of());

    private final Span whole;
    private final List<Span> each;

    /**
     * A step that has begun.
     *
     * @param whole null where one element takes it alone
     * @param each of the traced elements, in their order
     */
    BatchSpans(Span whole, List<Span> each) {
        this.whole = whole;
        this.each = each;
    }

    public boolean isTraced() {
        return !each.isEmpty();
    }

    /** The same messages, their traced elements sent by this step's spans. */
    public List<Message> sent(List<Message> messages) {
        Iterator<Span> spans = each.iterator();
        return messages.stream().map(message -> sent(message, spans)).toList();
    }

    private static Message sent(Message message, Iterator<Span> spans) {
        List<Element> elements = new ArrayList<>(message.elements().size());
        for (Element element : message.elements()) {
            elements.add(
                    element instanceof Traced traced && traced.trace() != null
                            ? traced.withTrace(TraceParent.format(spans.next().getSpanContext()))
                            : element);
        }
        return message.with(elements);
    }

    /** Of the step as a whole; for a message's header. */
    public String traceparent() {
        return TraceParent.format(context());
    }

    /** Runs something synchronous; what is logged there has the step's ids. */
    public <T> T within(Supplier<T> work) {
        return isTraced() ? LogScope.within(context(), work) : work.get();
    }

    /** Ends with what has come of it. */
    public void end(AsyncResult<?> outcome) {
        for (Span span : each) {
            end(span, outcome.cause());
        }
        if (whole != null) {
            end(whole, outcome.cause());
        }
    }

    public void end() {
        end(Future.succeededFuture());
    }

    private SpanContext context() {
        return (whole == null ? each.get(0) : whole).getSpanContext();
    }

    /** Only the kind of failure is told: its text may name people. */
    static void end(Span span, Throwable failure) {
        if (failure != null) {
            span.setStatus(StatusCode.ERROR)
                    .setAttribute(SpanAttributes.ERROR_TYPE, failure.getClass().getName());
        }
        span.end();
    }
}
