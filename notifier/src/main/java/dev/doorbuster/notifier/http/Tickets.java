package dev.doorbuster.notifier.http;

import dev.doorbuster.runtime.store.RedisStore;
import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Single-use tickets that open one stream. They are stored in Redis, so that one instance can issue a ticket and
 * another redeem it. GETDEL reads and deletes atomically: of two concurrent requests with the same ticket one
 * succeeds.
 */
final class Tickets {
    /** The authenticated caller of a stream, and when the token or ticket expires. */
    record StreamCaller(String name, Instant expiresAt) {}

    private static final int TICKET_BYTES = 32;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final RedisStore redis;
    private final Duration life;
    private final SecureRandom random = new SecureRandom();

    Tickets(RedisStore redis, Duration life) {
        this.redis = redis;
        this.life = life;
    }

    Duration life() {
        return life;
    }

    Future<String> issue(StreamCaller caller) {
        byte[] bytes = new byte[TICKET_BYTES];
        random.nextBytes(bytes);
        String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Request set = Request.cmd(Command.SET, key(ticket), encode(caller), "NX", "EX", life.toSeconds());
        return redis.send(set)
                .compose(reply -> reply == null
                        ? Future.failedFuture("a random ticket already exists")
                        : Future.succeededFuture(ticket));
    }

    /** The ticket's buyer; empty if the ticket is unknown, expired or used. This call consumes the ticket. */
    Future<Optional<StreamCaller>> redeem(String ticket) {
        if (ticket == null || !FORM.matcher(ticket).matches()) {
            return Future.succeededFuture(Optional.empty());
        }
        return redis.send(Request.cmd(Command.GETDEL).arg(key(ticket)))
                .map(Tickets::decode)
                .map(holder -> holder.filter(caller -> caller.expiresAt().isAfter(Instant.now())));
    }

    private static String key(String ticket) {
        return "doorbuster:ticket:" + ticket;
    }

    private static String encode(StreamCaller caller) {
        return new JsonObject()
                .put("name", caller.name())
                .put("expiresAt", caller.expiresAt().getEpochSecond())
                .encode();
    }

    private static Optional<StreamCaller> decode(Response stored) {
        if (stored == null) {
            return Optional.empty();
        }
        try {
            var json = new JsonObject(stored.toString());
            return Optional.of(
                    new StreamCaller(json.getString("name"), Instant.ofEpochSecond(json.getLong("expiresAt"))));
        } catch (DecodeException | DateTimeException | ClassCastException | NullPointerException e) {
            // not written by a notifier: no ticket
            return Optional.empty();
        }
    }
}
