package dev.doorbuster.order.edge;

import static dev.doorbuster.order.TestDatabase.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.order.OrderConfig;
import dev.doorbuster.order.OrderService;
import dev.doorbuster.order.TestDatabase;
import dev.doorbuster.order.edge.RawHttp.Answer;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.config.Environment;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An order-service with edge and ledger on real servers, a simple decider, and a client. */
final class RunningEdge {
    static final String SECRET = "a secret of the tests, long enough for HS256";
    static final String PASSWORD = "the operator's password";

    final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final TestDatabase database;
    final BrokerConfig broker;
    final Map<String, String> environment;
    final OrderService service;
    final PlainDecider decider;
    final RawHttp http;

    private RunningEdge(Vertx vertx, TestDatabase database, Map<String, String> environment) {
        this.database = database;
        this.broker = BrokerConfig.fromEnv(new Environment(environment));
        this.environment = environment;
        this.service =
                await(OrderService.start(vertx, metrics, Overrides.in(OrderConfig.fromEnv(environment), environment)));
        this.decider = await(PlainDecider.start(vertx, broker, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)));
        this.http = new RawHttp(service.port());
    }

    /**
     * Starts the service on a database and a virtual host of its own; settings as variable or component, value, and
     * so on.
     */
    static RunningEdge start(Vertx vertx, RealServers servers, String... settings) {
        TestDatabase database = TestDatabase.migrated(vertx, servers.postgres());
        var environment = new HashMap<>(servers.variables());
        environment.putAll(database.environment());
        String virtualHost = "edge-" + UUID.randomUUID();
        servers.rabbitmq().createVirtualHost(virtualHost);
        environment.put("DOORBUSTER_RABBITMQ_VHOST", virtualHost);
        environment.put("DOORBUSTER_HTTP_PORT", "0");
        environment.put("DOORBUSTER_MANAGEMENT_PORT", "0");
        environment.put("DOORBUSTER_JWT_SECRET", SECRET);
        environment.put("DOORBUSTER_ORDER_ID_SECRET", "a secret of the tests, behind order ids");
        environment.put("DOORBUSTER_OPERATOR_PASSWORD", PASSWORD);
        environment.put("DOORBUSTER_DEMO_LOGIN", "true");
        // Tests count their own requests.
        environment.put("DOORBUSTER_WARM_UP_BUYERS", "0");
        for (int i = 0; i < settings.length; i += 2) {
            environment.put(settings[i], settings[i + 1]);
        }
        return new RunningEdge(vertx, database, environment);
    }

    void stop() {
        await(service.stop());
    }

    /** A header line with a token signed by the test with the shared secret. */
    static String bearer(String name, String... roles) {
        return "Authorization: Bearer " + token(SECRET, name, Instant.now().plusSeconds(600), roles);
    }

    static String token(String secret, String name, Instant expiry, String... roles) {
        return signed(
                secret,
                new JsonObject()
                        .put("sub", name)
                        .put("roles", new JsonArray(List.of(roles)))
                        .put("exp", expiry.getEpochSecond()));
    }

    static String signed(String secret, JsonObject claims) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String header = base64.encodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));
        String input = header + "." + base64.encodeToString(ascii(claims).getBytes(StandardCharsets.US_ASCII));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return input + "." + base64.encodeToString(mac.doFinal(input.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** JSON with non-ASCII characters escaped, so that lone surrogates are transferred. */
    static String ascii(JsonObject json) {
        var text = new StringBuilder();
        json.encode()
                .chars()
                .forEach(each -> text.append(each < 0x80 ? Character.toString(each) : "\\u%04x".formatted(each)));
        return text.toString();
    }

    static String operator() {
        return bearer("operator", "operator");
    }

    /** The body of a sale that opens at once; some fields replaced. */
    static JsonObject sale(Object... replaced) {
        var sale = new JsonObject()
                .put("title", "One hundred lamps")
                .put("priceCents", 1999)
                .put("currency", "EUR")
                .put("stock", 100)
                .put("perBuyerLimit", 2)
                .put("opensAt", null)
                .put("closesAt", null)
                .put("holdSeconds", 600)
                .put("counter", "redis");
        for (int i = 0; i < replaced.length; i += 2) {
            sale.put((String) replaced[i], replaced[i + 1]);
        }
        return sale;
    }

    SaleId create(JsonObject sale) {
        Answer answer = http.send("POST", "/api/sales", sale.encode(), operator(), JSON);
        if (answer.status() != 201) {
            throw new IllegalStateException("no sale: " + answer);
        }
        return new SaleId(answer.json().getString("saleId"));
    }

    static final String JSON = "Content-Type: application/json";

    /** Places an order and waits for its decision. */
    @CanIgnoreReturnValue
    Answer order(SaleId sale, String buyer, int quantity, String... headers) {
        return post(
                sale, new JsonObject().put("quantity", quantity).encode(), with(headers, bearer(buyer, "buyer"), JSON));
    }

    @CanIgnoreReturnValue
    Answer post(SaleId sale, String body, String... headers) {
        return http.send("POST", "/api/sales/" + sale + "/orders", body, headers);
    }

    /** The bytes of such a request, to be sent in other ways. */
    byte[] bytes(SaleId sale, String body, String... headers) {
        return RawHttp.request("POST", "/api/sales/" + sale + "/orders", body, headers)
                .getBytes(StandardCharsets.UTF_8);
    }

    @CanIgnoreReturnValue
    Answer pay(String order, String reference, String... headers) {
        String body = new JsonObject().put("reference", reference).encode();
        return http.send("POST", "/api/orders/" + order + "/payment", body, with(headers, JSON));
    }

    @CanIgnoreReturnValue
    Answer cancel(String order, String buyer, String... headers) {
        return http.send("DELETE", "/api/orders/" + order, null, with(headers, bearer(buyer, "buyer")));
    }

    Answer get(String path, String caller, String... roles) {
        return http.send("GET", path, null, bearer(caller, roles));
    }

    static String[] with(String[] headers, String... more) {
        var all = new java.util.ArrayList<>(List.of(headers));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
