package dev.doorbuster.benchmarks;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.database.Postgres;
import dev.doorbuster.runtime.database.PostgresConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/** A sale and its orders in plain SQL, without the ledger's further checks: the baseline of its cost. */
final class PlainTables {
    static final int CONNECTIONS = 16;
    private static final int WAITING_MAX = 1_000;
    private static final String TABLES = """
            CREATE TABLE IF NOT EXISTS bench_sales (
                id text PRIMARY KEY, stock bigint NOT NULL, sold bigint NOT NULL DEFAULT 0, CHECK (sold <= stock));
            CREATE TABLE IF NOT EXISTS bench_orders (
                id uuid PRIMARY KEY, sale_id text NOT NULL, buyer text NOT NULL, UNIQUE (sale_id, buyer))
            """;
    private static final String OPEN = "INSERT INTO bench_sales (id, stock) VALUES ($1, $2)";
    private static final String LEFT = """
            SELECT stock - (SELECT count(*) FROM bench_orders WHERE sale_id = $1) FROM bench_sales WHERE id = $1""";
    private static final String ORDER = """
            WITH taken AS (UPDATE bench_sales SET sold = sold + 1 WHERE id = $1 AND sold < stock RETURNING id)
            INSERT INTO bench_orders (id, sale_id, buyer) SELECT $2, id, $3 FROM taken""";
    private static final String ROWS = """
            INSERT INTO bench_orders (id, sale_id, buyer)
            SELECT id, $1, buyer FROM unnest($2::uuid[], $3::text[]) AS rows (id, buyer)""";

    private final Pool pool;

    private PlainTables(Pool pool) {
        this.pool = pool;
    }

    static Future<PlainTables> create(Vertx vertx, Environment env) {
        PostgresConfig owner = PostgresConfig.ofOwnerFromEnv(env).withConnectMax(BenchmarkWorker.CALL_MAX);
        Pool pool = Postgres.pool(
                vertx, Postgres.connecting(owner, "benchmarks"), owner, "benchmarks", CONNECTIONS, WAITING_MAX);
        return pool.query(TABLES).execute().map(new PlainTables(pool));
    }

    Pool pool() {
        return pool;
    }

    Future<Void> open(SaleId sale, long stock) {
        return pool.preparedQuery(OPEN).execute(Tuple.of(sale.value(), stock)).mapEmpty();
    }

    /** Counts the orders: not every statement counts them in the sale. */
    Future<Long> left(SaleId sale) {
        return pool.preparedQuery(LEFT)
                .execute(Tuple.of(sale.value()))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** One unit for a new buyer, in one statement and transaction. */
    Future<Integer> order(SaleId sale) {
        return pool.preparedQuery(ORDER)
                .execute(Tuple.of(sale.value(), Benchmark.UniqueNames.nextId(), Benchmark.UniqueNames.next()))
                .map(RowSet<Row>::rowCount);
    }

    /** Inserts rows without locking or checking the sale. */
    Future<Integer> rows(SaleId sale, int count) {
        var ids = new UUID[count];
        var buyers = new String[count];
        for (int i = 0; i < count; i++) {
            ids[i] = Benchmark.UniqueNames.nextId();
            buyers[i] = Benchmark.UniqueNames.next();
        }
        Tuple parameters =
                Tuple.tuple().addString(sale.value()).addArrayOfUUID(ids).addArrayOfString(buyers);
        return pool.preparedQuery(ROWS).execute(parameters).map(RowSet<Row>::rowCount);
    }
}
