package dev.doorbuster.cli.chaos.check;

import dev.doorbuster.cli.chaos.check.Books.OrderRow;
import dev.doorbuster.cli.chaos.check.Books.PaymentRow;
import dev.doorbuster.cli.chaos.check.Books.SaleRow;
import dev.doorbuster.cli.chaos.check.Counters.Counter;
import dev.doorbuster.cli.chaos.check.Wire.Event;
import dev.doorbuster.cli.chaos.history.Answer;
import dev.doorbuster.cli.chaos.history.Exchange;
import dev.doorbuster.cli.chaos.history.Happening;
import dev.doorbuster.cli.chaos.history.Happening.Effect;
import dev.doorbuster.cli.chaos.history.History;
import dev.doorbuster.cli.chaos.history.Request;
import dev.doorbuster.cli.chaos.history.Round;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A history, books and events made by hand; each exchange takes half a second, and begins when the last one ended. */
final class Tale {
    static final String SALE = "k7wq2mzr5xv3ta6b";
    private static final long STEP = 500_000;

    private final List<Exchange> exchanges = new ArrayList<>();
    private final List<Happening> happenings = new ArrayList<>();
    private final List<OrderRow> rows = new ArrayList<>();
    private final List<PaymentRow> payments = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final Map<String, Long> left = new HashMap<>();
    private final Map<String, Long> claims = new HashMap<>();
    private long stock = 10;
    private long soldBesides;
    private long hidden;
    private long now;
    private long decided;

    Tale stock(long units) {
        stock = units;
        return this;
    }

    Tale order(String buyer, int status, String state, String reason) {
        boolean named = state != null;
        return asked(
                Request.order(SALE, buyer, buyer + "-1", 1),
                new Answer(status, named ? id(buyer) : null, buyer + "-1", state, reason, false, -1, null));
    }

    Tale reserved(String buyer) {
        return order(buyer, 201, "RESERVED", null);
    }

    Tale refused(String buyer) {
        return order(buyer, 409, null, "sold-out");
    }

    Tale pending(String buyer) {
        return order(buyer, 202, "PENDING", null);
    }

    Tale look(String buyer, String state) {
        return asked(
                Request.look(SALE, buyer, buyer + "-1", id(buyer)),
                new Answer(200, id(buyer), null, state, null, false, -1, null));
    }

    Tale pay(String buyer, String reference, int status, String state) {
        return asked(
                Request.pay(SALE, buyer, buyer + "-1", id(buyer), reference),
                new Answer(status, id(buyer), null, state, null, false, -1, null));
    }

    Tale cancel(String buyer, int status, String state) {
        return asked(
                Request.cancel(SALE, buyer, buyer + "-1", id(buyer)),
                new Answer(status, id(buyer), null, state, null, false, -1, null));
    }

    Tale lost(String buyer, Answer.Lost why) {
        return asked(Request.order(SALE, buyer, buyer + "-1", 1), Answer.lost(why));
    }

    Tale asked(Request request, Answer answer) {
        exchanges.add(new Exchange(request, "order-service-0", now + 1, now + STEP, answer));
        now += STEP;
        return this;
    }

    /** The row that is told of next was decided now; without this, at the beginning. */
    Tale decidedNow() {
        decided = now;
        return this;
    }

    /** Nothing for so long. */
    Tale pause(long micros) {
        now += micros;
        return this;
    }

    Tale happens(Effect effect, long fromMicros, long untilMicros) {
        return happens("order-service-0", effect, fromMicros, untilMicros);
    }

    Tale happens(String target, Effect effect, long fromMicros, long untilMicros) {
        return happens("some-fault", target, effect, fromMicros, untilMicros);
    }

    Tale happens(String kind, String target, Effect effect, long fromMicros, long untilMicros) {
        happenings.add(new Happening(kind, target, effect, fromMicros, untilMicros, "", null));
        return this;
    }

    /** The row, and the event that tells of it. */
    Tale row(String buyer, String status) {
        return told(
                        "order."
                                + status.toLowerCase(Locale.ROOT)
                                        .replace('_', '-')
                                        .replace("reserved", "confirmed"),
                        buyer)
                .rowUntold(buyer, status);
    }

    Tale rowUntold(String buyer, String status) {
        return row(id(buyer), buyer, buyer + "-1", status);
    }

    Tale row(String id, String buyer, String key, String status) {
        rows.add(new OrderRow(id, SALE, buyer, key, 1, !status.equals("REJECTED"), status, decided, 0));
        return this;
    }

    Tale overdue(String buyer) {
        rows.add(new OrderRow(id(buyer), SALE, buyer, buyer + "-1", 1, true, "RESERVED", 0, 60));
        return told("order.confirmed", buyer);
    }

    Tale payment(String buyer, String reference, String outcome) {
        payments.add(new PaymentRow(id(buyer), reference, SALE, outcome));
        return this;
    }

    Tale told(String type, String buyer) {
        events.add(new Event(type, id(buyer), ""));
        return this;
    }

    Tale left(String queue, long messages) {
        left.put(queue, messages);
        return this;
    }

    Tale soldBesides(long units) {
        soldBesides = units;
        return this;
    }

    /** Units that the counter does not know of. */
    Tale hidden(long units) {
        hidden = units;
        return this;
    }

    Tale claims(String buyer, long units) {
        claims.put(buyer, units);
        return this;
    }

    static String id(String buyer) {
        return "id-of-" + buyer;
    }

    Findings judged() {
        long held = rows.stream().filter(OrderRow::holds).count();
        var round = new Round(SALE, "redis", stock, 1, 3600, 0, now);
        return HistoryCheck.compare(
                new History(List.of(round), exchanges, happenings),
                new Books(List.of(new SaleRow(SALE, stock, held + soldBesides, 1)), rows, payments),
                new Counters(Map.of(SALE, new Counter(stock - held - soldBesides - hidden, claims))),
                new Wire(events, left));
    }
}
