package dev.doorbuster.order.catalogue;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.database.Statements;
import dev.doorbuster.order.ledger.decide.LedgerSql;
import dev.doorbuster.order.ledger.read.LedgerQueries;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;

/** Buyers' wishes to be reminded before a sale opens. Not by a message: nothing that is decided depends on them. */
public final class Reminders {
    /** Sales of which a buyer may want to be reminded at once. */
    public static final int OF_BUYER_MAX = 100;

    private final Statements statements;

    public Reminders(Statements statements) {
        this.statements = statements;
    }

    public Future<Boolean> isWanted(SaleId sale, String buyer) {
        return statements.exists(LedgerQueries.REMINDER, Tuple.of(sale.value(), buyer));
    }

    /** Completes with false if the buyer wants too many. */
    public Future<Boolean> want(SaleId sale, String buyer) {
        return statements.change(LedgerSql.WANT_REMINDER, Tuple.of(sale.value(), buyer, OF_BUYER_MAX));
    }

    public Future<Void> cancel(SaleId sale, String buyer) {
        return statements
                .change(LedgerSql.CANCEL_REMINDER, Tuple.of(sale.value(), buyer))
                .mapEmpty();
    }
}
