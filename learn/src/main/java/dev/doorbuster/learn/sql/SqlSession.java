package dev.doorbuster.learn.sql;

import dev.doorbuster.learn.lesson.Step;
import dev.doorbuster.learn.run.LessonReply;
import dev.doorbuster.learn.run.LessonSession;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** A connection for each actor. All tables of the schema are dropped before and after a lesson. */
final class SqlSession implements LessonSession {
    private static final String DROP_ALL = """
            DO $$
            DECLARE
                each text;
            BEGIN
                FOR each IN SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = current_schema() LOOP
                    EXECUTE 'DROP TABLE ' || each || ' CASCADE';
                END LOOP;
            END $$
            """;

    private final SqlLessons lessons;
    private final Map<String, Future<SqlConnection>> actors = new HashMap<>();

    SqlSession(SqlLessons lessons) {
        this.lessons = lessons;
    }

    @Override
    public Future<LessonReply> execute(Step step) {
        String shown = step.command()
                + (step.with().isEmpty()
                        ? ""
                        : " -- " + step.with().stream().map(SqlSession::literal).collect(Collectors.joining(", ")));
        return actor(step.actor())
                .compose(connection -> query(connection, step))
                .map(SqlSession::text)
                .recover(cause -> cause instanceof PgException error
                        ? Future.succeededFuture("ERROR " + error.getSqlState() + ": " + error.getErrorMessage())
                        : Future.failedFuture(cause))
                .map(reply -> new LessonReply(shown, reply));
    }

    private static Future<RowSet<Row>> query(SqlConnection connection, Step step) {
        return step.with().isEmpty()
                ? connection.query(step.command()).execute()
                : connection.preparedQuery(step.command()).execute(Tuple.from(step.with()));
    }

    /** The rows, or the number of rows that were written. */
    private static String text(RowSet<Row> rows) {
        return rows.columnsNames() == null || rows.columnsNames().isEmpty()
                ? "rows " + rows.rowCount()
                : StreamSupport.stream(rows.spliterator(), false)
                        .map(SqlSession::row)
                        .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String row(Row row) {
        return IntStream.range(0, row.size())
                .mapToObj(column -> literal(row.getValue(column)))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    static String literal(Object value) {
        return value instanceof String text ? '"' + text + '"' : String.valueOf(value);
    }

    private Future<SqlConnection> actor(String name) {
        return actors.computeIfAbsent(name, first -> lessons.connect());
    }

    @Override
    public String expected(String reply) {
        return reply;
    }

    Future<Void> clear() {
        return lessons.connect()
                .compose(connection ->
                        connection.query(DROP_ALL).execute().<Void>mapEmpty().onComplete(done -> connection.close()));
    }

    Future<Void> disconnect() {
        return Future.join(actors.values().stream()
                        .map(each -> each.compose(SqlConnection::close))
                        .toList())
                .mapEmpty();
    }

    /** The connections first: an open transaction would keep its locks. */
    @Override
    public Future<Void> close() {
        return disconnect().transform(closed -> clear());
    }
}
