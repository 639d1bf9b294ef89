package dev.doorbuster.racelab;

import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.devservices.support.Credentials;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.store.RedisConfig;
import dev.doorbuster.runtime.store.RedisStore;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The running service on real servers, with an HTTP client. */
final class Lab implements AutoCloseable {
    static final String SHOP = "http://shop.example";
    static final Credentials ROLE = new Credentials("doorbuster_race_lab", "of-the-race-lab");

    private static final String SECRET = "a secret of at least thirty-two characters";
    private static final Duration WAIT_MAX = Duration.ofSeconds(60);

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final RealServers servers;
    private final RaceLabService service;
    private final JWTAuth jwt;

    /** With variables, or components of the configuration, in addition to the servers' addresses. */
    Lab(RealServers servers, Map<String, String> more) {
        this.servers = servers;
        servers.postgres().grantOwnSchema(ROLE);
        var variables = new HashMap<>(servers.variables());
        variables.put("DOORBUSTER_HTTP_PORT", "0");
        variables.put("DOORBUSTER_MANAGEMENT_PORT", "0");
        variables.put("DOORBUSTER_JWT_SECRET", SECRET);
        variables.put("DOORBUSTER_CORS_ORIGINS", SHOP);
        variables.put("DOORBUSTER_DB_USER", ROLE.user());
        variables.put("DOORBUSTER_DB_PASSWORD", ROLE.password());
        variables.put("DOORBUSTER_LEARN_PASSWORD", "of-the-lessons");
        variables.put("redis.connectMax", "30000");
        variables.put("redis.commandMax", "30000");
        variables.put("memcached.connectMax", "30000");
        variables.put("memcached.commandMax", "30000");
        variables.putAll(more);
        service = await(RaceLabService.start(
                vertx,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                Overrides.in(RaceLabConfig.fromEnv(variables), variables)));
        jwt = JWTAuth.create(
                vertx,
                new JWTAuthOptions()
                        .addPubSecKey(
                                new PubSecKeyOptions().setAlgorithm("HS256").setBuffer(Buffer.buffer(SECRET))));
    }

    /** A token as issued by an edge. */
    String token(String role) {
        return jwt.generateToken(
                new JsonObject().put("sub", "somebody").put("roles", new JsonArray().add(role)),
                new JWTOptions().setAlgorithm("HS256").setExpiresInSeconds(600));
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    HttpResponse<String> post(String body) {
        return post("/api/race-lab/races", body);
    }

    HttpResponse<String> post(String path, String body) {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> order(String strategy, int buyers, int stock) {
        return post(new JsonObject()
                .put("strategy", strategy)
                .put("buyers", buyers)
                .put("stock", stock)
                .encode());
    }

    /** Runs a race to its end. */
    JsonObject race(String strategy, int buyers, int stock) {
        HttpResponse<String> started = order(strategy, buyers, stock);
        if (started.statusCode() != 201) {
            throw new AssertionError(started.body());
        }
        return end(new JsonObject(started.body()).getString("id"));
    }

    JsonObject end(String id) {
        return Awaitility.await("the end of the race")
                .atMost(WAIT_MAX)
                .until(() -> result(id), race -> race.getBoolean("finished"));
    }

    JsonObject result(String id) {
        return new JsonObject(get("/api/race-lab/races/" + id).body());
    }

    private HttpRequest.Builder request(String path) {
        return bare(path).header("Authorization", "Bearer " + token("operator"));
    }

    HttpRequest.Builder bare(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
                .timeout(WAIT_MAX);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The reply of the lab's Redis. */
    Response redis(Request request) {
        var store = new RedisStore(
                vertx,
                RedisConfig.fromEnv(new Environment(Map.of(
                                "DOORBUSTER_REDIS_HOST", servers.redis().host(),
                                "DOORBUSTER_REDIS_PORT",
                                        Integer.toString(servers.redis().port()))))
                        .withCallMax(WAIT_MAX));
        return await(store.send(request).eventually(() -> store.close()));
    }

    Vertx vertx() {
        return vertx;
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        Void unused = await(service.stop());
        Void unusedToo = await(vertx.close());
    }
}
