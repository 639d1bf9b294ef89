package dev.doorbuster.cli.crowd;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/**
 * What the ledger has of one sale, read at one moment by plain SQL.
 *
 * @param sold units by the sale's own row, to be compared with those of its orders
 */
public record Ledger(long stock, long sold, List<LedgerOrder> orders) {
    public Ledger {
        orders = List.copyOf(orders);
    }

    /**
     * One order's row.
     *
     * @param accepted the ledger's first decision, whatever became of the order since
     */
    public record LedgerOrder(
            String id, String buyer, String key, int quantity, boolean accepted, String status, String reason) {
        boolean holds() {
            return status.equals("RESERVED") || status.equals("PAID");
        }
    }

    /** Reads a sale; fails where the ledger does not have it. */
    public static Future<Ledger> read(Vertx vertx, PgConnectOptions options, String saleId) {
        return PgConnection.connect(vertx, options)
                .compose(connection -> snapshot(connection, saleId).eventually(() -> connection.close()));
    }

    private static Future<Ledger> snapshot(SqlConnection connection, String saleId) {
        return connection
                .query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                .execute()
                .compose(v -> connection
                        .preparedQuery("SELECT stock, sold FROM sales WHERE id = $1")
                        .execute(Tuple.of(saleId)))
                .compose(sale -> sale.size() == 1
                        ? connection
                                .preparedQuery("SELECT id, buyer, idempotency_key, quantity, accepted, status, reason"
                                        + " FROM orders WHERE sale_id = $1")
                                .execute(Tuple.of(saleId))
                                .map(orders -> of(sale.iterator().next(), orders))
                        : Future.failedFuture("the ledger has no sale " + saleId));
    }

    private static Ledger of(Row sale, RowSet<Row> rows) {
        var orders = new ArrayList<LedgerOrder>(rows.size());
        for (Row row : rows) {
            orders.add(new LedgerOrder(
                    row.getUUID("id").toString(),
                    row.getString("buyer"),
                    row.getString("idempotency_key"),
                    row.getInteger("quantity"),
                    row.getBoolean("accepted"),
                    row.getString("status"),
                    row.getString("reason")));
        }
        return new Ledger(sale.getLong("stock"), sale.getLong("sold"), orders);
    }
}
