package dev.doorbuster.order.database;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs single statements, hence each on one snapshot, on any connection of a pool. Each fails after {@link
 * DatabaseConfig#answerMax()}. Not by queries on the pool: if connecting fails, these log an unhandled exception later
 * (eclipse-vertx/vertx-sql-client, issue 1706).
 */
public final class Statements {
    private final Pool pool;
    private final DatabaseConfig config;

    public Statements(Pool pool, DatabaseConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /** All rows of the result. */
    public <T> Future<List<T>> list(String sql, Function<Row, T> value, Tuple parameters) {
        return OrderDatabase.within(
                config,
                () -> pool.withConnection(connection -> connection
                        .preparedQuery(sql)
                        .mapping(value)
                        .execute(parameters)
                        .map(rows -> rows.stream().toList())));
    }

    /** The first row of the result, if it has one. */
    public <T> Future<Optional<T>> first(String sql, Function<Row, T> value, Tuple parameters) {
        return list(sql, value, parameters).map(rows -> rows.stream().findFirst());
    }

    /** Whether the result has a row. */
    public Future<Boolean> exists(String sql, Tuple parameters) {
        return list(sql, row -> row, parameters).map(rows -> !rows.isEmpty());
    }

    /** Whether a row was changed. */
    public Future<Boolean> change(String sql, Tuple parameters) {
        return OrderDatabase.within(
                config,
                () -> pool.withConnection(connection ->
                        connection.preparedQuery(sql).execute(parameters).map(rows -> rows.rowCount() > 0)));
    }
}
