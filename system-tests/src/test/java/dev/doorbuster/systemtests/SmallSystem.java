package dev.doorbuster.systemtests;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.counter.MemcachedKeys;
import dev.doorbuster.contracts.counter.RedisKeys;
import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.order.OrderConfig;
import dev.doorbuster.order.OrderService;
import dev.doorbuster.order.counter.CounterReader;
import dev.doorbuster.order.database.DatabaseConfig;
import dev.doorbuster.order.database.OrderDatabase;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.amqp.publish.AmqpPublisher;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.health.Health;
import dev.doorbuster.runtime.store.MemcachedConfig;
import dev.doorbuster.runtime.store.MemcachedStore;
import dev.doorbuster.runtime.store.RedisConfig;
import dev.doorbuster.runtime.store.RedisStore;
import dev.doorbuster.stock.StockConfig;
import dev.doorbuster.stock.StockService;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/**
 * Order-services and a stock-service in this JVM, with a database and a virtual host of their own: for tests that
 * start and stop parts, read the stores, and publish messages that users cannot.
 */
final class SmallSystem implements AutoCloseable {
    record Answer(int status, JsonObject json) {
        String slug() {
            return json.getString("type", "").replace("/problems/", "");
        }
    }

    private static final String PASSWORD = "the operator's password";
    private static final Duration ANSWER_MAX = Duration.ofSeconds(60);

    final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Vertx vertx;
    private final Map<String, String> environment = new HashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final List<OrderService> orderServices = new ArrayList<>();
    private Optional<StockService> stockService = Optional.empty();
    private final Pool pool;
    private final RedisStore redis;
    private final MemcachedStore memcached;
    private final AmqpPublisher publisher;

    /**
     * Starts the stores' clients and one order-service.
     *
     * @param settings name, value, and so on; names of variables, or of components of {@link OrderConfig}
     */
    SmallSystem(Vertx vertx, RealServers servers, String... settings) {
        this.vertx = vertx;
        describe(servers);
        for (int i = 0; i < settings.length; i += 2) {
            environment.put(settings[i], settings[i + 1]);
        }
        startOrderService();
        var env = new Environment(environment);
        this.pool = OrderDatabase.pool(vertx, DatabaseConfig.fromEnv(env), "test");
        this.redis = new RedisStore(vertx, RedisConfig.fromEnv(env));
        this.memcached = await(MemcachedStore.start(vertx, MemcachedConfig.fromEnv(env)));
        this.publisher = await(AmqpPublisher.start(
                vertx,
                BrokerConfig.fromEnv(env),
                "test",
                DoorbusterTopology.durable(),
                new Health(),
                new SimpleMeterRegistry()));
    }

    private void describe(RealServers servers) {
        String name = "t" + UUID.randomUUID().toString().replace('-', '_');
        servers.postgres().createDatabase(name);
        servers.rabbitmq().createVirtualHost(name);
        environment.putAll(servers.variables());
        environment.put("DOORBUSTER_DB_NAME", name);
        environment.put("DOORBUSTER_RABBITMQ_VHOST", name);
        environment.put("DOORBUSTER_HTTP_PORT", "0");
        environment.put("DOORBUSTER_MANAGEMENT_PORT", "0");
        environment.put("DOORBUSTER_JWT_SECRET", "a secret of the tests, long enough for HS256");
        environment.put("DOORBUSTER_ORDER_ID_SECRET", "a secret of the tests, behind order ids");
        environment.put("DOORBUSTER_OPERATOR_PASSWORD", PASSWORD);
        environment.put("DOORBUSTER_DEMO_LOGIN", "true");
        environment.put("DOORBUSTER_WARM_UP_BUYERS", "0");
    }

    void startOrderService() {
        orderServices.add(
                await(OrderService.start(vertx, metrics, Overrides.in(OrderConfig.fromEnv(environment), environment))));
    }

    /** Starts it with some components of {@link StockConfig} replaced: name, value, and so on. */
    void startStockService(String... settings) {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        StockConfig config = Overrides.in(StockConfig.fromEnv(environment), settings);
        stockService = Optional.of(await(StockService.start(vertx, registry, config)));
    }

    /** Stops the first order-service, whose requests the next one serves. */
    void stopOrderService() {
        await(orderServices.remove(0).stop());
    }

    void stopStockService() {
        stockService.ifPresent(service -> await(service.stop()));
        stockService = Optional.empty();
    }

    URI api() {
        return URI.create("http://127.0.0.1:" + orderServices.get(0).port());
    }

    /** Configuration of the running parts, for parts that a test starts itself. */
    Map<String, String> variables() {
        return Map.copyOf(environment);
    }

    Environment environment() {
        return new Environment(environment);
    }

    Pool pool() {
        return pool;
    }

    AmqpPublisher publisher() {
        return publisher;
    }

    CounterReader counters() {
        return new CounterReader(redis, sale -> memcached);
    }

    // Operations of users.

    /** Creates a sale of ten units, one or two per buyer; some fields replaced. */
    SaleId create(CounterKind counter, Object... replaced) {
        var sale = new JsonObject()
                .put("title", "Ten lamps")
                .put("priceCents", 1999)
                .put("currency", "EUR")
                .put("stock", 10)
                .put("perBuyerLimit", 2)
                .put("opensAt", null)
                .put("closesAt", null)
                .put("holdSeconds", 600)
                .put("counter", counter.wireName());
        for (int i = 0; i < replaced.length; i += 2) {
            sale.put((String) replaced[i], replaced[i + 1]);
        }
        return new SaleId(operator("POST", "/api/sales", sale).json().getString("saleId"));
    }

    Answer operator(String method, String path, JsonObject body) {
        return call(method, path, body, token("operator"));
    }

    Answer sale(SaleId sale) {
        return call("GET", "/api/sales/" + sale, null, token("operator"));
    }

    String state(SaleId sale) {
        return sale(sale).json().getString("state");
    }

    Answer edit(SaleId sale, String field, Object value) {
        return operator("PATCH", "/api/sales/" + sale, new JsonObject().put(field, value));
    }

    Answer end(SaleId sale) {
        return operator("DELETE", "/api/sales/" + sale, null);
    }

    JsonObject verify(SaleId sale) {
        return operator("GET", "/api/sales/" + sale + "/verification", null).json();
    }

    Answer order(SaleId sale, String buyer, int quantity, String... headers) {
        var body = new JsonObject().put("quantity", quantity);
        return call("POST", "/api/sales/" + sale + "/orders", body, token(buyer), headers);
    }

    Answer orderAndWait(SaleId sale, String buyer, int quantity) {
        return order(sale, buyer, quantity, "Prefer", "wait=20");
    }

    Answer pay(String buyer, String orderId, String reference, String... headers) {
        var body = new JsonObject().put("reference", reference);
        return call("POST", "/api/orders/" + orderId + "/payment", body, token(buyer), headers);
    }

    String status(String buyer, String orderId) {
        return call("GET", "/api/orders/" + orderId, null, token(buyer)).json().getString("status");
    }

    String token(String name) {
        return tokens.computeIfAbsent(name, asked -> {
            var credentials = new JsonObject().put("name", name);
            if (name.equals("operator")) {
                credentials.put("password", PASSWORD);
            }
            return call("POST", "/api/sessions", credentials, null).json().getString("token");
        });
    }

    Answer call(String method, String path, JsonObject body, String token, String... headers) {
        URI uri = api().resolve(path);
        var request = HttpRequest.newBuilder(uri).timeout(ANSWER_MAX);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body.encode()));
        }
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), new JsonObject(answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + uri, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    // Operations of tests only.

    /** The recounts of a sale, as "epoch:available CAUSE", in sequence. */
    List<String> recounts(SaleId sale) {
        return rows("SELECT epoch, available, cause FROM recounts WHERE sale_id = $1 ORDER BY epoch", sale.value())
                .stream()
                .map(row -> row.getLong("epoch") + ":" + row.getLong("available") + " " + row.getString("cause"))
                .toList();
    }

    List<Row> rows(String sql, Object... parameters) {
        RowSet<Row> rows = await(pool.preparedQuery(sql).execute(Tuple.from(parameters)));
        return StreamSupport.stream(rows.spliterator(), false).toList();
    }

    /** The counter as stored; empty if there is none. */
    Optional<String> counter(SaleId sale, CounterKind kind) {
        return await(counters().read(sale, kind)).map(CounterValue::toString);
    }

    void writeCounter(SaleId sale, CounterKind kind, String value) {
        switch (kind) {
            case REDIS ->
                redis(Request.cmd(Command.SET).arg(RedisKeys.counter(sale)).arg(value));
            case MEMCACHED -> await(memcached.set(MemcachedKeys.counter(sale), value, Duration.ZERO));
        }
    }

    void loseCounter(SaleId sale, CounterKind kind) {
        switch (kind) {
            case REDIS -> redis(Request.cmd(Command.DEL).arg(RedisKeys.counter(sale)));
            case MEMCACHED -> await(memcached.delete(MemcachedKeys.counter(sale)));
        }
    }

    /** Fills the buyer's claim to the limit: the next order is passed on uncounted. */
    void writeClaim(SaleId sale, CounterKind kind, String buyer) {
        switch (kind) {
            case REDIS ->
                redis(Request.cmd(Command.HSET)
                        .arg(RedisKeys.buyers(sale))
                        .arg(buyer)
                        .arg("100"));
            case MEMCACHED ->
                await(memcached.set(
                        MemcachedKeys.claim(sale, buyer), UUID.randomUUID().toString(), Duration.ofHours(1)));
        }
    }

    interface ChannelWork {
        void on(Channel channel) throws Exception;
    }

    /** Works on a channel to the broker, which is closed afterwards. */
    void onChannel(ChannelWork work) throws Exception {
        BrokerConfig broker = BrokerConfig.fromEnv(environment());
        try (Connection connection = broker.connectionFactory().newConnection(broker.addresses())) {
            work.on(connection.createChannel());
        }
    }

    void command(SaleId sale, Element element) {
        Message message = Message.of(sale, element);
        await(publisher.publish(Route.command(message), message));
    }

    /** Publishes again, as an edge does without a confirm. */
    void enter(SaleId sale, OrderPlaced placed) {
        await(publisher.publish(Route.entrance(sale), Message.of(sale, placed)));
    }

    private void redis(Request request) {
        await(redis.send(request));
    }

    @CanIgnoreReturnValue
    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stopStockService();
        orderServices.forEach(service -> await(service.stop()));
        await(publisher.stop());
        await(redis.close());
        await(memcached.close());
        await(pool.close());
    }
}
