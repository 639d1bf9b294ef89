package dev.doorbuster.learn.sql;

import dev.doorbuster.learn.lesson.Lesson;
import dev.doorbuster.learn.lesson.Step;
import dev.doorbuster.learn.run.LessonServer;
import dev.doorbuster.learn.run.LessonSession;
import dev.doorbuster.runtime.database.Postgres;
import dev.doorbuster.runtime.database.PostgresConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.stream.Collectors;

/** Lessons on PostgreSQL, in the schema that has the name of their role. */
public final class SqlLessons implements LessonServer {
    private static final String NAME = "learn";
    private static final int CONNECTIONS_MAX = 4;
    /** Limit of one statement, and of waiting for a lock. */
    private static final Duration STATEMENT_MAX = Duration.ofSeconds(5);

    private final Pool pool;

    /** The role owns a schema of its own name and has no other privileges. */
    public SqlLessons(Vertx vertx, PostgresConfig config) {
        pool = Postgres.pool(
                vertx,
                Postgres.connecting(config, NAME)
                        .addProperty("lock_timeout", Postgres.millis(STATEMENT_MAX))
                        .addProperty("statement_timeout", Postgres.millis(STATEMENT_MAX)),
                config,
                NAME,
                CONNECTIONS_MAX,
                CONNECTIONS_MAX);
    }

    @Override
    public Future<LessonSession> open(Lesson lesson) {
        var session = new SqlSession(this);
        return session.clear().map(session);
    }

    Future<SqlConnection> connect() {
        return pool.getConnection();
    }

    @Override
    public String javaCall(Step step) {
        return step.with().isEmpty()
                ? "pool.query(sql).execute()"
                : "pool.preparedQuery(sql).execute(Tuple.of("
                        + step.with().stream().map(SqlSession::literal).collect(Collectors.joining(", ")) + "))";
    }

    @Override
    public Future<Void> close() {
        return pool.close();
    }
}
