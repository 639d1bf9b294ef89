package dev.doorbuster.learn;

import dev.doorbuster.learn.http.LearnRoutes;
import dev.doorbuster.learn.lesson.LessonSystem;
import dev.doorbuster.learn.lesson.Lessons;
import dev.doorbuster.learn.memcached.MemcachedLessons;
import dev.doorbuster.learn.rabbitmq.RabbitLessons;
import dev.doorbuster.learn.redis.RedisLessons;
import dev.doorbuster.learn.run.LessonRunner;
import dev.doorbuster.learn.sql.SqlLessons;
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
                        LessonSystem.REDIS, new RedisLessons(redis),
                        LessonSystem.MEMCACHED, new MemcachedLessons(vertx, config.memcached()),
                        LessonSystem.RABBITMQ, new RabbitLessons(vertx, config.broker()),
                        LessonSystem.SQL, new SqlLessons(vertx, config.database())),
                loop);
    }

    /** Its HTTP API; the caller checks who asks. */
    public static LearnRoutes routes(LessonRunner runner) {
        return new LearnRoutes(runner);
    }
}
