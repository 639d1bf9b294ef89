package dev.doorbuster.learn.sql;

import dev.doorbuster.learn.lesson.Lesson;
import dev.doorbuster.learn.lesson.Step;
import dev.doorbuster.learn.run.LessonServer;
import dev.doorbuster.learn.run.LessonSession;
import dev.doorbuster.runtime.database.Postgres;
import dev.doorbuster.runtime.database.PostgresConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Lessons on PostgreSQL, in the schema that has the name of their role. */
public final class SqlLessonServer implements LessonServer {
    private static final String NAME = "learn";
    /** Limit of one statement, and of waiting for a lock. */
    private static final Duration STATEMENT_MAX = Duration.ofSeconds(5);
    /** When the server ends a transaction that a killed run left open. */
    private static final Duration IDLE_MAX = Duration.ofSeconds(60);

    private final Vertx vertx;
    private final PostgresConfig config;
    private final PgConnectOptions connecting;

    /** The role owns a schema of its own name and has no other privileges. */
    public SqlLessonServer(Vertx vertx, PostgresConfig config) {
        this.vertx = vertx;
        this.config = config;
        this.connecting = Postgres.connecting(config, NAME)
                .addProperty("client_min_messages", "warning")
                .addProperty("lock_timeout", Postgres.millis(STATEMENT_MAX))
                .addProperty("statement_timeout", Postgres.millis(STATEMENT_MAX))
                .addProperty("idle_in_transaction_session_timeout", Postgres.millis(IDLE_MAX));
    }

    @Override
    public Future<LessonSession> open(Lesson lesson) {
        var session = new SqlSession(this);
        return session.clear().map(session);
    }

    /** Not from a pool: closing it ends its transaction, its settings and its locks. */
    Future<PgConnection> connect() {
        return PgConnection.connect(vertx, connecting);
    }

    Pool pool(int connectionsMax, int waitingMax) {
        return Postgres.pool(vertx, connecting, config, NAME, connectionsMax, waitingMax);
    }

    @Override
    public String javaCall(Step step) {
        if (PoolOfLesson.understands(step.command())) {
            return PoolOfLesson.javaCall(step.command());
        }
        if (step.with().isEmpty()) {
            return "connection.query(sql).execute()";
        }
        return SqlSession.isBatch(step)
                ? "connection.preparedQuery(sql).executeBatch(List.of("
                        + step.with().stream().map(row -> tuple((List<?>) row)).collect(Collectors.joining(", ")) + "))"
                : "connection.preparedQuery(sql).execute(" + tuple(step.with()) + ")";
    }

    private static String tuple(List<?> values) {
        return values.stream().map(SqlSession::literal).collect(Collectors.joining(", ", "Tuple.of(", ")"));
    }
}
