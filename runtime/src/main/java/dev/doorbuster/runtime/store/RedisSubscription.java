package dev.doorbuster.runtime.store;

import dev.doorbuster.runtime.start.OneShotTimer;
import dev.doorbuster.runtime.store.RedisStore.RawRedis;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A subscription to one Redis channel, on a connection of its own that is replaced when it ends, when the store stops answering,
 * or when another server is the master. Messages published meanwhile are lost: whatever must arrive does not belong into a
 * channel. To be used on one event loop only.
 */
public final class RedisSubscription {
    private static final Duration CHECKED_EVERY = Duration.ofMillis(500);
    private static final Duration SUBSCRIBED_MAX = Duration.ofSeconds(1);
    private static final int MESSAGE_PARTS = 3;
    private static final Logger LOG = LoggerFactory.getLogger(RedisSubscription.class);

    private final RedisStore redis;
    private final String channel;
    private final Consumer<String> receiver;
    private final OneShotTimer timer;
    private RawRedis open;
    private boolean connecting;
    private boolean closed;

    private RedisSubscription(Vertx vertx, RedisStore redis, String channel, Consumer<String> receiver) {
        this.redis = redis;
        this.channel = channel;
        this.receiver = receiver;
        this.timer = new OneShotTimer(vertx);
    }

    /** Subscribes in the background, so that a Redis that is down delays no start. */
    public static RedisSubscription start(Vertx vertx, RedisStore redis, String channel, Consumer<String> receiver) {
        var subscription = new RedisSubscription(vertx, redis, channel, receiver);
        subscription.timer.atOnceAndEvery(CHECKED_EVERY, subscription::check);
        return subscription;
    }

    public Future<Void> close() {
        closed = true;
        timer.cancel();
        drop(open);
        return Future.succeededFuture();
    }

    private void check() {
        if (open != null && (redis.problem().isPresent() || !redis.isToMaster(open))) {
            drop(open);
        } else if (open == null && !connecting) {
            connect();
        }
    }

    private void connect() {
        connecting = true;
        redis.raw()
                .compose(raw -> subscribe(raw).onFailure(cause -> raw.close()))
                .onComplete(done -> connecting = false)
                .onFailure(cause -> LOG.debug("not subscribed to {}: {}", channel, cause.toString()));
    }

    private Future<Void> subscribe(RawRedis raw) {
        raw.connection().handler(this::pushed).endHandler(end -> drop(raw)).exceptionHandler(broken -> drop(raw));
        return raw.connection()
                .send(Request.cmd(Command.SUBSCRIBE).arg(channel))
                .timeout(SUBSCRIBED_MAX.toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(subscribed -> {
                    if (closed) {
                        raw.close();
                    } else {
                        open = raw;
                    }
                })
                .mapEmpty();
    }

    /** A pushed message has the parts "message", channel and text. */
    private void pushed(Response push) {
        if (push.size() == MESSAGE_PARTS && push.get(0).toString().equals("message")) {
            receiver.accept(push.get(2).toString());
        }
    }

    private void drop(RawRedis broken) {
        if (broken != null && broken.equals(open)) {
            open = null;
            broken.close();
        }
    }
}
