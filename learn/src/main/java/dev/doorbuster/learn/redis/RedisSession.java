package dev.doorbuster.learn.redis;

import dev.doorbuster.learn.lesson.Step;
import dev.doorbuster.learn.run.LessonSession;
import dev.doorbuster.learn.run.LessonSession.LessonReply;
import dev.doorbuster.learn.run.PushedMessages;
import dev.doorbuster.runtime.store.RedisStore.RawRedis;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A connection for each actor, and one that sets expiries and removes keys. After each command its keys get an expiry if they
 * have none; keys that are only queued after MULTI get it after EXEC.
 */
final class RedisSession implements LessonSession {
    /** When a key expires that a killed run left behind. */
    private static final Duration EXPIRY = Duration.ofSeconds(60);

    private final RedisLessonServer server;
    private final RawRedis admin;
    private final boolean addExpiry;
    private final Map<String, Future<RawRedis>> actors = new HashMap<>();
    private final Map<String, PushedMessages> pushed = new HashMap<>();
    private final Set<String> keys = new HashSet<>();

    RedisSession(RedisLessonServer server, RawRedis admin, boolean addExpiry) {
        this.server = server;
        this.admin = admin;
        this.addExpiry = addExpiry;
    }

    @Override
    public String starting(Step step) {
        return new RedisCommand(step.command()).toString();
    }

    @Override
    public Future<LessonReply> execute(Step step) {
        var command = new RedisCommand(step.command());
        return actor(step.actor())
                .compose(raw -> raw.connection().send(command.request()))
                .compose(reply ->
                        command.subscribes() ? receive(step.actor()) : Future.succeededFuture(RedisReplies.text(reply)))
                .recover(RedisSession::errorReply)
                .compose(reply -> expire(command).map(new LessonReply(command.toString(), reply)));
    }

    private static Future<String> errorReply(Throwable cause) {
        return cause instanceof ErrorType error && !error.is("CONNECTION_CLOSED")
                ? Future.succeededFuture(RedisReplies.error(error.getMessage()))
                : Future.failedFuture(cause);
    }

    private Future<Void> expire(RedisCommand command) {
        keys.addAll(command.keys());
        if (!addExpiry || keys.isEmpty()) {
            return Future.succeededFuture();
        }
        List<Request> expiries = keys.stream()
                .map(key -> Request.cmd(Command.EXPIRE, key, EXPIRY.toSeconds(), "NX"))
                .toList();
        return admin.connection().batch(expiries).mapEmpty();
    }

    private Future<RawRedis> actor(String name) {
        return actors.computeIfAbsent(
                name,
                first -> server.connect()
                        .onSuccess(raw -> raw.connection()
                                .handler(message -> messages(name).add(RedisReplies.text(message)))));
    }

    private PushedMessages messages(String actor) {
        return pushed.computeIfAbsent(actor, first -> new PushedMessages());
    }

    @Override
    public Future<String> receive(String actor) {
        return messages(actor).next();
    }

    @Override
    public String expected(String reply) {
        return reply.replace("@", RedisCommand.PREFIX);
    }

    @Override
    public Future<Void> close() {
        actors.values().forEach(each -> each.onSuccess(RawRedis::close));
        return RedisLessonServer.clear(admin).onComplete(cleared -> admin.close());
    }
}
