package dev.doorbuster.order.edge.sale;

import dev.doorbuster.contracts.message.SaleChange.SaleEdit;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.CurrencyDigits;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.contracts.value.SaleView.RaffleTerms;
import dev.doorbuster.contracts.value.SaleView.WaitingRoomTerms;
import dev.doorbuster.order.catalogue.NewSale;
import dev.doorbuster.order.catalogue.SalePresentation;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.http.ApiRequest.InvalidFieldException;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Objects;

/** JSON of sales in the API. Bodies were validated against the document before. */
final class SaleJson {
    private SaleJson() {}

    static JsonObject sale(SaleView sale, SalePresentation presentation) {
        return new JsonObject()
                .put("saleId", sale.saleId().value())
                .put("title", sale.title())
                .put("priceCents", sale.priceCents())
                .put("currency", sale.currency())
                .put("stock", sale.stock())
                .put("available", sale.available())
                .put("perBuyerLimit", sale.perBuyerLimit())
                .put("opensAt", sale.opensAt().toString())
                .put("closesAt", Objects.toString(sale.closesAt(), null))
                .put("holdSeconds", sale.holdSeconds())
                .put("counter", sale.counter().wireName())
                .put("state", sale.state().name())
                .put("waitingRoom", waitingRoom(sale.waitingRoom()))
                .put("raffle", raffle(sale.raffle()))
                .put("description", presentation.description())
                .put("image", presentation.image().map(SaleJson::image).orElse(null));
    }

    private static JsonObject image(SalePresentation.Image image) {
        return new JsonObject()
                .put("url", "/api/images/" + image.hash())
                .put("width", image.width())
                .put("height", image.height());
    }

    private static JsonObject waitingRoom(WaitingRoomTerms room) {
        return room == null
                ? null
                : new JsonObject()
                        .put("admitPerSecond", room.admitPerSecond())
                        .put("workBits", room.workBits())
                        .put("commitment", room.commitment())
                        .put("seed", room.seed());
    }

    private static JsonObject raffle(RaffleTerms raffle) {
        return raffle == null
                ? null
                : new JsonObject().put("commitment", raffle.commitment()).put("seed", raffle.seed());
    }

    /** Fails with {@link InvalidFieldException}. */
    static NewSale newSale(JsonObject body) {
        JsonObject room = body.getJsonObject("waitingRoom");
        boolean raffle = body.getBoolean("raffle", false);
        if (raffle && room != null) {
            throw new InvalidFieldException("raffle", "must not be true for a sale with a waiting room");
        }
        if (raffle && time(body, "opensAt") == null) {
            throw new InvalidFieldException("opensAt", "must be a time for a raffle: buyers enter until then");
        }
        return new NewSale(
                body.getString("title"),
                body.getLong("priceCents"),
                currency(body),
                body.getLong("stock"),
                body.getInteger("perBuyerLimit"),
                time(body, "opensAt"),
                time(body, "closesAt"),
                body.getInteger("holdSeconds"),
                CounterKind.of(body.getString("counter")),
                body.getBoolean("draft", false),
                room == null ? null : room.getInteger("admitPerSecond"),
                room == null ? 0 : room.getInteger("workBits", 0),
                raffle);
    }

    static SaleEdit edit(JsonObject body) {
        Instant closesAt = time(body, "closesAt");
        return new SaleEdit(
                body.getString("title"),
                body.getLong("priceCents"),
                body.getLong("stock"),
                body.getInteger("perBuyerLimit"),
                time(body, "opensAt"),
                closesAt,
                body.containsKey("closesAt") && closesAt == null,
                body.getInteger("holdSeconds"));
    }

    private static String currency(JsonObject body) {
        String code = body.getString("currency");
        if (!CurrencyDigits.knows(code)) {
            throw new InvalidFieldException(
                    "currency",
                    "must be a currency of ISO 4217, such as EUR; GET /api/shop lists them as currencyDigits");
        }
        return code;
    }

    /** Null if the field is absent or null. */
    private static Instant time(JsonObject body, String field) {
        String text = body.getString(field);
        return text == null ? null : ApiRequest.time(field, text);
    }
}
