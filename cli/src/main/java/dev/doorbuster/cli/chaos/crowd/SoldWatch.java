package dev.doorbuster.cli.chaos.crowd;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import java.util.HashSet;
import java.util.Set;

/** Sees in the ledger which sales have nothing left that could come back: every unit is paid for. */
final class SoldWatch {
    private static final String SOLD_FOR_GOOD = """
            SELECT id FROM sales s WHERE sold = stock
            AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.sale_id = s.id AND o.status = 'RESERVED')
            """;

    private final Vertx vertx;
    private final PgConnectOptions options;

    SoldWatch(Vertx vertx, PgConnectOptions options) {
        this.vertx = vertx;
        this.options = options;
    }

    /** Nothing, while the ledger cannot be read. */
    Future<Set<String>> soldForGood() {
        return PgConnection.connect(vertx, options)
                .compose(connection -> connection
                        .query(SOLD_FOR_GOOD)
                        .execute()
                        .<Set<String>>map(rows -> {
                            var sales = new HashSet<String>();
                            for (Row row : rows) {
                                sales.add(row.getString("id").strip());
                            }
                            return sales;
                        })
                        .eventually(() -> connection.close()))
                .otherwise(Set.of());
    }
}
