package dev.doorbuster.notifier.room;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.waitingroom.Place;
import dev.doorbuster.waitingroom.PublishedDraw;
import dev.doorbuster.waitingroom.RoomStats;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** JSON bodies of waiting rooms, in responses and in events. */
final class RoomBodies {
    private RoomBodies() {}

    static JsonObject room(SaleId sale, RoomSale of, RoomStats room, double perSecond) {
        var json = new JsonObject()
                .put("saleId", sale.value())
                .put("phase", room.phase().name())
                .put("waiting", room.waiting())
                .put("admitted", room.admitted())
                .put("left", room.left())
                .put("passedOver", room.passedOver())
                .put("standby", room.standby())
                .put("perSecond", rate(perSecond))
                .put("opensAt", of.opensAt().toString());
        return room.reason().isEmpty() ? json : json.put("reason", room.reason());
    }

    /** Rounded, but never to zero: clients divide by it. */
    private static double rate(double perSecond) {
        return Math.max(1, Math.round(perSecond * 100)) / 100.0;
    }

    /**
     * A buyer's place.
     *
     * @param pass null unless admitted
     */
    static JsonObject place(SaleId sale, String entrant, Rooms.Told told, String pass) {
        Place place = told.place();
        JsonObject json = room(sale, told.sale(), place.room(), told.perSecond())
                .put("entrant", entrant)
                .put("place", place.where().name())
                .put("workBits", told.sale().terms().workBits());
        if (place.where() == Place.Where.STANDBY) {
            json.put("ahead", place.ahead());
        }
        if (place.where() == Place.Where.QUEUE) {
            json.put("ahead", place.ahead())
                    .put("estimatedSeconds", (long) Math.ceil((place.ahead() + 1) / told.perSecond()));
        }
        return pass == null
                ? json
                : json.put("pass", pass).put("passUntil", place.passUntil().toString());
    }

    static JsonObject draw(SaleId sale, RoomSale of, PublishedDraw draw, long from) {
        long next = from + draw.order().size();
        boolean drawn = !draw.seed().isEmpty();
        return new JsonObject()
                .put("saleId", sale.value())
                .put("commitment", of.terms().commitment())
                .put("drawn", drawn)
                .put("lost", draw.lost())
                .put("seed", drawn ? draw.seed() : null)
                .put("entrants", draw.entrants())
                .put("from", from)
                .put("order", new JsonArray(draw.order()))
                .put("next", drawn && next < draw.entrants() ? next : null);
    }
}
