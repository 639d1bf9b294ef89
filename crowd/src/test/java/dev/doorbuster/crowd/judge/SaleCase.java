package dev.doorbuster.crowd.judge;

import dev.doorbuster.crowd.client.RequestRecord;
import dev.doorbuster.crowd.client.ShopAnswer;
import dev.doorbuster.crowd.client.ShopAnswer.Lost;
import dev.doorbuster.crowd.client.ShopRequest;
import dev.doorbuster.crowd.client.ShopRequest.Attempt;
import dev.doorbuster.crowd.history.CrowdHistory;
import dev.doorbuster.crowd.history.SaleRecord;
import dev.doorbuster.crowd.judge.Judge.SaleReport;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot.LedgerOrderRow;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot.LedgerSale;
import java.util.ArrayList;
import java.util.List;

/** Answers to buyers who only order, one after the other, and what the ledger has. */
final class SaleCase {
    private static final String SALE = "k7wq2mzr5xv3ta6b";
    private static final int LIMIT = 2;
    private static final int NONE = ShopAnswer.NO_RETRY_AFTER;

    private final List<RequestRecord> requests = new ArrayList<>();
    private final List<LedgerOrderRow> rows = new ArrayList<>();
    private final long stock;
    private long soldBesidesRows;
    private long clock;

    SaleCase(long stock) {
        this.stock = stock;
    }

    /** An answer to an order that was sent after everything before was answered. */
    SaleCase order(Attempt attempt, String buyer, ShopAnswer answer) {
        return orderOf(attempt, buyer, "key-" + buyer, ++clock, answer);
    }

    /** An answer to an order that was sent at {@code sentAt}. */
    SaleCase orderOf(Attempt attempt, String buyer, String key, long sentAt, ShopAnswer answer) {
        return add(ShopRequest.order(attempt, SALE, buyer, key, 1), sentAt, answer);
    }

    SaleCase look(String buyer, ShopAnswer answer) {
        return add(ShopRequest.look(SALE, buyer, "key-" + buyer, "o-" + buyer), ++clock, answer);
    }

    private SaleCase add(ShopRequest request, long sentAt, ShopAnswer answer) {
        requests.add(new RequestRecord(request, "order-service-0", sentAt, sentAt, ++clock, answer));
        return this;
    }

    SaleCase row(String buyer, String status) {
        return row(buyer, "key-" + buyer, status);
    }

    SaleCase row(String buyer, String key, String status) {
        rows.add(
                new LedgerOrderRow("o-" + buyer, SALE, buyer, key, 1, !status.equals("REJECTED"), status, 0, 0, false));
        return this;
    }

    /** A buyer with a reservation, as it should be. */
    SaleCase winner(String buyer) {
        return order(Attempt.FIRST, buyer, reserved(buyer))
                .order(Attempt.REPEAT, buyer, replayed(buyer))
                .row(buyer, "RESERVED");
    }

    /** The ledger has twice what was ordered. */
    SaleCase twoUnitsFor(String buyer) {
        rows.replaceAll(row -> row.buyer().equals(buyer)
                ? new LedgerOrderRow(row.id(), SALE, buyer, row.key(), 2, row.accepted(), row.status(), 0, 0, false)
                : row);
        return this;
    }

    SaleCase soldBesidesRows(long units) {
        soldBesidesRows = units;
        return this;
    }

    SaleReport judged() {
        long held = rows.stream()
                .filter(LedgerOrderRow::holds)
                .mapToLong(LedgerOrderRow::quantity)
                .sum();
        var sale = new SaleRecord(SALE, "redis", stock, LIMIT, 3600, 0, clock);
        return Judge.judgeOrders(
                new CrowdHistory(List.of(sale), requests, List.of()),
                new LedgerSnapshot(
                        List.of(new LedgerSale(SALE, stock, held + soldBesidesRows, LIMIT)), rows, List.of()));
    }

    static ShopAnswer reserved(String buyer) {
        return new ShopAnswer(201, "o-" + buyer, "key-" + buyer, "RESERVED", null, false, NONE, null);
    }

    static ShopAnswer replayed(String buyer) {
        return new ShopAnswer(201, "o-" + buyer, "key-" + buyer, "RESERVED", null, true, NONE, null);
    }

    static ShopAnswer pending(String buyer) {
        return new ShopAnswer(202, "o-" + buyer, "key-" + buyer, "PENDING", null, false, 1, null);
    }

    static ShopAnswer looked(String buyer, String status) {
        String reason = status.equals("REJECTED") ? "sold-out" : null;
        return new ShopAnswer(200, "o-" + buyer, null, status, reason, false, NONE, null);
    }

    static ShopAnswer soldOut(String buyer) {
        return new ShopAnswer(409, null, "key-" + buyer, null, "sold-out", false, NONE, null);
    }

    static ShopAnswer busy(String buyer) {
        return new ShopAnswer(503, null, "key-" + buyer, null, "overloaded", false, 1, null);
    }

    static ShopAnswer lost() {
        return ShopAnswer.lost(Lost.CLOSED, "connection reset");
    }
}
