package dev.doorbuster.order.ledger;

import static dev.doorbuster.order.TestDatabase.await;
import static java.util.stream.Collectors.joining;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A statement with parameters, whose cost is measured.
 *
 * @param statement name of the statement in the services
 * @param asked description of the parameters
 * @param types of the parameters
 * @param elements number of elements in the parameters, or of rows in the result
 * @param parameters as SQL
 */
record GrowthCase(String statement, String asked, String sql, String types, int elements, String parameters) {
    enum Plan {
        CUSTOM,
        GENERIC
    }

    /** An array of that many elements, each computed from its number, counted from one. */
    static String array(int elements, String type, IntFunction<String> element) {
        return IntStream.rangeClosed(1, elements)
                .mapToObj(element)
                .collect(joining(", ", "ARRAY[", "]::" + type + "[]"));
    }

    /** Blocks that its execution touches, in a transaction that is rolled back. */
    long buffers(SqlConnection connection, Plan plan) {
        return buffers(explained(connection, plan, "ANALYZE, BUFFERS"));
    }

    static long buffers(JsonObject executed) {
        return executed.getLong("Shared Hit Blocks") + executed.getLong("Shared Read Blocks");
    }

    /** Its plan for any parameters, without executing it. */
    JsonObject genericPlan(SqlConnection connection) {
        return explained(connection, Plan.GENERIC, "COSTS");
    }

    private JsonObject explained(SqlConnection connection, Plan plan, String options) {
        return explained(connection, """
                BEGIN;
                SET LOCAL plan_cache_mode = force_%s_plan;
                PREPARE asked (%s) AS %s;
                EXPLAIN (%s, FORMAT JSON) EXECUTE asked (%s);
                ROLLBACK;
                DEALLOCATE asked""".formatted(plan.name(), types, sql, options, parameters));
    }

    /** Prepares it under a name, with the generic plan for the tables as they are now. */
    void prepare(SqlConnection connection, String name) {
        JsonObject unused = explained(connection, """
                PREPARE "%1$s" (%2$s) AS %3$s;
                EXPLAIN (FORMAT JSON) EXECUTE "%1$s" (%4$s)""".formatted(name, types, sql, parameters));
    }

    /** What was prepared under that name. */
    JsonObject prepared(SqlConnection connection, String name) {
        return explained(connection, """
                BEGIN;
                EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE "%s" (%s);
                ROLLBACK""".formatted(name, parameters));
    }

    private static JsonObject explained(SqlConnection connection, String script) {
        var results = new ArrayList<RowSet<Row>>();
        for (RowSet<Row> each = await(connection.query(script).execute()); each != null; each = each.next()) {
            results.add(each);
        }
        return results.stream()
                .flatMap(rows -> rows.stream())
                .map(row -> row.get(JsonArray.class, 0))
                .map(explained -> explained.getJsonObject(0).getJsonObject("Plan"))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public String toString() {
        return statement + " " + asked;
    }
}
