package dev.doorbuster.order.database;

import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.order.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.order.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.io.File;
import java.security.SecureRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationsIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(POSTGRES);

    private static final Vertx VERTX = Vertx.vertx();
    private static TestDatabase migrated;

    @AfterAll
    static void close() {
        await(VERTX.close());
    }

    private static synchronized TestDatabase migrated() {
        if (migrated == null) {
            migrated = TestDatabase.migrated(VERTX, servers.postgres());
        }
        return migrated;
    }

    private static int files(String pattern) {
        File[] found = new File("src/main/resources/db/migration").listFiles((folder, name) -> name.matches(pattern));
        return found.length;
    }

    @Test
    void letsSeveralInstancesMigrateAtOnce() {
        // Given
        TestDatabase database = TestDatabase.empty(VERTX, servers.postgres());
        // When
        await(Future.join(IntStream.range(0, 4)
                .mapToObj(instance -> Migrations.apply(VERTX, database.migration()))
                .toList()));
        // Then
        Pool pool = database.ownersPool();
        var versions = await(pool.query("SELECT version FROM flyway_schema_history WHERE version IS NOT NULL")
                .execute());
        assertThat(versions.size()).isEqualTo(files("V.*[.]sql"));
        await(pool.close());
    }

    @Test
    void hasNothingToDoTheSecondTime() {
        // Given
        TestDatabase database = TestDatabase.migrated(VERTX, servers.postgres());
        // When
        await(Migrations.apply(VERTX, database.migration()));
        // Then
        Pool pool = database.ownersPool();
        var history =
                await(pool.query("SELECT success FROM flyway_schema_history").execute());
        assertThat(history).allMatch(row -> row.getBoolean("success")).hasSize(files(".*[.]sql"));
        await(pool.close());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM orders",
                "TRUNCATE orders",
                "DROP TABLE payments",
                "UPDATE orders SET buyer = 'mallory'",
                "UPDATE orders SET quantity = 1",
                "UPDATE recounts SET available = 0",
                "UPDATE sale_changes SET refusal = NULL",
                "DELETE FROM sale_changes",
                "UPDATE sales SET currency = 'USD'",
                "INSERT INTO sales (id, title, price_cents, currency, stock, per_buyer_limit, opens_at, hold_seconds, counter,"
                        + " state) VALUES ('aaaaaaaaaaaaaaab', 'a', 1, 'EUR', 1, 1, now(), 60, 'redis', 'OPEN')",
                "INSERT INTO sales (id, title, price_cents, currency, stock, per_buyer_limit, opens_at, hold_seconds, counter,"
                        + " sold) VALUES ('aaaaaaaaaaaaaaac', 'a', 1, 'EUR', 1, 1, now(), 60, 'redis', 1)",
                "UPDATE sales SET counter = 'redis'",
                "UPDATE payments SET outcome = 'PAID'",
                "UPDATE payments SET reference = 'another'",
                "DELETE FROM sales",
                "UPDATE sales SET id = 'aaaaaaaaaaaaaaaa'",
                "CREATE TABLE mine (id int)",
                "SELECT * FROM flyway_schema_history"
            })
    void letsTheServicesDoNothingTheyNeedNot(String statement) {
        // Given
        Pool pool = migrated().pool();
        // When, Then
        assertThatThrownBy(() -> await(pool.query(statement).execute()))
                .isInstanceOfSatisfying(
                        PgException.class,
                        refused -> assertThat(refused.getSqlState()).isEqualTo("42501"));
        await(pool.close());
    }

    @ParameterizedTest
    @MethodSource("dev.doorbuster.order.TextSamples#notPrintableInUtf8")
    void takesNoTitleThatCannotBeRead(String title) {
        // Given
        Pool pool = migrated().ownersPool();
        // When, Then
        assertThatThrownBy(() -> insertSale(pool, title)).satisfies(MigrationsIT::isRefusedByACheck);
        await(pool.close());
    }

    @ParameterizedTest
    @MethodSource("dev.doorbuster.order.TextSamples#printable")
    void takesTitlesOfAnyLanguage(String title) {
        // Given
        Pool pool = migrated().ownersPool();
        // When, Then
        assertThatNoException().isThrownBy(() -> insertSale(pool, title));
        await(pool.close());
    }

    @ParameterizedTest
    @MethodSource("dev.doorbuster.order.TextSamples#notVisibleAscii")
    void takesNoReferenceThatIsNotVisibleAscii(String reference) {
        // Given
        Pool pool = migrated().ownersPool();
        // When, Then
        assertThatThrownBy(() -> await(pool.preparedQuery(
                                "INSERT INTO payments (order_id, reference, buyer, outcome, received_at, decided_at)"
                                        + " VALUES (gen_random_uuid(), $1, 'alice', 'REFUND_DUE', now(), now())")
                        .execute(Tuple.of(reference))))
                .satisfies(MigrationsIT::isRefusedByACheck);
        await(pool.close());
    }

    private static void insertSale(Pool pool, String title) {
        await(pool.preparedQuery("INSERT INTO sales (id, title, price_cents, currency, stock, per_buyer_limit,"
                        + " opens_at, hold_seconds, counter, state)"
                        + " VALUES ($1, $2, 1, 'EUR', 1, 1, now(), 60, 'redis', 'SCHEDULED')")
                .execute(Tuple.of(SaleId.random(new SecureRandom()).value(), title)));
    }

    private static void isRefusedByACheck(Throwable failure) {
        assertThat(((PgException) failure).getSqlState()).isEqualTo("23514");
    }
}
