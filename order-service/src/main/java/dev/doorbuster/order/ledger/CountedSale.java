package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.message.SaleView;
import io.vertx.sqlclient.Row;
import java.time.Instant;

/**
 * A sale whose counter matters, in the sequence in which such sales are read: running ones by id, then closed ones by their
 * end and id.
 *
 * @param closedAt when it was closed; null while it runs
 */
record CountedSale(SaleView view, Instant closedAt) {
    static CountedSale of(Row row) {
        return new CountedSale(LedgerRows.sale(row), LedgerRows.instant(row, "closed_at"));
    }

    /** The id after which running sales follow; null where none do. */
    String runningAfter() {
        return closedAt == null ? view.saleId().value() : null;
    }

    /** The id after which sales follow that were closed at the same time; empty where all closed sales follow. */
    String closedAfter() {
        return closedAt == null ? "" : view.saleId().value();
    }
}
