package dev.doorbuster.runtime.auth;

import dev.doorbuster.runtime.http.Problem;
import dev.doorbuster.runtime.http.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public keys of an OpenID provider, by key id. Read at the first token, again for a key id that is not known (the
 * provider began to sign with another key), and now and then, so that a key that was withdrawn is refused. A token with an
 * invented key id costs the provider at most one reading in {@link #READ_AGAIN_AFTER}. Keys stay in use while the provider is
 * away. To be used on one event loop only.
 */
final class IssuerKeys {
    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

    private static final Problem UNKNOWN =
            new Problem("overloaded", 503, "Overloaded", "Whether the token is valid cannot be known now.");

    private static final Duration READ_AGAIN_AFTER = Duration.ofSeconds(10);
    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);
    private static final int ANSWER_BYTES_MAX = 64 * 1024;
    private static final int KEYS_MAX = 50;
    /** The asymmetric algorithms that RFC 7518 requires or recommends. */
    static final Set<String> ALGORITHMS = Set.of("RS256", "ES256");

    private final Vertx vertx;
    private final IssuerConfig config;
    private final LongSupplier nanoTime;
    private Map<String, JWTAuth> keys = Map.of();
    private boolean everRead;
    /** The last reading failed; the keys are those of the one before. */
    private boolean failed;

    private long readAt;
    private Future<Void> reading;
    private Runnable withdrawn = () -> {};

    IssuerKeys(Vertx vertx, IssuerConfig config, LongSupplier nanoTime) {
        this.vertx = vertx;
        this.config = config;
        this.nanoTime = nanoTime;
    }

    /** Called after a key was withdrawn. */
    void onWithdrawn(Runnable then) {
        withdrawn = then;
    }

    /** The key, as known now; reads all again behind it if they are old. */
    Optional<JWTAuth> known(String keyId) {
        if (everRead && nanoTime.getAsLong() - readAt > FRESH.toNanos()) {
            Future<Void> unused = read();
        }
        return Optional.ofNullable(keys.get(keyId));
    }

    /**
     * The key, after a reading if it is not known. Fails with a problem of status 503 while it cannot be said whether the provider
     * has this key: the last reading failed, or was so recent that there is none for this key.
     */
    Future<Optional<JWTAuth>> find(String keyId) {
        Optional<JWTAuth> known = known(keyId);
        if (known.isPresent()) {
            return Future.succeededFuture(known);
        }
        return reading == null && isPausing()
                ? Future.failedFuture(unknown())
                : read().map(read -> Optional.ofNullable(keys.get(keyId)))
                        .recover(cause -> Future.failedFuture(unknown()));
    }

    private ProblemException unknown() {
        return new ProblemException(UNKNOWN.withDetail(
                failed
                        ? "The keys of " + config.issuer() + " cannot be read now. Repeat the request."
                        : "The key of the token may be new, and the keys of " + config.issuer()
                                + " were just read. Repeat the request."));
    }

    private boolean isPausing() {
        return everRead && nanoTime.getAsLong() - readAt < READ_AGAIN_AFTER.toNanos();
    }

    private Future<Void> read() {
        if (reading != null) {
            return reading;
        }
        if (isPausing()) {
            return Future.succeededFuture();
        }
        readAt = nanoTime.getAsLong();
        Promise<Void> done = Promise.promise();
        reading = done.future();
        HttpClient http = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) ANSWER_MAX.toMillis())
                .setKeepAlive(false)
                .setMaxPoolSize(1));
        get(http, config.discoveryUrl())
                .compose(this::keysUrl)
                .compose(url -> get(http, url))
                .map(this::replaced)
                .onComplete(answer -> {
                    Future<Void> unused = http.close();
                    reading = null;
                    everRead = true;
                    failed = answer.failed();
                    if (failed) {
                        LOG.warn(
                                "the keys of {} could not be read: {}",
                                config.issuer(),
                                answer.cause().toString());
                    }
                    done.handle(answer);
                });
        return done.future();
    }

    private Future<String> keysUrl(JsonObject discovery) {
        String url = discovery.getString("jwks_uri", "");
        if (!config.issuer().equals(discovery.getString("issuer"))) {
            return Future.failedFuture("the discovery document is of the issuer " + discovery.getString("issuer"));
        }
        return IssuerConfig.isAcceptable(url)
                ? Future.succeededFuture(url)
                : Future.failedFuture("jwks_uri is not acceptable: " + url);
    }

    private Void replaced(JsonObject set) {
        var read = new HashMap<String, JWTAuth>();
        JsonArray all = set.getJsonArray("keys", new JsonArray());
        for (int i = 0; i < Math.min(all.size(), KEYS_MAX); i++) {
            if (all.getValue(i) instanceof JsonObject key) {
                add(read, key);
            }
        }
        var gone = new HashSet<>(keys.keySet());
        gone.removeAll(read.keySet());
        keys = Map.copyOf(read);
        LOG.info("{} keys of {}", keys.size(), config.issuer());
        if (!gone.isEmpty()) {
            withdrawn.run();
        }
        return null;
    }

    /** Keys for other purposes, of other types, or without an id are left out. */
    private void add(Map<String, JWTAuth> read, JsonObject key) {
        String algorithm = "EC".equals(key.getString("kty")) ? "ES256" : "RS256";
        boolean usable = key.getValue("kid") instanceof String
                && Set.of("RSA", "EC").contains(key.getString("kty"))
                && "sig".equals(key.getString("use", "sig"))
                && algorithm.equals(key.getString("alg", algorithm));
        if (!usable) {
            return;
        }
        try {
            read.put(
                    key.getString("kid"),
                    JWTAuth.create(
                            vertx,
                            new JWTAuthOptions()
                                    .addJwk(key.copy().put("alg", algorithm))
                                    .setJWTOptions(
                                            new JWTOptions().setLeeway((int) TokenClaims.CLOCK_SKEW_MAX.toSeconds()))));
        } catch (RuntimeException e) {
            LOG.warn("key {} of {} cannot be used: {}", key.getString("kid"), config.issuer(), e.toString());
        }
    }

    private static Future<JsonObject> get(HttpClient http, String url) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(url)
                .setFollowRedirects(false)
                .putHeader("Accept", "application/json");
        return http.request(options)
                .compose(request -> request.send().compose(IssuerKeys::body))
                .timeout(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS)
                .map(IssuerKeys::json);
    }

    private static Future<Buffer> body(HttpClientResponse response) {
        if (response.statusCode() != 200) {
            return Future.failedFuture(response.request().absoluteURI() + " answered " + response.statusCode());
        }
        Promise<Buffer> read = Promise.promise();
        Buffer all = Buffer.buffer();
        response.handler(part -> {
            if (all.length() + part.length() > ANSWER_BYTES_MAX) {
                if (read.tryFail("more than " + ANSWER_BYTES_MAX + " bytes")) {
                    boolean unused = response.request().reset();
                }
            } else {
                Buffer unused = all.appendBuffer(part);
            }
        });
        response.exceptionHandler(read::tryFail);
        response.endHandler(end -> read.tryComplete(all));
        return read.future();
    }

    private static JsonObject json(Buffer body) {
        try {
            return new JsonObject(body);
        } catch (DecodeException | ClassCastException e) {
            throw new IllegalStateException("not JSON", e);
        }
    }
}
