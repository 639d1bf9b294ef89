package dev.doorbuster.order.ledger.jobs;

import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.ledger.decide.LedgerRows;
import io.vertx.sqlclient.Row;
import java.time.Instant;

/**
 * A sale whose counter is reconciled. Such sales are read in this order: running ones by id, then closed ones by
 * closing time and id.
 *
 * @param closedAt when it was closed; null while it is running
 */
public record CountedSale(SaleView view, Instant closedAt) {
    public static CountedSale of(Row row) {
        return new CountedSale(LedgerRows.sale(row), LedgerRows.instant(row, "closed_at"));
    }

    /** The id after which running sales follow; null if none do. */
    public String runningAfter() {
        return closedAt == null ? view.saleId().value() : null;
    }

    /** The id after which sales with the same closing time follow; empty if all closed sales follow. */
    public String closedAfter() {
        return closedAt == null ? "" : view.saleId().value();
    }
}
