package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.database.Statements;
import dev.doorbuster.order.ledger.decide.LedgerSql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;

/**
 * Deletes sales that have not opened and have no orders. Not by a message: nothing refers to such a sale, and the
 * answer to a message would have no row to be kept in.
 */
public final class DraftDeletion {
    private final Statements statements;

    /** What became of a draft. */
    public enum Outcome {
        DELETED,
        UNKNOWN,
        /** The sale has opened, is due to open, or has ended. */
        OPENED,
        HAS_ORDERS
    }

    public DraftDeletion(Statements statements) {
        this.statements = statements;
    }

    public Future<Outcome> delete(SaleId sale) {
        return statements
                .list(LedgerSql.DELETE_DRAFT, row -> Outcome.valueOf(row.getString("outcome")), Tuple.of(sale.value()))
                .map(outcomes -> outcomes.get(0));
    }
}
