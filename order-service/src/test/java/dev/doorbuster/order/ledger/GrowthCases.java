package dev.doorbuster.order.ledger;

import static dev.doorbuster.order.ledger.GrowthCase.array;

import dev.doorbuster.order.ledger.decide.LedgerSql;
import dev.doorbuster.order.ledger.read.LedgerQueries;
import dev.doorbuster.order.operator.OperatorSql;
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
        all.ofPresentations();
        all.ofHolds();
        all.ofOperators();
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

    private void ofPresentations() {
        add(
                "PRESENTATIONS",
                LedgerQueries.PRESENTATIONS,
                "text[]",
                2,
                "known",
                "ARRAY[" + SALE + ", 'nosuchsalenosuch']");
        add("REMINDER", LedgerQueries.REMINDER, "char(16), text", 1, "known", join(SALE, "'alice'"));
        add(
                "WANT_REMINDER",
                LedgerSql.WANT_REMINDER,
                "char(16), text, integer",
                1,
                "new",
                join(SALE, "'alice'", "100"));
        add("CANCEL_REMINDER", LedgerSql.CANCEL_REMINDER, "char(16), text", 1, "unknown", join(SALE, "'bob'"));
        add("DUE_REMINDERS", LedgerQueries.DUE_REMINDERS, "double precision, bigint", 1, "", "600000, 20");
        add(
                "REMINDERS_PUBLISHED",
                LedgerSql.REMINDERS_PUBLISHED,
                "text[], text[]",
                2,
                "",
                "ARRAY[" + SALE + ", 'nosuchsalenosuch'], ARRAY['alice', 'bob']");
        add("IMAGE", LedgerQueries.IMAGE, "char(64)", 1, "unknown", "repeat('0', 64)");
        add(
                "CHANGE_PRESENTATION",
                LedgerSql.CHANGE_PRESENTATION,
                "char(16), text, boolean, char(64), text, integer, integer, bytea",
                1,
                "new",
                join(SALE, "'text'", "true", "repeat('0', 64)", "'image/png'", "1", "1", "'x'"));
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
                    "uuid[], text[], boolean[], integer[], timestamptz",
                    elements,
                    prefix,
                    join(
                            ids(elements, prefix),
                            same(elements, "text", "'CANCELLED'"),
                            same(elements, "boolean", "false"),
                            same(elements, "integer", "2"),
                            "now()"));
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
        String streams = array(elements, "bigint", n -> "" + (1 + n * 3));
        add(
                "ADD_DECIDED_NUMBERS",
                LedgerSql.ADD_DECIDED_NUMBERS,
                "char(16), bigint[], text[]",
                elements,
                "known",
                join(SALE, streams, same(elements, "text", "'{[1,5],[7,9]}'")));
        add(
                "INSERT_AWAITED_ORDERS",
                LedgerSql.INSERT_AWAITED_ORDERS,
                "uuid, char(16), bigint[], bigint[], uuid[]",
                elements,
                "new",
                join("md5('new')::uuid", SALE, streams, streams, ids));
        add(
                "UNDECIDED",
                LedgerQueries.UNDECIDED,
                "char(16), bigint[], bigint[]",
                elements,
                "known",
                join(SALE, streams, streams));
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
                        + " integer, boolean",
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
                        "60",
                        "false"));
        for (String sale : new String[] {SALE, "'nosuchsalenosuch'", GrowthWorld.DRAFT}) {
            add("DELETE_DRAFT", LedgerSql.DELETE_DRAFT, "char(16)", 1, sale, sale);
        }
        add(
                "INSERT_SALE_CHANGE",
                LedgerSql.INSERT_SALE_CHANGE,
                "uuid, char(16), text, text, timestamptz, text, bigint, bigint, bigint, integer, timestamptz, timestamptz,"
                        + " integer, text, bigint, boolean",
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
                        "9",
                        "false"));
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
        add(
                "WITHDRAW_RAFFLE_ENTRY",
                LedgerSql.WITHDRAW_RAFFLE_ENTRY,
                "char(16), text",
                1,
                "hot",
                join(SALE, "'buyer-10'"));
        add(
                "WITHDRAW_RAFFLE_ENTRY",
                LedgerSql.WITHDRAW_RAFFLE_ENTRY,
                "char(16), text",
                1,
                "draft",
                join(GrowthWorld.DRAFT, "'buyer-10'"));
        add(
                "UNDECIDED_RAFFLES",
                LedgerQueries.UNDECIDED_RAFFLES,
                "double precision, bigint",
                PAGE,
                "",
                "600000000, " + PAGE);
        add(
                "UNSETTLED_RAFFLE_ENTRIES",
                LedgerQueries.UNSETTLED_RAFFLE_ENTRIES,
                "double precision, bigint",
                PAGE,
                "",
                "600000000, " + PAGE);
        add(
                "RAFFLE_ENTRIES_SETTLED",
                LedgerSql.RAFFLE_ENTRIES_SETTLED,
                "text[], text[]",
                2,
                "hot",
                "ARRAY[" + SALE + ", " + SALE + "], ARRAY['buyer-10', 'nobody']");
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

    private void ofOperators() {
        for (String reference : new String[] {"'ref'", "'none'"}) {
            add(
                    "MARK_REFUNDED",
                    OperatorSql.MARK_REFUNDED,
                    "uuid, text, text, text",
                    1,
                    reference,
                    "md5('hot10')::uuid, " + reference + ", 'olga', NULL");
        }
        String entry = join("gen_random_uuid()", "'olga'", "'editSale'");
        add(
                "BEGIN_ACTION",
                OperatorSql.BEGIN_ACTION,
                "uuid, text, text, char(16), text",
                1,
                "new",
                join(entry, SALE, "'{}'"));
        add(
                "END_ACTION",
                OperatorSql.END_ACTION,
                "uuid, text, text, text[], text, integer",
                1,
                "new",
                join(entry, "ARRAY[" + SALE + "]", "'{}'", "200"));
        add("AUDIT", OperatorSql.AUDIT, "bigint, bigint", PAGE, "latest", "9223372036854775807, " + PAGE);
        add(
                "ADD_SALE_NOTE",
                OperatorSql.ADD_SALE_NOTE,
                "char(16), text, text",
                1,
                "hot",
                join(SALE, "'olga'", "'a note'"));
        for (String order : new String[] {"md5('hot30')::uuid", ID}) {
            add(
                    "ADD_ORDER_NOTE",
                    OperatorSql.ADD_ORDER_NOTE,
                    "uuid, text, text",
                    1,
                    order,
                    join(order, "'olga'", "'a note'"));
            add(
                    "RECORD_MAILS",
                    LedgerSql.RECORD_MAILS,
                    "uuid[], text[], text[], timestamptz[]",
                    1,
                    order,
                    join("ARRAY[" + order + "::uuid]", "ARRAY['order.paid']", "ARRAY['SENT']", "ARRAY[now()]"));
            add("TIMELINE", OperatorSql.TIMELINE, "uuid, bigint", 1, order, join(order, "" + PAGE));
        }
        for (String buyer : new String[] {"'unknown'", "'buyer-3'"}) {
            add(
                    "PSEUDONYMISE_BUYER",
                    OperatorSql.PSEUDONYMISE_BUYER,
                    "text, text",
                    1,
                    buyer,
                    join(buyer, "'erased-1'"));
        }
        String key = "'aaaaaaaaaaaaaaaa'";
        add(
                "ADD_KEY",
                OperatorSql.ADD_KEY,
                "char(16), text, text[], text, text, timestamptz, bigint",
                1,
                "new",
                join(key, "'till'", "ARRAY['sales:read']", "repeat('0', 64)", "'olga'", "NULL", "100"));
        add("REVOKE_KEY", OperatorSql.REVOKE_KEY, "char(16), text", 1, "unknown", join(key, "'olga'"));
        add("KEY_EXISTS", OperatorSql.KEY_EXISTS, "char(16)", 1, "unknown", key);
        add("VALID_KEYS", OperatorSql.VALID_KEYS, "bigint", 1, "all", "200");
        add("KEYS", OperatorSql.KEYS, "bigint", 1, "latest", "200");
        String ofSale = "bigint, bigint, char(16)";
        add(
                "NOTES_OF_SALE",
                OperatorSql.NOTES_OF_SALE,
                ofSale,
                PAGE,
                "latest",
                join("9223372036854775807", "" + PAGE, SALE));
        for (String before : new String[] {"9223372036854775807", "700"}) {
            add("AUDIT_OF_SALE", OperatorSql.AUDIT_OF_SALE, ofSale, PAGE, before, join(before, "" + PAGE, SALE));
        }
    }
}
