package dev.doorbuster.systemtests;

import static dev.doorbuster.devservices.ServerKind.MEMCACHED;
import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.devservices.ServerKind.RABBITMQ;
import static dev.doorbuster.devservices.ServerKind.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.Binaries;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.systemtests.SmallSystem.Answer;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database restored from a dump, or of an earlier version, sells what is left and nothing twice. */
class BackupIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(POSTGRES, RABBITMQ, REDIS, MEMCACHED);

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int STOCK = 10;
    private static final Vertx VERTX = Vertx.vertx();

    private static final String OPEN_SALE = """
            INSERT INTO sales (id, title, price_cents, currency, stock, sold, per_buyer_limit, opens_at, hold_seconds, counter, state)
            VALUES ('%s', 'Two lamps', 4900, 'EUR', 2, 1, 1, now(), 600, '%s', 'OPEN')
            """;
    private static final String HELD_ORDER = """
            INSERT INTO orders (id, sale_id, buyer, quantity, idempotency_key, request_id, accepted, counted, per_buyer_limit, status,
                                total_cents, placed_at, decided_at, hold_expires_at)
            VALUES ('%s', '%s', 'alice', 1, 'only', '%s', true, true, 1, 'RESERVED', 4900, now(), now(), now() + interval '10 minutes')
            """;

    @TempDir
    private Path folder;

    @AfterAll
    static void stop() {
        SmallSystem.await(VERTX.close());
    }

    @ParameterizedTest
    @EnumSource
    void aDumpTakenDuringASaleIsRestoredIntoAFreshSystem(CounterKind kind) throws Exception {
        // Given
        List<String> buyers =
                IntStream.range(0, STOCK - 2).mapToObj(each -> "buyer-" + each).toList();
        List<String> orders;
        SaleId sale;
        try (var system = new SmallSystem(VERTX, servers)) {
            system.startStockService();
            sale = system.create(kind, "stock", STOCK);
            await().atMost(SOON).until(() -> "OPEN".equals(system.state(sale)));
            var first = new CompletableFuture<String>();
            CompletableFuture<List<String>> all = CompletableFuture.supplyAsync(() -> buyers.stream()
                    .map(buyer -> reserved(system, sale, buyer))
                    .peek(first::complete)
                    .toList());
            first.get(SOON.toSeconds(), TimeUnit.SECONDS);
            run("pg_dump", "-Fc", "-f", dump(), system.variables().get("DOORBUSTER_DB_NAME"));
            orders = all.get(SOON.toSeconds(), TimeUnit.SECONDS);
        }

        // When
        String restored = "restored_" + kind.wireName();
        servers.postgres().createDatabase(restored);
        run("pg_restore", "--exit-on-error", "-d", restored, dump());
        servers.redis().wipe();
        servers.memcached().restart();

        // Then
        try (var system = new SmallSystem(VERTX, servers, "DOORBUSTER_DB_NAME", restored)) {
            assertThat(system.rows("SELECT id FROM orders WHERE sale_id = $1", sale.value()))
                    .isNotEmpty();
            system.startStockService();
            assertThat(buyers)
                    .extracting(buyer -> reserved(system, sale, buyer))
                    .isEqualTo(orders);
            assertThat(reserved(system, sale, "yoko")).isNotEmpty();
            assertThat(reserved(system, sale, "zeno")).isNotEmpty();
            assertThat(system.orderAndWait(sale, "late", 1).slug()).isEqualTo("sold-out");
            assertPass(system, sale, STOCK);
        }
    }

    /** Version 7 is the last one without refunds to work off and without publication of drafts. */
    @ParameterizedTest
    @EnumSource
    void anOpenSaleOfAnEarlierVersionIsSoldOnAfterTheUpgrade(CounterKind kind) throws Exception {
        // Given
        String database = "earlier_" + kind.wireName();
        servers.postgres().createDatabase(database);
        SaleId sale = SaleId.random(new Random());
        String url = "jdbc:postgresql://%s:%d/%s"
                .formatted(servers.postgres().host(), servers.postgres().port(), database);
        var owner = servers.postgres().owner();
        Flyway.configure()
                .dataSource(url, owner.user(), owner.password())
                .locations("classpath:db/migration")
                // Without the grants, which are those of the newest version.
                .repeatableSqlMigrationPrefix("none")
                .target("7")
                .load()
                .migrate();
        try (Connection connection = DriverManager.getConnection(url, owner.user(), owner.password());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(OPEN_SALE.formatted(sale, kind.wireName()));
            statement.executeUpdate(HELD_ORDER.formatted(UUID.randomUUID(), sale, UUID.randomUUID()));
        }

        // When
        try (var system = new SmallSystem(VERTX, servers, "DOORBUSTER_DB_NAME", database)) {
            system.startStockService();

            // Then
            assertThat(reserved(system, sale, "bob")).isNotEmpty();
            assertThat(system.orderAndWait(sale, "carol", 1).slug()).isEqualTo("sold-out");
            assertPass(system, sale, 2);
        }
    }

    private static void assertPass(SmallSystem system, SaleId sale, int sold) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(system.verify(sale).getString("verdict")).isEqualTo("PASS"));
        assertThat(system.verify(sale).getInteger("sold")).isEqualTo(sold);
    }

    /** The order's id; a repeat by the same buyer is the same order. */
    private static String reserved(SmallSystem system, SaleId sale, String buyer) {
        Answer answer = system.order(sale, buyer, 1, "Prefer", "wait=20", "Idempotency-Key", "only");
        assertThat(answer.status()).as(answer.json().encode()).isEqualTo(201);
        return answer.json().getString("id");
    }

    private String dump() {
        return folder.resolve("doorbuster.dump").toString();
    }

    /** A program of PostgreSQL, as the superuser. */
    private void run(String program, String... arguments) throws Exception {
        Path path = Binaries.ofThisMachine().postgres().orElseThrow().psql().resolveSibling(program);
        var command = new ArrayList<>(
                List.of(path.toString(), "-h", servers.postgres().host()));
        command.addAll(List.of("-p", Integer.toString(servers.postgres().port())));
        command.addAll(List.of("-U", servers.postgres().admin().user()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve(program + ".txt");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("PGPASSWORD", servers.postgres().admin().password());
        Process process = builder.start();
        try {
            assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS))
                    .as(program)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    }
}
