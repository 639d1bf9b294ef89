package dev.doorbuster.runtime.trace;

import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.Traced;
import io.opentelemetry.api.common.Attributes;
import java.util.ArrayList;
import java.util.List;

/**
 * The span of one traced element in a step.
 *
 * @param parent the span that sent the element, as traceparent
 */
record ElementSpan(String parent, String name, Attributes attributes) {
    /** The parts of a message's traced elements, when it is sent or processed. */
    static List<ElementSpan> of(Message message, String operation) {
        var parts = new ArrayList<ElementSpan>(0);
        for (Element element : message.elements()) {
            if (element instanceof Traced traced && traced.trace() != null) {
                parts.add(new ElementSpan(
                        traced.trace(), operation + " " + message.type().topic(), about(message, operation)));
            }
        }
        return parts;
    }

    private static Attributes about(Message message, String operation) {
        return Attributes.builder()
                .put(SpanAttributes.MESSAGING_SYSTEM, "rabbitmq")
                .put(SpanAttributes.OPERATION_TYPE, operation)
                .put(SpanAttributes.MESSAGE_ID, message.id().toString())
                .put(SpanAttributes.SALE, message.sale().value())
                .build();
    }

    static List<ElementSpan> of(List<? extends Element> elements, String name, Attributes attributes) {
        var parts = new ArrayList<ElementSpan>(0);
        for (Element element : elements) {
            if (element instanceof Traced traced && traced.trace() != null) {
                parts.add(new ElementSpan(traced.trace(), name, attributes));
            }
        }
        return parts;
    }
}
