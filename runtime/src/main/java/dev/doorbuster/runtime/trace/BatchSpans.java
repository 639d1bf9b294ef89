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

/** The spans of one step: one for each traced element, and one for the whole step if it handles several elements. */
public final class BatchSpans {
    /** A step that is not traced. */
    static final BatchSpans NONE = new BatchSpans(null, List.of());

    private final Span whole;
    private final List<Span> each;

    /**
     * A started step.
     *
     * @param whole null if the step handles a single element
     * @param each spans of the traced elements, in their order
     */
    BatchSpans(Span whole, List<Span> each) {
        this.whole = whole;
        this.each = each;
    }

    public boolean isTraced() {
        return !each.isEmpty();
    }

    /** The same messages, with this step's spans as parents of their traced elements. */
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

    /** For the header of a message. */
    public String traceparent() {
        return TraceParent.format(context());
    }

    /** Runs synchronous code; its log lines carry the step's ids. */
    public <T> T within(Supplier<T> work) {
        return isTraced() ? LogScope.within(context(), work) : work.get();
    }

    /** Ends all spans with the outcome. */
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

    /** Records only the exception's class: its message may contain personal data. */
    static void end(Span span, Throwable failure) {
        if (failure != null) {
            span.setStatus(StatusCode.ERROR)
                    .setAttribute(SpanAttributes.ERROR_TYPE, failure.getClass().getName());
        }
        span.end();
    }
}
