package dev.doorbuster.order.edge.verification;

import io.vertx.core.json.JsonObject;

/**
 * What a verification waits for.
 *
 * @param detail names queues, messages or the server, for operators
 */
public record PendingReason(Kind kind, String detail) {
    public enum Kind {
        /** Orders accepted before are not decided yet. */
        ORDERS("orders"),
        DEAD_LETTERS("dead-letters"),
        BROKER("broker"),
        COUNTER("counter"),
        COUNTER_MOVES("counter-moves"),
        DRIFT("drift"),
        /** The broker lost accepted orders. */
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
