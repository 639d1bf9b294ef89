package dev.doorbuster.learn.sql;

import dev.doorbuster.learn.lesson.Step;
import dev.doorbuster.learn.run.LessonSession;
import dev.doorbuster.learn.run.LessonSession.LessonReply;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A connection for each actor. All that the schema contains is dropped before and after a lesson. */
final class SqlSession implements LessonSession {
    private static final String DROP_ALL = """
            DO $$
            DECLARE
                command text;
            BEGIN
                FOR command IN
                    SELECT format('DROP %s IF EXISTS %I CASCADE', kinds.kind, c.relname)
                    FROM pg_class c
                    JOIN (VALUES ('r', 'TABLE'), ('p', 'TABLE'), ('v', 'VIEW'), ('m', 'MATERIALIZED VIEW'), ('S', 'SEQUENCE'))
                        AS kinds (code, kind) ON kinds.code = c.relkind
                    WHERE c.relnamespace = current_schema()::regnamespace
                    UNION ALL
                    SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', oid::regprocedure)
                    FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
                    UNION ALL
                    SELECT format('DROP TYPE IF EXISTS %I CASCADE', typname)
                    FROM pg_type WHERE typnamespace = current_schema()::regnamespace AND typtype IN ('e', 'd')
                LOOP
                    EXECUTE command;
                END LOOP;
            END $$
            """;

    private static final String WRITES = "(?is)(insert|update|delete) .*";

    private final SqlLessonServer server;
    private final PoolOfLesson pool;
    private final Map<String, Future<PgConnection>> actors = new HashMap<>();

    SqlSession(SqlLessonServer server) {
        this.server = server;
        this.pool = new PoolOfLesson(server);
    }

    @Override
    public Future<LessonReply> execute(Step step) {
        if (PoolOfLesson.understands(step.command())) {
            return pool.execute(step.actor(), step.command()).map(reply -> new LessonReply(step.command(), reply));
        }
        String shown = step.command()
                + (step.with().isEmpty()
                        ? ""
                        : " -- " + step.with().stream().map(SqlSession::literal).collect(Collectors.joining(", ")));
        return actor(step.actor())
                .compose(connection -> query(connection, step))
                .map(rows -> text(step.command(), rows))
                .recover(cause -> cause instanceof PgException error
                        ? Future.succeededFuture("ERROR " + error.getSqlState() + ": " + error.getErrorMessage())
                        : Future.failedFuture(cause))
                .map(reply -> new LessonReply(shown, reply));
    }

    private static Future<RowSet<Row>> query(SqlConnection connection, Step step) {
        if (step.with().isEmpty()) {
            return connection.query(step.command()).execute();
        }
        return isBatch(step)
                ? connection
                        .preparedQuery(step.command())
                        .executeBatch(step.with().stream()
                                .map(row -> Tuple.wrap((List<?>) row))
                                .toList())
                : connection.preparedQuery(step.command()).execute(Tuple.from(step.with()));
    }

    /** Whether the parameters are rows: the statement is executed once for each. */
    static boolean isBatch(Step step) {
        return step.with().stream().allMatch(List.class::isInstance);
    }

    /** The rows, or the number of rows that were written, of a batch in all. The client has no right number for other commands. */
    private static String text(String command, RowSet<Row> rows) {
        if (rows.columnsNames() != null && !rows.columnsNames().isEmpty()) {
            return rows.stream().map(SqlSession::row).collect(Collectors.joining(", ", "[", "]"));
        }
        if (!command.matches(WRITES)) {
            return "ok";
        }
        int written = 0;
        for (RowSet<Row> each = rows; each != null; each = each.next()) {
            written += each.rowCount();
        }
        return "rows " + written;
    }

    private static String row(Row row) {
        return IntStream.range(0, row.size())
                .mapToObj(column -> literal(row.getValue(column)))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    static String literal(Object value) {
        return value instanceof String text ? '"' + text + '"' : String.valueOf(value);
    }

    private Future<PgConnection> actor(String name) {
        return actors.computeIfAbsent(name, first -> server.connect());
    }

    @Override
    public String expected(String reply) {
        return reply;
    }

    Future<Void> clear() {
        return server.connect()
                .compose(connection ->
                        connection.query(DROP_ALL).execute().<Void>mapEmpty().onComplete(done -> connection.close()));
    }

    private Future<Void> disconnect() {
        Future<Void> disconnected = Future.join(actors.values().stream()
                        .map(each -> each.compose(SqlConnection::close))
                        .toList())
                .mapEmpty();
        return disconnected.transform(closed -> pool.close());
    }

    /** The connections first: an open transaction would keep its locks. */
    @Override
    public Future<Void> close() {
        return disconnect().transform(closed -> clear());
    }
}
