package dev.doorbuster.contracts.message;

import dev.doorbuster.contracts.value.Require;
import java.time.Instant;
import java.util.UUID;

/**
 * The outcome of a mail about an order. It may be sent again, later, for the same mail.
 *
 * @param event the topic of the event that the mail is about, such as {@code order.paid}
 * @param at when the outcome was known
 */
public record OrderMailed(UUID orderId, String event, Outcome outcome, Instant at) implements Element {
    private static final int EVENT_LENGTH_MAX = 40;

    public OrderMailed {
        Require.present(orderId, "orderId");
        Require.text(event, EVENT_LENGTH_MAX, "event");
        if (!event.matches("[a-z.-]+")) {
            throw new IllegalArgumentException("event must be the topic of a message");
        }
        Require.present(outcome, "outcome");
        Require.present(at, "at");
    }

    public enum Outcome {
        /** Accepted by the SMTP server. */
        SENT,
        /** Failed temporarily; it is sent again later, until the last attempt. */
        FAILED,
        /** Rejected permanently by the SMTP server. */
        REFUSED,
        /** The buyer's name yields no address. */
        UNADDRESSED
    }
}
