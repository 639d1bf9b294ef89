package dev.doorbuster.crowd.judge.evidence;

import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot.LedgerOrderRow;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot.LedgerPayment;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot.LedgerSale;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.SqlResult;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Reads the ledger by SQL, in one snapshot. */
public final class SqlLedgerReader {
    private static final String SALES = "SELECT id, stock, sold, per_buyer_limit FROM sales";
    private static final String ORDERS = """
            SELECT o.id, sale_id, buyer, idempotency_key, quantity, accepted, status,
                   extract(epoch FROM now() - hold_expires_at + s.hold_seconds * interval '1 second') * 1000000 AS age,
                   coalesce(extract(epoch FROM now() - hold_expires_at), 0)::bigint AS overdue,
                   status = 'EXPIRED' AND coalesce(changed_at < hold_expires_at, false) AS early
            FROM orders o JOIN sales s ON s.id = o.sale_id
            """;
    private static final String PAYMENTS = "SELECT order_id, reference, sale_id, outcome FROM payments";

    private SqlLedgerReader() {}

    /**
     * Reads all sales.
     *
     * @param nowMicros the clock of the history
     */
    public static Future<LedgerSnapshot> read(Vertx vertx, PgConnectOptions options, LongSupplier nowMicros) {
        return PgConnection.connect(vertx, options)
                .compose(connection ->
                        snapshot(connection, nowMicros.getAsLong()).eventually(() -> connection.close()));
    }

    private static Future<LedgerSnapshot> snapshot(SqlConnection connection, long nowMicros) {
        return connection
                .query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                .execute()
                .compose(begun -> rows(connection, SALES, SqlLedgerReader::sale))
                .compose(sales -> rows(connection, ORDERS, row -> order(row, nowMicros))
                        .compose(orders -> rows(connection, PAYMENTS, SqlLedgerReader::payment)
                                .map(payments -> new LedgerSnapshot(sales, orders, payments))));
    }

    private static <T> Future<List<T>> rows(SqlConnection connection, String sql, Function<Row, T> reader) {
        return connection
                .query(sql)
                .collecting(Collectors.mapping(reader, Collectors.toList()))
                .execute()
                .map(SqlResult::value);
    }

    private static LedgerSale sale(Row row) {
        return new LedgerSale(
                row.getString("id"), row.getLong("stock"), row.getLong("sold"), row.getInteger("per_buyer_limit"));
    }

    private static LedgerOrderRow order(Row row, long nowMicros) {
        boolean accepted = row.getBoolean("accepted");
        return new LedgerOrderRow(
                row.getUUID("id").toString(),
                row.getString("sale_id"),
                row.getString("buyer"),
                row.getString("idempotency_key"),
                row.getInteger("quantity"),
                accepted,
                row.getString("status"),
                accepted ? nowMicros - row.getDouble("age").longValue() : 0,
                row.getLong("overdue"),
                row.getBoolean("early"));
    }

    private static LedgerPayment payment(Row row) {
        return new LedgerPayment(
                row.getUUID("order_id").toString(),
                row.getString("reference"),
                row.getString("sale_id"),
                row.getString("outcome"));
    }
}
