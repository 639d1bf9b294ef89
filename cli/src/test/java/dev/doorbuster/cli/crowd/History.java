package dev.doorbuster.cli.crowd;

import dev.doorbuster.cli.crowd.Ledger.LedgerOrder;
import dev.doorbuster.crowd.client.ShopAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Plants what buyers heard, one answer after the other, and what the ledger has. */
final class History {
    static final String SALE = "k7wq2mzr5xv3ta6b";

    private static final Pace IN_TIME = new Pace(CrowdFigures.Latency.of(List.of()), 1, 1);

    private final List<Entry> entries = new ArrayList<>();
    private final List<LedgerOrder> rows = new ArrayList<>();
    private final long stock;
    private long soldBesidesRows;
    private long clock;

    History(long stock) {
        this.stock = stock;
    }

    /** An answer to a request sent after everything before was answered. */
    History heard(Entry.Kind kind, String buyer, ShopAnswer answer) {
        return heardOf(kind, buyer, "key-" + buyer, ++clock, answer);
    }

    /** An answer to a request that had been sent at {@code sentAt}. */
    History heardOf(Entry.Kind kind, String buyer, String key, long sentAt, ShopAnswer answer) {
        entries.add(new Entry(kind, sentAt, ++clock, buyer, 1, key, answer));
        return this;
    }

    History row(String buyer, String status) {
        return row(buyer, "key-" + buyer, status);
    }

    History row(String buyer, String key, String status) {
        boolean accepted = !status.equals("REJECTED");
        rows.add(new LedgerOrder("o-" + buyer, buyer, key, 1, accepted, status, accepted ? null : "sold-out"));
        return this;
    }

    /** A winner as it should be. */
    History winner(String buyer) {
        return heard(Entry.Kind.FIRST, buyer, reserved(buyer))
                .heard(Entry.Kind.ENCORE, buyer, replayed(buyer))
                .row(buyer, "RESERVED");
    }

    /** The ledger has twice what was asked for. */
    History twoUnitsFor(String buyer) {
        rows.replaceAll(row -> row.buyer().equals(buyer)
                ? new LedgerOrder(row.id(), buyer, row.key(), 2, row.accepted(), row.status(), row.reason())
                : row);
        return this;
    }

    History soldBesidesRows(long units) {
        soldBesidesRows = units;
        return this;
    }

    JournalReport check() {
        long held = rows.stream()
                .filter(LedgerOrder::holds)
                .mapToLong(LedgerOrder::quantity)
                .sum();
        return JournalCheck.compare(
                new Journal(SALE, Duration.ofSeconds(1), IN_TIME, entries),
                new Ledger(stock, held + soldBesidesRows, rows));
    }

    static ShopAnswer reserved(String buyer) {
        return new ShopAnswer(201, "o-" + buyer, "key-" + buyer, "RESERVED", null, false, 0, null);
    }

    static ShopAnswer replayed(String buyer) {
        return new ShopAnswer(201, "o-" + buyer, "key-" + buyer, "RESERVED", null, true, 0, null);
    }

    static ShopAnswer pending(String buyer) {
        return new ShopAnswer(202, "o-" + buyer, "key-" + buyer, "PENDING", null, false, 1, null);
    }

    static ShopAnswer looked(String buyer, String status) {
        return new ShopAnswer(
                200, "o-" + buyer, null, status, status.equals("REJECTED") ? "sold-out" : null, false, 0, null);
    }

    static ShopAnswer soldOut(String buyer) {
        return new ShopAnswer(409, null, "key-" + buyer, null, "sold-out", false, 0, null);
    }

    static ShopAnswer busy(String buyer) {
        return new ShopAnswer(503, null, "key-" + buyer, null, "overloaded", false, 1, null);
    }
}
