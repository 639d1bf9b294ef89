package dev.doorbuster.order.ledger;

import static dev.doorbuster.order.ledger.GrowthCase.array;

import dev.doorbuster.order.ledger.decide.LedgerSql;
import dev.doorbuster.order.ledger.read.LedgerQueries;
import java.util.ArrayList;
import java.util.List;

/** Parameters for every statement of the ledger: one element and a full batch, existing and missing keys. */
final class GrowthCases {
    private static final int BATCH = 256;
    private static final int PAGE = 20;
    private static final String SALE = "'" + GrowthWorld.HOT + "'";
    private static final String ID = "'00000000-0000-0000-0000-000000000000'";

    private final List<GrowthCase> cases = new ArrayList<>();

    static List<GrowthCase> all() {
        var all = new GrowthCases();
        for (int elements : new int[] {1, BATCH}) {
            all.reads(elements, "hot", "known");
            all.reads(elements, "new", "unknown");
            all.writes(elements);
        }
        all.ofOneSale();
        all.ofSales();
        all.ofHolds();
        all.ofRaffles();
        return all.cases;
    }

    private void add(String name, String sql, String types, int elements, String asked, String parameters) {
        cases.add(new GrowthCase(name, asked + " x" + elements, sql, types, elements, parameters));
    }

    private static String ids(int elements, String prefix) {
        return array(elements, "uuid", n -> "md5('" + prefix + n * 3 + "')::uuid");
    }

    /** Missing keys sort before all existing ones: an unbounded index scan would read all of them. */
    private static String buyers(int elements, String prefix) {
        String name = prefix.equals("hot") ? "buyer-" : "another-";
        return array(elements, "text", n -> "'" + name + n * 3 + "'");
    }

    private static String keys(int elements, String prefix) {
        return array(elements, "text", n -> "'key-" + prefix + n * 3 + "'");
    }

    private static String same(int elements, String type, String value) {
        return "array_fill(" + value + "::" + type + ", ARRAY[" + elements + "])";
    }

    private static String join(String... parameters) {
        return String.join(", ", parameters);
    }

    private void reads(int elements, String prefix, String asked) {
        String ids = ids(elements, prefix);
        String buyers = buyers(elements, prefix);
        add("ORDERS", LedgerSql.ORDERS, "uuid[]", elements, asked, ids);
        add(
                "ORDERS_BY_KEY",
                LedgerSql.ORDERS_BY_KEY,
                "char(16), text[], text[]",
                elements,
                asked,
                join(SALE, buyers, keys(elements, prefix)));
        add(
                "UNITS_OF_BUYERS",
                LedgerSql.UNITS_OF_BUYERS,
                "char(16), text[], uuid[]",
                elements,
                asked,
                join(SALE, buyers, ids));
        add("PAYMENTS", LedgerSql.PAYMENTS, "uuid[]", elements, asked, ids);
    }

    private void writes(int elements) {
        String ids = ids(elements, "new");
        String times = same(elements, "timestamptz", "now()");
        add(
                "INSERT_ORDERS",
                LedgerSql.INSERT_ORDERS,
                "char(16), timestamptz, uuid[], text[], integer[], text[], uuid[], integer[], timestamptz[], boolean[],"
                        + " text[], bigint[], timestamptz[]",
                elements,
                "new",
                join(
                        SALE,
                        "now()",
                        ids,
                        buyers(elements, "new"),
                        same(elements, "integer", "1"),
                        keys(elements, "new"),
                        ids,
                        same(elements, "integer", "2"),
                        times,
                        same(elements, "boolean", "true"),
                        same(elements, "text", "NULL"),
                        same(elements, "bigint", "1"),
                        times));
        for (String prefix : new String[] {"hot", "new"}) {
            add(
                    "UPDATE_ORDERS",
                    LedgerSql.UPDATE_ORDERS,
                    "uuid[], text[], boolean[], integer[]",
                    elements,
                    prefix,
                    join(
                            ids(elements, prefix),
                            same(elements, "text", "'CANCELLED'"),
                            same(elements, "boolean", "false"),
                            same(elements, "integer", "2")));
        }
        add(
                "INSERT_PAYMENTS",
                LedgerSql.INSERT_PAYMENTS,
                "char(16), timestamptz, uuid[], text[], uuid[], text[], text[], timestamptz[]",
                elements,
                "new",
                join(
                        SALE,
                        "now()",
                        ids,
                        keys(elements, "new"),
                        ids,
                        buyers(elements, "new"),
                        same(elements, "text", "'PAID'"),
                        times));
        for (String prefix : new String[] {"hot", "new"}) {
            add(
                    "INSERT_UNMATCHED_PAYMENTS",
                    LedgerSql.INSERT_UNMATCHED_PAYMENTS,
                    "uuid[], text[], uuid[], text[], timestamptz[]",
                    elements,
                    prefix,
                    join(ids(elements, prefix), same(elements, "text", "'ref'"), ids, buyers(elements, "new"), times));
        }
    }

    private void ofOneSale() {
        for (String sale : new String[] {SALE, "'nosuchsalenosuch'"}) {
            add("LOCK_SALE", LedgerSql.LOCK_SALE, "char(16)", 1, sale, sale);
            add("CLOCK_AND_RECOUNT", LedgerSql.CLOCK_AND_RECOUNT, "char(16)", 1, sale, sale);
            add("SALE", LedgerQueries.SALE, "char(16)", 1, sale, sale);
            add("HELD", LedgerQueries.HELD, "char(16)", 1, sale, sale);
        }
        add(
                "UPDATE_SALE",
                LedgerSql.UPDATE_SALE,
                "char(16), bigint, text, bigint, timestamptz, bigint, text, bigint, bigint, integer, timestamptz, timestamptz,"
                        + " integer",
                1,
                "hot",
                join(
                        SALE,
                        "9",
                        "'OPEN'",
                        "9",
                        "now()",
                        "1",
                        "'a lamp'",
                        "1999",
                        "1000000",
                        "2",
                        "now()",
                        "NULL",
                        "60"));
        for (String sale : new String[] {SALE, "'nosuchsalenosuch'", GrowthWorld.DRAFT}) {
            add("DELETE_DRAFT", LedgerSql.DELETE_DRAFT, "char(16)", 1, sale, sale);
        }
        add(
                "INSERT_SALE_CHANGE",
                LedgerSql.INSERT_SALE_CHANGE,
                "uuid, char(16), text, text, timestamptz, text, bigint, bigint, bigint, integer, timestamptz, timestamptz,"
                        + " integer, text, bigint",
                1,
                "new",
                join(
                        ID,
                        SALE,
                        "'EDIT'",
                        "NULL",
                        "now()",
                        "'a lamp'",
                        "1999",
                        "1000000",
                        "9",
                        "2",
                        "now()",
                        "NULL",
                        "60",
                        "'OPEN'",
                        "9"));
        add("SALE_CHANGES", LedgerSql.SALE_CHANGES, "uuid[]", 1, "unknown", "ARRAY[" + ID + "]::uuid[]");
        add(
                "INSERT_RECOUNT",
                LedgerSql.INSERT_RECOUNT,
                "char(16), bigint, bigint, text, timestamptz",
                1,
                "new",
                join(SALE, "1000000", "9", "'OPENED'", "now()"));
        add("INSERT_WARM_UP_SALE", LedgerSql.INSERT_WARM_UP_SALE, "char(16)", 1, "new", "'warmupwarmupwarm'");
        for (String prefix : new String[] {"hot", "new"}) {
            add("PAYMENT", LedgerQueries.PAYMENT, "uuid, text", 1, prefix, "md5('" + prefix + "30')::uuid, 'ref'");
        }
    }

    private void ofSales() {
        add(
                "REPORT",
                LedgerQueries.REPORT,
                "text[]",
                GrowthWorld.SMALL_SALE_ORDERS,
                "small",
                "ARRAY[" + GrowthWorld.SMALL_SALE + "]");
        add(
                "REPORTED_SALES",
                LedgerQueries.REPORTED_SALES,
                "text[], double precision",
                1,
                "small",
                "ARRAY[" + GrowthWorld.SMALL_SALE + "], 60000");
        add("REFUNDS_DUE", LedgerQueries.REFUNDS_DUE, "bigint", PAGE, "oldest", "" + PAGE);
        add(
                "MARK_REFUNDED",
                LedgerSql.MARK_REFUNDED,
                "uuid, text, text, text",
                1,
                "paid",
                "md5('hot10')::uuid, 'ref', 'olga', NULL");
        add("OPEN_SALES", LedgerQueries.OPEN_SALES, "bigint", PAGE, "latest", "" + PAGE);
        add("OPEN_UNITS", LedgerQueries.OPEN_UNITS, "bigint", PAGE, "latest", "" + PAGE);
        add("SCHEDULED_SALES", LedgerQueries.SCHEDULED_SALES, "bigint", PAGE, "first", "" + PAGE);
        add("DUE_SALES", LedgerQueries.DUE_SALES, "bigint", PAGE, "none due", "" + PAGE);
        String types = "char(16), timestamptz, char(16), double precision, bigint";
        String day = ", 86400000, " + PAGE;
        add("COUNTED_SALES", LedgerQueries.COUNTED_SALES, types, PAGE, "first page", "'', '1970-01-01', ''" + day);
        add("COUNTED_SALES", LedgerQueries.COUNTED_SALES, types, PAGE, "running", "'m', '1970-01-01', ''" + day);
        add(
                "COUNTED_SALES",
                LedgerQueries.COUNTED_SALES,
                types,
                PAGE,
                "closed",
                "NULL, now() - interval '1 h', 'm'" + day);
    }

    private void ofRaffles() {
        for (int elements : new int[] {1, BATCH}) {
            for (String sale : new String[] {SALE, GrowthWorld.DRAFT}) {
                add(
                        "ENTER_RAFFLE",
                        LedgerSql.ENTER_RAFFLE,
                        "char(16), text[], text[], uuid[]",
                        elements,
                        sale,
                        join(sale, buyers(elements, "new"), entrants(elements, "new"), ids(elements, "new")));
            }
            add(
                    "WRITE_DRAW",
                    LedgerSql.WRITE_DRAW,
                    "char(16), text[], integer[]",
                    elements,
                    "undrawn",
                    join(SALE, entrants(elements, "undrawn"), same(elements, "integer", "NULL")));
        }
        add("OPEN_RAFFLES", LedgerQueries.OPEN_RAFFLES, "bigint", PAGE, "first", "" + PAGE);
        add(
                "RAFFLE_ENTRANTS",
                LedgerQueries.RAFFLE_ENTRANTS,
                "char(16), text, bigint",
                PAGE,
                "a page",
                join(SALE, "'8'", "" + PAGE));
        for (String from : new String[] {"0", GrowthWorld.NEXT_ENTRANT}) {
            add("DRAW", LedgerQueries.DRAW, "char(16), integer, bigint", PAGE, from, join(SALE, from, "" + PAGE));
        }
        add("DRAW_SIZE", LedgerQueries.DRAW_SIZE, "char(16)", 1, "hot", SALE);
        for (String buyer : new String[] {"'buyer-10'", "'another-10'"}) {
            add("RAFFLE_ENTRY", LedgerQueries.RAFFLE_ENTRY, "char(16), text", 1, buyer, join(SALE, buyer));
        }
    }

    private static String entrants(int elements, String prefix) {
        return array(elements, "text", n -> "md5('" + prefix + n * 3 + "')");
    }

    private void ofHolds() {
        add("TRY_LOCK", LedgerQueries.TRY_LOCK, "bigint", 1, "free", "1");
        // The holds of SMALL_SALE that are due stay within this time however long the test takes: otherwise the entries
        // of
        // orders that this test has rolled back would be counted.
        String sinceThen = "now() - interval '20 min'";
        add("OLDEST_HOLD", LedgerQueries.OLDEST_HOLD, "timestamptz", 1, "known", sinceThen);
        String types = "timestamptz, uuid, timestamptz, uuid, double precision, bigint";
        add(
                "HOLDS_OVER",
                LedgerQueries.HOLDS_OVER,
                types,
                PAGE,
                "new ones",
                sinceThen + ", " + ID + ", '9999-01-01', " + ID + ", 5000, " + PAGE);
        add(
                "HOLDS_OVER",
                LedgerQueries.HOLDS_OVER,
                types,
                PAGE,
                "again",
                sinceThen + ", " + ID + ", now() - interval '20 s', " + ID + ", 5000, " + PAGE);
        add(
                "HOLDS_OVER",
                LedgerQueries.HOLDS_OVER,
                types,
                PAGE,
                "none left",
                "now() - interval '6 s', " + ID + ", '9999-01-01', " + ID + ", 5000, " + PAGE);
    }
}
