package dev.doorbuster.order.edge.auth;

import dev.doorbuster.contracts.value.Sha256;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.operator.ApiKey;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the keys of programs, {@code dbk_<id>_<secret>}, by the valid keys as last read. They are read again before a key is
 * accepted if the reading is older than {@link #FRESH}, and for an unknown id at most once in {@link #READ_AGAIN_AFTER}: a
 * wrong key costs a comparison. While the database is away the keys that were read last stay in use. To be used on one event
 * loop only.
 */
public final class ApiKeys {
    /** How long a revoked key may be accepted by edges other than the one that revoked it. */
    static final Duration FRESH = Duration.ofSeconds(5);

    static final Duration READ_AGAIN_AFTER = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(ApiKeys.class);
    private static final Pattern KEY = Pattern.compile("dbk_([a-z2-7]{16})_([A-Za-z0-9_-]{43})");
    private static final String PREFIX = "dbk_";
    private static final String ID_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int ID_LENGTH = 16;
    private static final int ID_SHOWN = 4;
    private static final int SECRET_BYTES = 32;
    /** The scope of the payment provider; all others are operators'. */
    private static final String PAYMENTS = "payments:write";

    private final Supplier<Future<List<ApiKey>>> rows;
    private final LongSupplier nanoTime;
    private Map<String, ApiKey> valid = Map.of();
    private boolean everRead;
    private boolean outdated;
    private long readAt;
    private long beganAt;
    private Future<Void> reading;

    /** @param rows reads the valid keys */
    public ApiKeys(Supplier<Future<List<ApiKey>>> rows, LongSupplier nanoTime) {
        this.rows = rows;
        this.nanoTime = nanoTime;
    }

    /** A new key; its row has a hash of the secret only. */
    public record Made(ApiKey row, String key) {}

    public static Made make(String name, Set<String> scopes, Instant expiresAt, SecureRandom random) {
        String id = random.ints(ID_LENGTH, 0, ID_ALPHABET.length())
                .mapToObj(i -> String.valueOf(ID_ALPHABET.charAt(i)))
                .collect(Collectors.joining());
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return new Made(new ApiKey(id, name, scopes, hash(secret), expiresAt), PREFIX + id + "_" + secret);
    }

    /** Whether a bearer token is a key rather than a JWT. */
    static boolean isKey(String token) {
        return token.startsWith(PREFIX);
    }

    /** The key's caller by what is known now; empty does not mean that {@link #verify} fails. */
    Optional<Caller> check(String token) {
        return isFresh() ? known(token) : Optional.empty();
    }

    /** The key's caller; fails with a problem if the key is not valid. */
    Future<Caller> verify(String token) {
        if (!KEY.matcher(token).matches()) {
            return refused();
        }
        Optional<Caller> caller = check(token);
        return caller.isPresent()
                ? Future.succeededFuture(caller.get())
                : read().compose(read -> outdated ? read() : Future.succeededFuture())
                        .compose(read ->
                                known(token).map(Future::succeededFuture).orElseGet(ApiKeys::refused));
    }

    /** Reads the keys again before the next one is accepted: one was created or revoked here. */
    public void changed() {
        outdated = true;
    }

    private static <T> Future<T> refused() {
        return Future.failedFuture(
                ProblemType.UNAUTHENTICATED.exception("The key is not valid: it is unknown, expired or revoked."));
    }

    private boolean isFresh() {
        return everRead && !outdated && nanoTime.getAsLong() - readAt < FRESH.toNanos();
    }

    private Optional<Caller> known(String token) {
        Matcher parts = KEY.matcher(token);
        if (!parts.matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(valid.get(parts.group(1)))
                .filter(key -> key.expiresAt() == null || key.expiresAt().isAfter(Instant.now()))
                .filter(key -> isSame(hash(parts.group(2)), key.secretHash()))
                .map(ApiKeys::caller);
    }

    private Future<Void> read() {
        if (reading != null) {
            return reading;
        }
        long now = nanoTime.getAsLong();
        if (everRead && !outdated && now - beganAt < READ_AGAIN_AFTER.toNanos()) {
            return Future.succeededFuture();
        }
        beganAt = now;
        outdated = false;
        Future<Void> read = rows.get()
                .onSuccess(keys -> {
                    valid = keys.stream().collect(Collectors.toUnmodifiableMap(ApiKey::id, Function.identity()));
                    readAt = now;
                    everRead = true;
                })
                .<Void>mapEmpty()
                .recover(cause -> {
                    LOG.warn("the API keys could not be read: {}", cause.toString());
                    return everRead ? Future.succeededFuture() : Future.failedFuture(cause);
                });
        reading = read;
        read.onComplete(done -> reading = null);
        return read;
    }

    private static Caller caller(ApiKey key) {
        var roles = EnumSet.noneOf(Role.class);
        key.scopes().forEach(scope -> roles.add(scope.equals(PAYMENTS) ? Role.PAYMENTS : Role.OPERATOR));
        String name = key.name() + "#" + key.id().substring(0, ID_SHOWN);
        return new Caller(name, roles, Optional.of(key.scopes()), Instant.MAX);
    }

    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    /** Without salt or stretching: a secret has 256 random bits. */
    private static String hash(String secret) {
        return Sha256.hex(secret);
    }
}
