package dev.doorbuster.notifier.email;

import dev.doorbuster.runtime.store.RedisStore;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Buyers' languages and time zones, which their pages report when they open a stream. They are kept in Redis: if it
 * loses them, mails are in English with times in UTC until a page reports them again.
 */
public final class MailPreferences {
    /** Longer than holds and payments take. */
    private static final Duration KEPT = Duration.ofDays(90);

    private static final String SEPARATOR = " ";
    private static final Logger LOG = LoggerFactory.getLogger(MailPreferences.class);

    private final RedisStore redis;

    public MailPreferences(RedisStore redis) {
        this.redis = redis;
    }

    public Future<Void> record(String buyer, MailPreference preference) {
        return redis.send(Request.cmd(
                        Command.SET,
                        key(buyer),
                        preference.language().tag()
                                + SEPARATOR
                                + preference.zone().getId(),
                        "EX",
                        KEPT.toSeconds()))
                .mapEmpty();
    }

    /** Never fails: a mail in another language is better than none. */
    public Future<MailPreference> of(String buyer) {
        return redis.send(Request.cmd(Command.GET).arg(key(buyer)))
                .map(found -> found == null ? MailPreference.DEFAULT : decoded(found.toString()))
                .onFailure(cause -> LOG.warn("a buyer's language cannot be read: {}", cause.toString()))
                .otherwise(MailPreference.DEFAULT);
    }

    private static MailPreference decoded(String text) {
        String[] parts = text.split(SEPARATOR, 2);
        return MailPreference.of(parts[0], parts.length > 1 ? parts[1] : null);
    }

    private static String key(String buyer) {
        return "doorbuster:mail-preference:" + buyer;
    }
}
