package dev.doorbuster.crowd.room;

import io.vertx.core.json.JsonObject;

/** The last state of a room in a part of a stream; what else is in it says nothing to a simulated buyer. */
record RoomMoved(String phase, long waiting, long admitted) {
    private static final String EVENT = "event: room.moved\ndata: ";
    private static final String END = "\n\n";

    /** Null if there is none. */
    static RoomMoved lastIn(String text) {
        int at = text.lastIndexOf(EVENT);
        int end = at < 0 ? -1 : text.indexOf(END, at);
        return end < 0 ? null : of(text.substring(at + EVENT.length(), end));
    }

    private static RoomMoved of(String json) {
        var data = new JsonObject(json);
        return new RoomMoved(data.getString("phase"), data.getLong("waiting"), data.getLong("admitted"));
    }
}
