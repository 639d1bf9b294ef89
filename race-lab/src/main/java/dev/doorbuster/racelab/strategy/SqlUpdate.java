package dev.doorbuster.racelab.strategy;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.racelab.strategy.RaceStrategy.CounterStore;
import dev.doorbuster.racelab.strategy.RaceStrategy.RaceAnswer;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The condition is part of the update: exact and without retries, but all buyers wait for the lock of one row and its commits.
 */
public record SqlUpdate(Pool pool, int buyersAtOnce, Duration answerMax) implements RaceStrategy {
    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS races (
                race text PRIMARY KEY,
                stock bigint NOT NULL,
                sold bigint NOT NULL DEFAULT 0,
                begun timestamptz NOT NULL DEFAULT now(),
                CHECK (sold <= stock))
            """;
    private static final String LEFTOVERS = "DELETE FROM races WHERE begun < now() - interval '1 hour'";
    private static final String OPEN = "INSERT INTO races (race, stock) VALUES ($1, $2)";
    private static final String TAKE = "UPDATE races SET sold = sold + 1 WHERE race = $1 AND sold < stock";
    private static final String CLOSE = "DELETE FROM races WHERE race = $1";

    /** Creates the table if missing, and deletes rows of a killed process. */
    public static Future<Void> prepare(Pool pool, Duration answerMax) {
        return pool.query(TABLE)
                .execute()
                .compose(made -> pool.query(LEFTOVERS).execute())
                .timeout(answerMax.toMillis(), TimeUnit.MILLISECONDS)
                .mapEmpty();
    }

    @Override
    public String name() {
        return "sql-update";
    }

    @Override
    public CounterStore store() {
        return CounterStore.POSTGRESQL;
    }

    @Override
    public Future<Void> open(SaleId race, long stock) {
        return connect()
                .compose(connected -> execute(OPEN, Tuple.of(race.value(), stock)))
                .mapEmpty();
    }

    /** Opens all connections and prepares their statement, which would otherwise be part of the first race's time. */
    private Future<Void> connect() {
        List<Future<SqlConnection>> connections =
                Stream.generate(pool::getConnection).limit(buyersAtOnce).toList();
        return Future.join(connections)
                .compose(all -> Future.join(
                        connections.stream().map(each -> prepare(each.result())).toList()))
                .eventually(() -> Future.join(connections.stream()
                        .filter(Future::succeeded)
                        .map(each -> each.result().close())
                        .toList()))
                .mapEmpty();
    }

    /** With the id of no race. */
    private Future<RowSet<Row>> prepare(SqlConnection connection) {
        return connection
                .preparedQuery(TAKE)
                .execute(Tuple.of(""))
                .timeout(answerMax.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Future<Optional<RaceAnswer>> attempt(SaleId race, int place, int buyer) {
        return execute(TAKE, Tuple.of(race.value()))
                .map(rows -> Optional.of(rows.rowCount() == 1 ? RaceAnswer.SOLD : RaceAnswer.REFUSED));
    }

    @Override
    public Future<Void> close(SaleId race) {
        return execute(CLOSE, Tuple.of(race.value())).mapEmpty();
    }

    private Future<RowSet<Row>> execute(String sql, Tuple parameters) {
        return pool.preparedQuery(sql).execute(parameters).timeout(answerMax.toMillis(), TimeUnit.MILLISECONDS);
    }
}
