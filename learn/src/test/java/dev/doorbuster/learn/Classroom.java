package dev.doorbuster.learn;

import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.devservices.support.Credentials;
import dev.doorbuster.learn.lesson.Lesson;
import dev.doorbuster.learn.lesson.LessonSystem;
import dev.doorbuster.learn.lesson.Lessons;
import dev.doorbuster.learn.lesson.Step;
import dev.doorbuster.learn.memcached.MemcachedLessonServer;
import dev.doorbuster.learn.rabbitmq.RabbitLessonServer;
import dev.doorbuster.learn.redis.RedisLessonServer;
import dev.doorbuster.learn.run.LessonRunner;
import dev.doorbuster.learn.run.LessonRunner.LessonListener;
import dev.doorbuster.learn.run.LessonServer;
import dev.doorbuster.learn.run.LessonSession.LessonReply;
import dev.doorbuster.learn.sql.SqlLessonServer;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.database.Postgres;
import dev.doorbuster.runtime.store.RedisConfig;
import dev.doorbuster.runtime.store.RedisStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The lessons on real servers. */
final class Classroom implements AutoCloseable {
    private static final Credentials USER = new Credentials(LearnConfig.NAME, "of-the-lessons");
    private static final int WAIT_SECONDS = 60;

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final RedisStore redis;
    private final LearnConfig config;
    private final LessonRunner runner;

    Classroom(RealServers servers) {
        servers.postgres().grantOwnSchema(USER);
        servers.rabbitmq().createVirtualHost(USER.user());
        servers.rabbitmq().createUser(USER, USER.user(), ".*", ".*", ".*");
        var variables = new HashMap<>(servers.variables());
        variables.put("DOORBUSTER_LEARN_PASSWORD", USER.password());
        var env = new Environment(variables);
        redis = new RedisStore(vertx, RedisConfig.fromEnv(env).withCallMax(Duration.ofSeconds(30)));
        config = Overrides.in(
                LearnConfig.fromEnv(env), "memcached.connectMax", "30000", "memcached.commandMax", "30000");
        runner = Learn.runner(vertx, loop, config, redis, Lessons.load());
        env.check();
    }

    /** The events of one run, as text. */
    static final class RunRecord implements LessonListener {
        private final List<String> lines = new ArrayList<>();
        private boolean green;

        @Override
        public synchronized void started(int index, String sent) {
            lines.add(index + " > " + sent);
        }

        @Override
        public synchronized void replied(int index, LessonReply exchange, String expected, boolean matches) {
            lines.add("%d > %s%n  < %s%s"
                    .formatted(
                            index,
                            exchange.sent(),
                            exchange.reply(),
                            matches ? "" : "%n  EXPECTED %s".formatted(expected)));
        }

        @Override
        public synchronized void ended(Lesson lesson, boolean isGreen, String problem) {
            green = isGreen;
            lines.add(lesson.id() + (isGreen ? " is green" : " FAILED" + (problem == null ? "" : ": " + problem)));
        }

        synchronized boolean green() {
            return green;
        }

        @Override
        public synchronized String toString() {
            return String.join("\n", lines);
        }
    }

    RunRecord run(LessonSystem system, Lesson lesson) {
        var record = new RunRecord();
        Boolean unused = await(onLoop(() -> runner.start(system, lesson, record).orElseThrow()));
        return record;
    }

    String javaCall(LessonSystem system, Step step) {
        return runner.javaCall(system, step);
    }

    /** The same lesson with other steps. */
    static Lesson withSteps(Lesson lesson, List<Step> steps) {
        return new Lesson(
                lesson.id(),
                lesson.covers(),
                lesson.title(),
                lesson.text(),
                lesson.tutorial(),
                lesson.setup(),
                steps,
                lesson.ownExpiry(),
                lesson.job(),
                lesson.noJob());
    }

    RedisStore redis() {
        return redis;
    }

    /** A server of the lessons with a session that the test itself closes, or leaves open. */
    LessonServer server(LessonSystem system) {
        return switch (system) {
            case SQL -> new SqlLessonServer(vertx, config.database());
            case RABBITMQ -> new RabbitLessonServer(vertx, config.broker());
            case MEMCACHED -> new MemcachedLessonServer(vertx, config.memcached());
            case REDIS -> new RedisLessonServer(redis);
        };
    }

    /** The rows of a query by the lessons' role, with their first column. */
    List<String> column(String sql) {
        PgConnection connection = await(PgConnection.connect(vertx, Postgres.connecting(config.database(), "test")));
        try {
            var values = new ArrayList<String>();
            await(connection.query(sql).execute()).forEach(row -> values.add(String.valueOf(row.getValue(0))));
            return values;
        } finally {
            Void unused = await(connection.close());
        }
    }

    private <T> Future<T> onLoop(java.util.function.Supplier<Future<T>> call) {
        return Future.future(result -> loop.runOnContext(v -> call.get().onComplete(result)));
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        Void unused = await(onLoop(runner::stop));
        Void unusedToo = await(vertx.close());
    }
}
