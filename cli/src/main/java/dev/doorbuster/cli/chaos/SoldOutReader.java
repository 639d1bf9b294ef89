package dev.doorbuster.cli.chaos;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.SqlResult;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads from the ledger which sales are sold out for good: every unit is paid for. */
record SoldOutReader(Vertx vertx, PgConnectOptions options) {
    /** A hold of a time when the database's clock was ahead outlives the run; its buyer acts within a minute. */
    private static final String SOLD_OUT = """
            SELECT id FROM sales s WHERE sold = stock
            AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.sale_id = s.id AND o.status = 'RESERVED'
                AND (o.hold_expires_at < now() + interval '10 minutes' OR o.placed_at > now() - interval '1 minute'))
            """;

    /** The ids of these sales; none while the ledger cannot be read. */
    Future<Set<String>> read() {
        return PgConnection.connect(vertx, options)
                .compose(connection -> connection
                        .query(SOLD_OUT)
                        .collecting(
                                Collectors.mapping(row -> row.getString("id").strip(), Collectors.toSet()))
                        .execute()
                        .map(SqlResult::value)
                        .eventually(() -> connection.close()))
                .otherwise(Set.of());
    }
}
