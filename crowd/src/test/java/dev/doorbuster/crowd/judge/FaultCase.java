package dev.doorbuster.crowd.judge;

import dev.doorbuster.crowd.client.RequestRecord;
import dev.doorbuster.crowd.client.ShopAnswer;
import dev.doorbuster.crowd.client.ShopRequest;
import dev.doorbuster.crowd.history.CrowdHistory;
import dev.doorbuster.crowd.history.FaultRecord;
import dev.doorbuster.crowd.history.FaultRecord.Effect;
import dev.doorbuster.crowd.history.SaleRecord;
import dev.doorbuster.crowd.judge.evidence.BrokerSnapshot;
import dev.doorbuster.crowd.judge.evidence.BrokerSnapshot.PublishedEvent;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot.LedgerOrderRow;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot.LedgerPayment;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot.LedgerSale;
import dev.doorbuster.crowd.judge.evidence.RunRecord;
import dev.doorbuster.crowd.judge.evidence.SaleCounter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A history, a ledger and events made by hand; each request takes half a second and is sent when the last one was answered. */
final class FaultCase {
    static final String SALE = "k7wq2mzr5xv3ta6b";
    private static final long STEP = 500_000;

    private final List<RequestRecord> requests = new ArrayList<>();
    private final List<FaultRecord> faults = new ArrayList<>();
    private final List<LedgerOrderRow> rows = new ArrayList<>();
    private final List<LedgerPayment> payments = new ArrayList<>();
    private final List<PublishedEvent> events = new ArrayList<>();
    private final Map<String, Long> left = new HashMap<>();
    private final Map<String, Long> claims = new HashMap<>();
    private long stock = 10;
    private long soldBesides;
    private long hidden;
    private long now;
    private long decided;

    FaultCase stock(long units) {
        stock = units;
        return this;
    }

    FaultCase order(String buyer, int status, String state, String reason) {
        boolean named = state != null;
        return asked(
                ShopRequest.order(SALE, buyer, buyer + "-1", 1),
                new ShopAnswer(status, named ? id(buyer) : null, buyer + "-1", state, reason, false, -1, null));
    }

    FaultCase reserved(String buyer) {
        return order(buyer, 201, "RESERVED", null);
    }

    FaultCase refused(String buyer) {
        return order(buyer, 409, null, "sold-out");
    }

    FaultCase pending(String buyer) {
        return order(buyer, 202, "PENDING", null);
    }

    FaultCase look(String buyer, String state) {
        return asked(
                ShopRequest.look(SALE, buyer, buyer + "-1", id(buyer)),
                new ShopAnswer(200, id(buyer), null, state, null, false, -1, null));
    }

    FaultCase pay(String buyer, String reference, int status, String state) {
        return asked(
                ShopRequest.pay(SALE, buyer, buyer + "-1", id(buyer), reference),
                new ShopAnswer(status, id(buyer), null, state, null, false, -1, null));
    }

    FaultCase cancel(String buyer, int status, String state) {
        return asked(
                ShopRequest.cancel(SALE, buyer, buyer + "-1", id(buyer)),
                new ShopAnswer(status, id(buyer), null, state, null, false, -1, null));
    }

    FaultCase lost(String buyer, ShopAnswer.Lost why) {
        return asked(ShopRequest.order(SALE, buyer, buyer + "-1", 1), ShopAnswer.lost(why, null));
    }

    FaultCase asked(ShopRequest request, ShopAnswer answer) {
        requests.add(new RequestRecord(request, "order-service-0", now + 1, now + 1, now + STEP, answer));
        now += STEP;
        return this;
    }

    /** The next request is sent while the last one is under way. */
    FaultCase overlapping() {
        now -= STEP / 2;
        return this;
    }

    /** The rows so far seem to have been decided an hour before. */
    FaultCase decidedAnHourAgo() {
        rows.replaceAll(row -> new LedgerOrderRow(
                row.id(),
                row.sale(),
                row.buyer(),
                row.key(),
                row.quantity(),
                row.accepted(),
                row.status(),
                row.decidedMicros() - 3_600_000_000L,
                row.overdueSeconds(),
                false));
        return this;
    }

    /** The next row was decided now; without this, at the beginning. */
    FaultCase decidedNow() {
        decided = now;
        return this;
    }

    /** No request for so long. */
    FaultCase pause(long micros) {
        now += micros;
        return this;
    }

    FaultCase fault(Effect effect, long fromMicros, long untilMicros) {
        return fault("order-service-0", effect, fromMicros, untilMicros);
    }

    FaultCase fault(String target, Effect effect, long fromMicros, long untilMicros) {
        return fault("some-fault", target, effect, fromMicros, untilMicros);
    }

    FaultCase fault(String kind, String target, Effect effect, long fromMicros, long untilMicros) {
        faults.add(new FaultRecord(kind, target, effect, fromMicros, fromMicros, untilMicros, "", null));
        return this;
    }

    /** The row and its event. */
    FaultCase row(String buyer, String status) {
        return event(
                        "order."
                                + status.toLowerCase(Locale.ROOT)
                                        .replace('_', '-')
                                        .replace("reserved", "confirmed"),
                        buyer)
                .rowWithoutEvent(buyer, status);
    }

    FaultCase rowWithoutEvent(String buyer, String status) {
        return row(id(buyer), buyer, buyer + "-1", status);
    }

    FaultCase row(String id, String buyer, String key, String status) {
        rows.add(new LedgerOrderRow(id, SALE, buyer, key, 1, !status.equals("REJECTED"), status, decided, 0, false));
        return this;
    }

    FaultCase overdue(String buyer) {
        rows.add(new LedgerOrderRow(id(buyer), SALE, buyer, buyer + "-1", 1, true, "RESERVED", 0, 60, false));
        return event("order.confirmed", buyer);
    }

    /** Expired before its time. */
    FaultCase endedEarly(String buyer) {
        rows.add(new LedgerOrderRow(id(buyer), SALE, buyer, buyer + "-1", 1, true, "EXPIRED", 0, 60, true));
        return event("order.expired", buyer);
    }

    FaultCase payment(String buyer, String reference, String outcome) {
        payments.add(new LedgerPayment(id(buyer), reference, SALE, outcome));
        return this;
    }

    FaultCase event(String type, String buyer) {
        events.add(new PublishedEvent(type, id(buyer), ""));
        return this;
    }

    FaultCase left(String queue, long messages) {
        left.put(queue, messages);
        return this;
    }

    FaultCase soldBesides(long units) {
        soldBesides = units;
        return this;
    }

    /** Units that the counter does not have. */
    FaultCase hidden(long units) {
        hidden = units;
        return this;
    }

    FaultCase claims(String buyer, long units) {
        claims.put(buyer, units);
        return this;
    }

    static String id(String buyer) {
        return "id-of-" + buyer;
    }

    Findings judged() {
        return Judge.judge(Judge.UNDER_FAULTS, run());
    }

    Findings stillWaiting() {
        return Judge.stillWaiting(run().history());
    }

    private RunRecord run() {
        long held = rows.stream().filter(LedgerOrderRow::holds).count();
        var sale = new SaleRecord(SALE, "redis", stock, 1, 3600, 0, now);
        return new RunRecord(
                new CrowdHistory(List.of(sale), requests, faults),
                new LedgerSnapshot(List.of(new LedgerSale(SALE, stock, held + soldBesides, 1)), rows, payments),
                Map.of(SALE, new SaleCounter(stock - held - soldBesides - hidden, claims)),
                new BrokerSnapshot(events, left));
    }
}
