package dev.doorbuster.learn;

import dev.doorbuster.learn.lesson.LessonSystem;
import dev.doorbuster.learn.lesson.Lessons;
import dev.doorbuster.learn.memcached.MemcachedLessonServer;
import dev.doorbuster.learn.rabbitmq.RabbitLessonServer;
import dev.doorbuster.learn.redis.RedisLessonServer;
import dev.doorbuster.learn.run.LessonRunner;
import dev.doorbuster.learn.sql.SqlLessonServer;
import dev.doorbuster.runtime.store.RedisStore;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Map;

/** Wires the lessons to the servers. */
public final class Learn {
    private Learn() {}

    /** On the event loop that is to run the lessons. Connects to nothing. */
    public static LessonRunner runner(
            Vertx vertx, Context loop, LearnConfig config, RedisStore redis, Lessons lessons) {
        return new LessonRunner(
                lessons,
                Map.of(
                        LessonSystem.REDIS, new RedisLessonServer(redis),
                        LessonSystem.MEMCACHED, new MemcachedLessonServer(vertx, config.memcached()),
                        LessonSystem.RABBITMQ, new RabbitLessonServer(vertx, config.broker()),
                        LessonSystem.SQL, new SqlLessonServer(vertx, config.database())),
                loop);
    }
}
