package dev.doorbuster.order.operator;

import dev.doorbuster.order.database.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;

/** Replaces the name of a buyer in the ledger's rows by a pseudonym, for good. */
public final class BuyerPseudonyms {
    private final Statements statements;

    /** What became of a request. */
    public enum Outcome {
        DONE,
        /** The ledger has nothing under this name. */
        UNKNOWN,
        /** The buyer has orders of sales that have not ended, or that are held. */
        ACTIVE
    }

    public BuyerPseudonyms(Statements statements) {
        this.statements = statements;
    }

    public Future<Outcome> replace(String buyer, String pseudonym) {
        return statements
                .list(
                        OperatorSql.PSEUDONYMISE_BUYER,
                        row -> Outcome.valueOf(row.getString("outcome")),
                        Tuple.of(buyer, pseudonym))
                .map(outcomes -> outcomes.get(0));
    }
}
