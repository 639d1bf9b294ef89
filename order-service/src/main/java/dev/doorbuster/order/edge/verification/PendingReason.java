package dev.doorbuster.order.edge.verification;

import io.vertx.core.json.JsonObject;

/**
 * What a verification waits for.
 *
 * @param detail names and numbers, in no language
 */
public record PendingReason(Kind kind, String detail) {
    public enum Kind {
        /** Orders accepted before are not decided yet; the detail names their queues. */
        ORDERS("orders"),
        /** The detail names messages, each with its queue, and how many more there are. */
        DEAD_LETTERS("dead-letters"),
        /** RabbitMQ does not answer; the detail names the queue. */
        BROKER("broker"),
        /** The counter is missing or cannot be read; the detail names its store. */
        COUNTER("counter"),
        /** The detail names the counter's store. */
        COUNTER_MOVES("counter-moves"),
        /** The detail is the difference in units. */
        DRIFT("drift"),
        /** The broker lost accepted orders; the detail is their number. */
        LOST("lost");

        private final String wireName;

        Kind(String wireName) {
            this.wireName = wireName;
        }
    }

    JsonObject json() {
        return new JsonObject().put("kind", kind.wireName).put("detail", detail);
    }
}
