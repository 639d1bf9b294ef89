package dev.doorbuster.order.edge;

import static dev.doorbuster.devservices.ServerKind.MEMCACHED;
import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.devservices.ServerKind.RABBITMQ;
import static dev.doorbuster.devservices.ServerKind.REDIS;
import static dev.doorbuster.order.edge.RunningEdge.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.devservices.net.Ports;
import dev.doorbuster.order.OrderConfig;
import dev.doorbuster.order.OrderService;
import dev.doorbuster.order.TestDatabase;
import dev.doorbuster.order.TestStores;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** An order-service becomes ready after its warm-up, successful or not, and the warm-up leaves no data. */
class WarmUpIT {
    @RegisterExtension
    static final RealServers servers = RealServers.ownOf(POSTGRES, RABBITMQ, REDIS, MEMCACHED);

    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final String PATIENCE = "30000";
    private static final List<String> TABLES = List.of("sales", "orders", "payments", "recounts", "sale_changes");

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        TestDatabase.await(vertx.close());
    }

    @Test
    void leavesNothingBehind() throws IOException {
        // Given
        long storedBefore = memcachedStores();

        // When
        RunningEdge edge = RunningEdge.start(vertx, servers, "DOORBUSTER_WARM_UP_BUYERS", "50", "stats.interval", "0");

        // Then
        for (String table : TABLES) {
            assertThat(rows(edge.database, table)).as(table).isZero();
        }
        assertThat(redisKeys()).isZero();
        assertThat(memcachedStores()).isEqualTo(storedBefore);
        assertThat(edge.metrics.find("doorbuster.messages.published").counters())
                .isNotEmpty()
                .allSatisfy(counter -> assertThat(counter.count()).isZero());
        assertThat(edge.metrics.find("doorbuster.orders").counters())
                .isNotEmpty()
                .extracting(Counter::count)
                .containsOnly(0.0);
        assertThat(edge.metrics.find("doorbuster.gate.refusals").counter().count())
                .isZero();
        assertThat(edge.metrics.find("doorbuster.ledger.orders").counters())
                .allSatisfy(counter -> assertThat(counter.count()).isZero());
        assertThat(edge.metrics.find("doorbuster.order").timers())
                .extracting(Timer::count)
                .isEmpty();
        SaleId real = edge.create(sale());
        assertThat(edge.order(real, "alice", 1, "Prefer: wait=20").status()).isEqualTo(201);
        assertThat(edge.decider.seen()).hasSize(1);
        edge.stop();
    }

    @Test
    void ordersAreTakenAndRefusedAndTheLedgerDecides() {
        // Given
        var logged = new ListAppender<ILoggingEvent>();
        logged.start();
        Logger log = (Logger) LoggerFactory.getLogger("dev.doorbuster.order");
        log.addAppender(logged);

        // When
        RunningEdge edge = RunningEdge.start(vertx, servers, "DOORBUSTER_WARM_UP_BUYERS", "20");

        // Then
        assertThat(logged.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.startsWith("warmed up requests with 20 buyers"))
                .anyMatch(line -> line.startsWith("warmed up orders with 20 buyers"))
                .anyMatch(line -> line.startsWith("warmed up the ledger with 20 batches"));
        assertThat(edge.decider.seen()).isEmpty();
        log.detachAppender(logged);
        edge.stop();
    }

    @Test
    void isNotReadyBeforeItHasWarmedUp() throws IOException {
        // Given
        RunningEdge first = RunningEdge.start(vertx, servers);
        Map<String, String> environment = another(first, PATIENCE);
        Pool owner = first.database.ownersPool();
        SqlConnection blocking = lookUpsBlocked(owner);

        // When
        Future<OrderService> started = start(environment);
        await().atMost(START_MAX).until(() -> answers(port(environment, "DOORBUSTER_HTTP_PORT"), "/openapi.yaml", 200));
        int readyMeanwhile = status(port(environment, "DOORBUSTER_MANAGEMENT_PORT"), "/health/ready");
        unblock(blocking);

        // Then
        assertThat(readyMeanwhile).isEqualTo(503);
        await().atMost(START_MAX)
                .until(() -> answers(port(environment, "DOORBUSTER_MANAGEMENT_PORT"), "/health/ready", 200));
        stop(first, owner, started);
    }

    @Test
    void isReadyThoughLookUpsAreStuck() {
        // Given
        RunningEdge first = RunningEdge.start(vertx, servers);
        Map<String, String> environment = another(first, "500");
        Pool owner = first.database.ownersPool();
        SqlConnection blocking = lookUpsBlocked(owner);

        // When
        Future<OrderService> started = start(environment);

        // Then
        await().atMost(START_MAX)
                .until(() -> answers(port(environment, "DOORBUSTER_MANAGEMENT_PORT"), "/health/ready", 200));
        unblock(blocking);
        stop(first, owner, started);
    }

    @Test
    void doesNoHarmWhileTheDatabaseIsAway() {
        // Given
        RunningEdge edge = RunningEdge.start(vertx, servers);
        SaleId sale = edge.create(sale());
        var config = OrderConfig.fromEnv(edge.environment).edge().orElseThrow();
        servers.postgres().kill();

        // When
        try {
            TestDatabase.await(WarmUp.run(vertx, config, edge.service.port()));
        } finally {
            servers.postgres().restart();
        }

        // Then
        await().atMost(START_MAX)
                .until(() -> edge.order(sale, "alice", 1, "Idempotency-Key: a", "Prefer: wait=5")
                                .status()
                        == 201);
        assertThat(edge.decider.seen(SaleId.NONE)).isEmpty();
        edge.stop();
    }

    @Test
    void startsAndWarmsUpWithoutMemcached() {
        // Given
        servers.memcached().kill();

        // When
        RunningEdge edge;
        try {
            edge = RunningEdge.start(vertx, servers, "DOORBUSTER_WARM_UP_BUYERS", "10");
        } finally {
            servers.memcached().restart();
        }

        // Then
        assertThat(edge.http.send("GET", "/openapi.yaml", null).status()).isEqualTo(200);
        edge.stop();
    }

    /** A transaction that blocks reading orders, while the rest of the database works. */
    private static SqlConnection lookUpsBlocked(Pool owner) {
        return TestDatabase.await(owner.getConnection()
                .compose(connection -> connection
                        .query("SET idle_in_transaction_session_timeout = 0")
                        .execute()
                        .compose(set -> connection.query("BEGIN").execute())
                        .compose(begun -> connection
                                .query("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE")
                                .execute())
                        .map(connection)));
    }

    private static void unblock(SqlConnection blocking) {
        TestDatabase.await(blocking.query("ROLLBACK").execute().compose(ended -> blocking.close()));
    }

    private Future<OrderService> start(Map<String, String> environment) {
        var metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        return OrderService.start(vertx, metrics, Overrides.in(OrderConfig.fromEnv(environment), environment));
    }

    private static void stop(RunningEdge first, Pool owner, Future<OrderService> started) {
        TestDatabase.await(owner.close());
        TestDatabase.await(started.compose(OrderService::stop));
        first.stop();
    }

    /** A second edge with a long look-up limit. */
    private static Map<String, String> another(RunningEdge first, String warmUpMax) {
        var environment = new HashMap<>(first.environment);
        environment.put("DOORBUSTER_ROLES", "edge");
        environment.put("DOORBUSTER_HTTP_PORT", Integer.toString(Ports.free()));
        environment.put("DOORBUSTER_MANAGEMENT_PORT", Integer.toString(Ports.free()));
        environment.put("DOORBUSTER_WARM_UP_BUYERS", "10");
        environment.put("edge.placement.lookupMax", PATIENCE);
        environment.put("database.lockMax", PATIENCE);
        environment.put("database.statementMax", PATIENCE);
        environment.put("database.answerMax", PATIENCE);
        // the first one has created the schema
        environment.remove("DOORBUSTER_DB_OWNER_USER");
        environment.remove("DOORBUSTER_DB_OWNER_PASSWORD");
        environment.put("warmUp.max", warmUpMax);
        environment.put("edge.warmUp.max", warmUpMax);
        return environment;
    }

    private static int port(Map<String, String> environment, String name) {
        return Integer.parseInt(environment.get(name));
    }

    private static boolean answers(int port, String path, int status) {
        try {
            return status(port, path) == status;
        } catch (IOException e) {
            return false;
        }
    }

    private static int status(int port, String path) throws IOException {
        try (Socket socket = new RawHttp(port).open()) {
            socket.getOutputStream().write(RawHttp.request("GET", path, null).getBytes(StandardCharsets.UTF_8));
            return RawHttp.read(socket.getInputStream()).status();
        }
    }

    private long rows(TestDatabase database, String table) {
        Pool pool = database.ownersPool();
        long rows = TestDatabase.await(pool.query("SELECT count(*) FROM " + table)
                .execute()
                .map(counted -> counted.iterator().next().getLong(0)));
        TestDatabase.await(pool.close());
        return rows;
    }

    private long redisKeys() {
        TestStores stores = TestStores.open(vertx, servers);
        long keys = TestDatabase.await(stores.redis().send(Request.cmd(Command.DBSIZE)))
                .toLong();
        stores.close();
        return keys;
    }

    /** How often a value was ever stored. */
    private static long memcachedStores() throws IOException {
        try (var socket = new Socket(
                        servers.memcached().host(), servers.memcached().port());
                var answer =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            socket.getOutputStream().write("stats\r\n".getBytes(StandardCharsets.US_ASCII));
            for (String line = answer.readLine(); line != null; line = answer.readLine()) {
                if (line.startsWith("STAT cmd_set ")) {
                    return Long.parseLong(
                            line.substring("STAT cmd_set ".length()).trim());
                }
            }
            throw new IOException("no statistics");
        }
    }
}
