package dev.doorbuster.crowd.judge.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot.LedgerOrderRow;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot.LedgerSale;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.junit.RealServers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The statements fit the ledger's real schema. */
class SqlLedgerReaderIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(ServerKind.POSTGRES);

    private static final String SALE = "k7wq2mzr5xv3ta6b";
    private static final String DATABASE = "crowd_ledger";
    private static final Path MIGRATIONS = Path.of("../order-service/src/main/resources/db/migration");

    private final Vertx vertx = Vertx.vertx();

    @BeforeAll
    static void migrate() throws IOException {
        servers.postgres().createDatabase(DATABASE);
        Vertx vertx = Vertx.vertx();
        execute(vertx, Files.readString(MIGRATIONS.resolve("V1__ledger.sql")));
        execute(vertx, Files.readString(MIGRATIONS.resolve("V13_1__timeline.sql")));
        execute(vertx, """
                INSERT INTO sales (id, title, price_cents, currency, stock, sold, per_buyer_limit, opens_at,
                                   hold_seconds, counter, state)
                VALUES ('k7wq2mzr5xv3ta6b', 'Espresso machine', 19990, 'EUR', 5, 2, 2, now(), 600, 'redis', 'OPEN');
                INSERT INTO orders (id, sale_id, buyer, quantity, idempotency_key, request_id, accepted, counted,
                                    per_buyer_limit, status, reason, total_cents, placed_at, decided_at, hold_expires_at)
                VALUES ('a3e4b1d2-7c6f-4e5a-9b8d-0c1f2e3d4b5a', 'k7wq2mzr5xv3ta6b', 'ann', 2, 'key-ann',
                        gen_random_uuid(), true, true, 2, 'RESERVED', NULL, 39980, now(), now(), now()),
                       ('b3e4b1d2-7c6f-4e5a-9b8d-0c1f2e3d4b5a', 'k7wq2mzr5xv3ta6b', 'bob', 1, 'key-bob',
                        gen_random_uuid(), false, true, 2, 'REJECTED', 'sold-out', 19990, now(), now(), NULL);
                INSERT INTO orders (id, sale_id, buyer, quantity, idempotency_key, request_id, accepted, counted,
                                    per_buyer_limit, status, reason, total_cents, placed_at, decided_at, hold_expires_at,
                                    changed_at)
                VALUES ('c3e4b1d2-7c6f-4e5a-9b8d-0c1f2e3d4b5a', 'k7wq2mzr5xv3ta6b', 'cat', 1, 'key-cat',
                        gen_random_uuid(), true, true, 2, 'EXPIRED', NULL, 19990, now(), now(), now(),
                        now() - interval '1 second'),
                       ('d3e4b1d2-7c6f-4e5a-9b8d-0c1f2e3d4b5a', 'k7wq2mzr5xv3ta6b', 'dan', 1, 'key-dan',
                        gen_random_uuid(), true, true, 2, 'EXPIRED', NULL, 19990, now(), now(), now(), now());
                """);
        get(vertx.close());
    }

    @AfterEach
    void close() {
        get(vertx.close());
    }

    @Test
    void readsASaleAndItsOrders() {
        LedgerSnapshot ledger =
                get(SqlLedgerReader.read(vertx, options(), () -> 0)).ofSales(List.of(SALE));

        assertThat(ledger.sales()).containsExactly(new LedgerSale(SALE, 5, 2, 2));
        assertThat(ledger.orders())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("decidedMicros", "overdueSeconds")
                .containsExactlyInAnyOrder(
                        new LedgerOrderRow(
                                "a3e4b1d2-7c6f-4e5a-9b8d-0c1f2e3d4b5a",
                                SALE,
                                "ann",
                                "key-ann",
                                2,
                                true,
                                "RESERVED",
                                0,
                                0,
                                false),
                        new LedgerOrderRow(
                                "b3e4b1d2-7c6f-4e5a-9b8d-0c1f2e3d4b5a",
                                SALE,
                                "bob",
                                "key-bob",
                                1,
                                false,
                                "REJECTED",
                                0,
                                0,
                                false),
                        new LedgerOrderRow(
                                "c3e4b1d2-7c6f-4e5a-9b8d-0c1f2e3d4b5a",
                                SALE,
                                "cat",
                                "key-cat",
                                1,
                                true,
                                "EXPIRED",
                                0,
                                0,
                                true),
                        new LedgerOrderRow(
                                "d3e4b1d2-7c6f-4e5a-9b8d-0c1f2e3d4b5a",
                                SALE,
                                "dan",
                                "key-dan",
                                1,
                                true,
                                "EXPIRED",
                                0,
                                0,
                                false));
    }

    @Test
    void refusesASaleTheLedgerDoesNotHave() {
        LedgerSnapshot ledger = get(SqlLedgerReader.read(vertx, options(), () -> 0));

        assertThatThrownBy(() -> ledger.ofSales(List.of("aaaaaaaaaaaaaaaa")))
                .hasMessage("the ledger has no sale aaaaaaaaaaaaaaaa");
    }

    private static PgConnectOptions options() {
        return new PgConnectOptions()
                .setHost(servers.postgres().host())
                .setPort(servers.postgres().port())
                .setDatabase(DATABASE)
                .setUser(servers.postgres().owner().user())
                .setPassword(servers.postgres().owner().password());
    }

    private static void execute(Vertx vertx, String sql) {
        Object unused = get(PgConnection.connect(vertx, options())
                .compose(connection -> connection.query(sql).execute().eventually(() -> connection.close())));
    }

    private static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }
}
