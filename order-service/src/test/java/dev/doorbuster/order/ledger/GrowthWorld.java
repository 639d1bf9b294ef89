package dev.doorbuster.order.ledger;

import static dev.doorbuster.order.TestDatabase.await;

import dev.doorbuster.devservices.postgres.PostgresServer;
import dev.doorbuster.order.TestDatabase;
import dev.doorbuster.order.database.DatabaseConfig;
import dev.doorbuster.order.database.OrderDatabase;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;

/**
 * A database after many sales: one sale with that many orders, and in proportion other sales, their holds that
 * expire sooner, expired holds, orders of one frequent buyer, payments and recounts. Autovacuum is off. The number
 * of rows that a statement returns is the same for any number of orders.
 */
record GrowthWorld(TestDatabase database, Pool owners) {
    private static final int STEP = 50_000;
    private static final int SMALL_SALES = 20_000;
    private static final List<String> TABLES = List.of(
            "sales",
            "orders",
            "payments",
            "recounts",
            "audit",
            "notes",
            "decided_numbers",
            "awaited_orders",
            "raffle_entries",
            "reminders",
            "sale_changes");

    static final String HOT = "hothothothothoth";
    static final String REGULAR = "regular";

    private static final String SALES = """
            INSERT INTO sales (id, title, price_cents, currency, stock, sold, paid, per_buyer_limit, opens_at, closes_at,
                               hold_seconds, counter, state, closed_at, epoch)
            SELECT id, 'a lamp', 1999, 'EUR', 10000000, 0, 0, 2, opens_at, closes_at, 300, 'redis', state, closed_at, 1
            FROM (%s) AS row (id, opens_at, closes_at, state, closed_at)""";

    private static final String ORDERS = """
            INSERT INTO orders (id, sale_id, buyer, quantity, idempotency_key, request_id, accepted, counted,
                                per_buyer_limit, status, total_cents, placed_at, decided_at, hold_expires_at)
            SELECT md5('%1$s' || n)::uuid, %2$s, %3$s, 1, 'key-%1$s' || n, md5(n::text)::uuid, true, true, 2, 'RESERVED',
                   1999, now() - interval '1 hour' + n / 256 * interval '1 ms', now(),
                   now() + interval '%4$s' + n / 256 * interval '1 ms'
            FROM generate_series(%5$d, %6$d) AS n""";

    /** The id of the sale with a number, in the alphabet of ids. */
    private static final String SALE_NAME = "translate(substr(md5('%s' || n), 1, 16), '0189', 'ghij')";

    /** A sale, as SQL, with the same number of orders in each world. */
    static final String SMALL_SALE = sale("open", -1);

    /** A sale that has not opened, as SQL. */
    static final String DRAFT = sale("next", -1);

    /** The position of the first entrant of the hot sale, a raffle, who has no order. */
    static final String NEXT_ENTRANT = "10000000";

    static final int SMALL_SALE_ORDERS = 300;

    static GrowthWorld of(Vertx vertx, PostgresServer server, int orders) {
        GrowthWorld world = empty(vertx, server);
        world.fill(1, orders);
        return world;
    }

    /** Keeps statistics from when it was small. */
    static GrowthWorld grown(Vertx vertx, PostgresServer server, int before, int orders) {
        GrowthWorld world = empty(vertx, server);
        world.fill(1, before);
        world.analyse();
        world.fill(before + 1, orders);
        return world;
    }

    /** Keeps statistics from when each of many sales had one order, recount, payment, note and entrant. */
    static GrowthWorld grownFromSmallSales(Vertx vertx, PostgresServer server, int orders) {
        GrowthWorld world = empty(vertx, server);
        String numbers = " FROM generate_series(1, " + SMALL_SALES + ") AS n";
        String sale = SALE_NAME.formatted("small");
        world.run(
                SALES.formatted("SELECT " + sale + ", now() - interval '9 days' - n * interval '1 s', now(), 'CLOSED',"
                        + " now() - interval '8 days'" + numbers));
        world.orders("small", sale, "'b' || n", "-8 days", 1, SMALL_SALES);
        String order = "md5('small' || n)::uuid";
        for (String rows : List.of(
                "payments SELECT " + order + ", 'ref', " + sale + ", 'b' || n, 'PAID', now(), now(), " + order
                        + ", false",
                "audit (action, operator, operation, sale_id, request) SELECT " + order + ", 'olga', 'editSale', "
                        + sale + ", '{}'",
                "notes (operator, sale_id, order_id, note) SELECT 'olga', " + sale + ", " + order + ", 'a note'",
                "recounts SELECT " + sale + ", 1, 1, 'OPENED', now()",
                "decided_numbers SELECT " + sale + ", n, '{[1,1]}'",
                "awaited_orders SELECT " + order + ", " + sale + ", ARRAY[1], ARRAY[n], ARRAY[" + order + "]",
                "raffle_entries (sale_id, buyer, entrant, order_id, position) SELECT " + sale
                        + ", 'b' || n, md5('small' || n), " + order + ", 1")) {
            world.run("INSERT INTO " + rows + numbers);
        }
        world.analyse();
        world.fill(1, orders);
        return world;
    }

    /** Without rows, vacuumed, as when the services have started for the first time. */
    static GrowthWorld fresh(Vertx vertx, PostgresServer server) {
        TestDatabase database = TestDatabase.migrated(vertx, server);
        var world = new GrowthWorld(database, database.patientOwnersPool());
        for (String table : TABLES) {
            world.run("ALTER TABLE " + table + " SET (autovacuum_enabled = off)");
            world.run("VACUUM ANALYZE " + table);
        }
        return world;
    }

    private static GrowthWorld empty(Vertx vertx, PostgresServer server) {
        TestDatabase database = TestDatabase.migrated(vertx, server);
        var world = new GrowthWorld(database, database.patientOwnersPool());
        for (String table : TABLES) {
            world.run("ALTER TABLE " + table + " SET (autovacuum_enabled = off)");
        }
        world.begin();
        return world;
    }

    /** Fills one that is {@link #fresh}. */
    void fill(int orders) {
        begin();
        fill(1, orders);
    }

    /** On a connection of its own: the one that filled the tables may be closed by its idle timeout. */
    void analyse() {
        await(database.patientOwnersPool()
                .query("ANALYZE " + String.join(", ", TABLES))
                .execute());
    }

    private void begin() {
        run(SALES.formatted("SELECT '" + HOT + "', now() - interval '1 hour', now() + interval '1 hour', 'OPEN',"
                + " NULL::timestamptz"));
        run("INSERT INTO recounts VALUES ('" + HOT + "', 1, 10000000, 'OPENED', now())");
        entrants("next", NEXT_ENTRANT + " + n", 1, 300);
        entrants("undrawn", "NULL", 1, 300);
        sales(-30, 0);
        run(
                "UPDATE sales SET raffle = true, draw_commitment = repeat('c', 64), draw_seed = repeat('5', 64) WHERE id IN ('"
                        + HOT + "', " + DRAFT + ")");
        orders("due", SMALL_SALE, "'b' || n", "-10 seconds", 1, SMALL_SALE_ORDERS);
        orders("mine", "'" + HOT + "'", "'" + REGULAR + "'", "2 hours", 1, 20);
        orders("mine-ended", sale("old", -1), "'" + REGULAR + "'", "-2 hours", 1, 200);
        run("UPDATE orders SET status = 'EXPIRED' WHERE id IN (SELECT md5('mine-ended' || n)::uuid"
                + " FROM generate_series(1, 200) AS n)");
    }

    private void fill(int from, int to) {
        for (int step = from; step <= to; step = (step - 1) / STEP * STEP + STEP + 1) {
            fillStep(step, Math.min(to, (step - 1) / STEP * STEP + STEP));
        }
    }

    private void fillStep(int from, int to) {
        sales(from / 10 + 1, to / 10);
        orders("hot", "'" + HOT + "'", "'buyer-' || n", "1 hour", from, to);
        entrants("hot", "n", from, to);
        orders("sooner", sale("open", -2), "'b' || n", "30 minutes", from / 4 + 1, to / 4);
        orders("ended", sale("old", -2), "'b' || n", "-1 hour", from / 2 + 1, to / 2);
        orders("regular", sale("old", -3), "'" + REGULAR + "'", "-1 hour", from / 10 + 1, to / 10);
        run(
                "UPDATE orders SET status = 'EXPIRED' WHERE status = 'RESERVED' AND hold_expires_at < now() - interval '30 min'");
        run("UPDATE orders SET status = 'PAID' WHERE status = 'RESERVED' AND buyer LIKE 'buyer-%0'");
        run("INSERT INTO payments SELECT md5('hot' || n)::uuid, 'ref', '" + HOT + "', buyer, 'PAID', now(), now(),"
                + " md5(n::text)::uuid, false FROM (SELECT n, 'buyer-' || n AS buyer FROM generate_series("
                + ((from + 9) / 10) + ", " + (to / 10) + ") AS m, LATERAL (SELECT m * 10 AS n) AS ten) AS paid");
        run(
                "INSERT INTO audit (action, operator, operation, sale_id, request, status) SELECT md5('action' || n / 2)::uuid,"
                        + " 'olga', 'editSale', CASE WHEN n % 4 < 2 THEN '" + HOT
                        + "' END, '{}', CASE WHEN n % 2 = 1 THEN 200 END"
                        + " FROM generate_series(" + from + ", " + to + ") AS n");
        run("INSERT INTO notes (operator, sale_id, order_id, note) SELECT 'olga', '" + HOT + "',"
                + " CASE WHEN n % 2 = 0 THEN md5('hot' || n)::uuid END, 'a note' FROM generate_series(" + from + ", "
                + to
                + ") AS n");
        run("INSERT INTO recounts SELECT '" + HOT + "', n + 1, 10000000, 'STOCK_EDITED', now()"
                + " FROM generate_series(" + (from / 100 + 1) + ", " + (to / 100) + ") AS n");
        run("INSERT INTO reminders (sale_id, buyer, wanted) SELECT '" + HOT + "', 'buyer-' || n, true"
                + " FROM generate_series(" + from + ", " + to + ") AS n");
        run(
                "INSERT INTO sale_changes SELECT md5('change' || n)::uuid, id, 'EDIT', NULL, now(), title, price_cents, stock, 0,"
                        + " per_buyer_limit, opens_at, closes_at, hold_seconds, state, n FROM sales, generate_series("
                        + (from / 100 + 1) + ", " + (to / 100) + ") AS n WHERE id = '" + HOT + "'");
        run("INSERT INTO decided_numbers SELECT '" + HOT + "', n, '{[1,1000]}' FROM generate_series(" + (from / 100 + 1)
                + ", " + (to / 100) + ") AS n");
        run("INSERT INTO awaited_orders SELECT md5('marker' || n)::uuid, '" + HOT
                + "', ARRAY[1], ARRAY[n], ARRAY[md5('hot' || n)::uuid] FROM generate_series(" + (from / 100 + 1) + ", "
                + (to / 100) + ") AS n");
        run("UPDATE sales SET epoch = (SELECT max(epoch) FROM recounts), sold = " + to + ", paid = " + to / 10
                + " WHERE id = '" + HOT + "'");
    }

    private void entrants(String prefix, String position, int from, int to) {
        run(("INSERT INTO raffle_entries (sale_id, buyer, entrant, order_id, position)"
                        + " SELECT '%1$s', 'buyer-' || CASE WHEN '%2$s' = 'hot' THEN '' ELSE '%2$s' END || n, md5('%2$s' || n),"
                        + " md5('%2$s' || n)::uuid, %3$s FROM generate_series(%4$d, %5$d) AS n")
                .formatted(HOT, prefix, position, from, to));
    }

    private void sales(int from, int to) {
        String numbers = " FROM generate_series(" + from + ", " + to + ") AS n";
        run(SALES.formatted("SELECT " + SALE_NAME.formatted("open")
                + ", now() - interval '2 hours' - n * interval '1 s',"
                + " now() + interval '1 day', 'OPEN', NULL::timestamptz" + numbers + " WHERE n % 50 = 0 OR n <= 0"));
        run(SALES.formatted(
                "SELECT " + SALE_NAME.formatted("late") + ", now() - interval '3 hours' - n * interval '1 s',"
                        + " now(), 'CLOSED', now() - interval '1 hour' - n * interval '1 ms'" + numbers
                        + " WHERE n % 10 = 0 OR n <= 0"));
        run(SALES.formatted("SELECT " + SALE_NAME.formatted("old") + ", now() - interval '9 days' - n * interval '1 s',"
                + " now(), 'CLOSED', now() - interval '8 days' - n * interval '1 s'" + numbers));
        run(SALES.formatted("SELECT " + SALE_NAME.formatted("next") + ", now() + interval '1 day' + n * interval '1 s',"
                + " now() + interval '9 days', 'SCHEDULED', NULL::timestamptz" + numbers
                + " WHERE n % 10 = 0 OR n <= 0"));
    }

    private static String sale(String name, int number) {
        return SALE_NAME.formatted(name).replace("|| n", "|| " + number);
    }

    private void orders(String prefix, String sale, String buyer, String endsIn, int from, int to) {
        run(ORDERS.formatted(prefix, sale, buyer, endsIn, from, to));
    }

    private void run(String sql) {
        await(owners.query(sql).execute());
    }

    /** Connects as the services do, with a longer timeout for expensive statements. */
    SqlConnection connect(Vertx vertx) {
        DatabaseConfig config = database.config("statementMax", "30000", "answerMax", "30000");
        return await(OrderDatabase.pool(vertx, config, "growth").getConnection());
    }
}
