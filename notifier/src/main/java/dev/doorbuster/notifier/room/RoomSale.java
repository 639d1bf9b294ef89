package dev.doorbuster.notifier.room;

import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView.WaitingRoomTerms;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * A sale as its waiting room needs it.
 *
 * @param available units left
 * @param terms null if the sale has no waiting room
 */
record RoomSale(SaleState state, long available, Instant opensAt, WaitingRoomTerms terms) {
    /** Whether buyers may wait: the sale is published and has a waiting room. */
    boolean hasRoom() {
        return terms != null && state != SaleState.DRAFT;
    }

    static RoomSale of(JsonObject sale) {
        JsonObject room = sale.getJsonObject("waitingRoom");
        return new RoomSale(
                SaleState.valueOf(sale.getString("state")),
                sale.getLong("available"),
                Instant.parse(sale.getString("opensAt")),
                room == null
                        ? null
                        : new WaitingRoomTerms(
                                room.getInteger("admitPerSecond"),
                                room.getInteger("workBits", 0),
                                room.getString("commitment"),
                                room.getString("seed")));
    }

    /** Whether no unit can be ordered any more, or none until one is returned. */
    boolean isOver() {
        return state == SaleState.SOLD_OUT || state == SaleState.CLOSED;
    }

    /** Why it is over, as the slug of the problem that orders meet. */
    String reason() {
        return state == SaleState.SOLD_OUT ? "sold-out" : "sale-closed";
    }
}
