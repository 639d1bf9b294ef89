package dev.doorbuster.learn.redis;

import dev.doorbuster.learn.lesson.CommandWords;
import dev.doorbuster.learn.lesson.CommandWords.Word;
import dev.doorbuster.learn.lesson.Lesson;
import dev.doorbuster.learn.lesson.Step;
import dev.doorbuster.learn.run.LessonServer;
import dev.doorbuster.learn.run.LessonSession;
import dev.doorbuster.runtime.store.RedisStore;
import dev.doorbuster.runtime.store.RedisStore.RawRedis;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Locale;

/** Lessons on Redis, each connection in the logical database {@value #DATABASE}. */
public final class RedisLessonServer implements LessonServer {
    /** The last two of the 16 that a Redis has by default. Sales are in the first. */
    static final int DATABASE = 15;

    static final int OTHER_DATABASE = 14;
    /** How many keys one SCAN looks at. */
    private static final int SCAN_COUNT = 1000;

    private final RedisStore redis;

    public RedisLessonServer(RedisStore redis) {
        this.redis = redis;
    }

    @Override
    public Future<LessonSession> open(Lesson lesson) {
        return connect()
                .compose(admin -> clear(admin)
                        .<LessonSession>map(cleared -> new RedisSession(this, admin, !lesson.ownExpiry()))
                        .onFailure(cause -> admin.close()));
    }

    /** Closed with its client by the caller. */
    Future<RawRedis> connect() {
        return redis.raw().compose(raw -> select(raw, DATABASE).map(raw).onFailure(cause -> raw.close()));
    }

    /** Deletes the lessons' keys in both databases. */
    static Future<Void> clear(RawRedis admin) {
        return select(admin, OTHER_DATABASE)
                .compose(selected -> clear(admin, "0"))
                .compose(cleared -> select(admin, DATABASE))
                .compose(selected -> clear(admin, "0"));
    }

    private static Future<Void> select(RawRedis raw, int database) {
        return raw.connection().send(Request.cmd(Command.SELECT).arg(database)).mapEmpty();
    }

    private static Future<Void> clear(RawRedis admin, String cursor) {
        Request scan = Request.cmd(Command.SCAN, cursor, "MATCH", RedisCommand.PREFIX + "*", "COUNT", SCAN_COUNT);
        return admin.connection()
                .send(scan)
                .compose(page -> unlink(admin, page.get(1))
                        .compose(unlinked -> page.get(0).toString().equals("0")
                                ? Future.succeededFuture()
                                : clear(admin, page.get(0).toString())));
    }

    private static Future<Response> unlink(RawRedis admin, Response keys) {
        if (keys.size() == 0) {
            return Future.succeededFuture();
        }
        Request unlink = Request.cmd(Command.UNLINK);
        keys.forEach(key -> unlink.arg(key.toBuffer()));
        return admin.connection().send(unlink);
    }

    @Override
    public String javaCall(Step step) {
        List<Word> words = CommandWords.of(step.command());
        var call = new StringBuilder("redis.send(Request.cmd(Command.")
                .append(words.get(0).text().toUpperCase(Locale.ROOT))
                .append(')');
        words.stream()
                .skip(1)
                .forEach(word -> call.append(".arg(").append(argument(word)).append(')'));
        return call.append(')').toString();
    }

    private static String argument(Word word) {
        return word.text().matches("-?\\d{1,9}") && !word.quoted()
                ? word.text()
                : '"' + RedisReplies.escaped(RedisCommand.name(word)) + '"';
    }
}
