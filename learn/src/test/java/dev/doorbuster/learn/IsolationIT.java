package dev.doorbuster.learn;

import static dev.doorbuster.devservices.ServerKind.MEMCACHED;
import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.devservices.ServerKind.RABBITMQ;
import static dev.doorbuster.devservices.ServerKind.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.devservices.rabbitmq.RabbitApi;
import dev.doorbuster.learn.lesson.Lesson;
import dev.doorbuster.learn.lesson.LessonSystem;
import dev.doorbuster.learn.lesson.Lessons;
import dev.doorbuster.learn.lesson.Step;
import dev.doorbuster.learn.redis.RedisLessonServer;
import dev.doorbuster.learn.run.LessonSession;
import dev.doorbuster.runtime.store.RedisStore.RawRedis;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What lessons leave alone, and what they leave behind. */
class IsolationIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(REDIS, MEMCACHED, RABBITMQ, POSTGRES);

    private static final String SCHEMA_OBJECTS = """
            SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace
            UNION ALL
            SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
            UNION ALL
            SELECT typname FROM pg_type WHERE typnamespace = current_schema()::regnamespace""";

    private static final Lessons LESSONS = Lessons.load();

    private Classroom classroom;
    private RawRedis redis;

    @BeforeEach
    void open() {
        classroom = new Classroom(servers);
        redis = Classroom.await(classroom.redis().raw());
    }

    @AfterEach
    void close() {
        redis.close();
        classroom.close();
    }

    @Test
    void allLessonsLeaveKeysOfOthersAndNoneOfTheirOwn() {
        // Given
        for (int database : List.of(0, 14, 15)) {
            send(Command.SELECT, Integer.toString(database));
            send(Command.SET, "doorbuster:sale", "900");
        }

        // When
        runAll(LessonSystem.REDIS);

        // Then
        for (int database : List.of(0, 14, 15)) {
            send(Command.SELECT, Integer.toString(database));
            assertThat(send(Command.KEYS, "learn:*"))
                    .as("database %d", database)
                    .isEmpty();
            assertThat(send(Command.GETDEL, "doorbuster:sale").toString()).isEqualTo("900");
        }
    }

    @Test
    void allMemcachedLessonsLeaveKeysOfOthersAndNoneOfTheirOwn() {
        // Given
        List<String> others = servers.memcached().keys("");

        // When
        runAll(LessonSystem.MEMCACHED);

        // Then
        assertThat(servers.memcached().keys("learn:")).isEmpty();
        assertThat(servers.memcached().keys("")).containsAll(others);
    }

    @Test
    void aKilledMemcachedRunLeavesKeysThatTheNextRunRemoves() {
        // Given a run that is never closed
        Lesson lesson = LESSONS.lesson("memcached-set-multi").orElseThrow();
        LessonSession killed =
                Classroom.await(classroom.server(LessonSystem.MEMCACHED).open(lesson));
        lesson.steps().forEach(step -> execute(killed, step));
        assertThat(servers.memcached().keys("learn:")).contains("learn:a", "learn:b");

        // When
        Classroom.RunRecord next = classroom.run(LessonSystem.MEMCACHED, lesson);

        // Then
        assertThat(next.green()).as(next.toString()).isTrue();
        assertThat(servers.memcached().keys("learn:")).isEmpty();
        Void unused = Classroom.await(killed.close());
    }

    @Test
    void aKilledRunLeavesKeysThatExpireAndTheNextRunRemovesThem() {
        // Given a run that is never closed
        Lesson lesson = LESSONS.lesson("redis-set").orElseThrow();
        LessonSession killed = Classroom.await(new RedisLessonServer(classroom.redis()).open(lesson));
        for (Step step : lesson.steps()) {
            assertThat(Classroom.await(killed.execute(step))).isNotNull();
        }
        send(Command.SELECT, "15");
        assertThat(send(Command.TTL, "learn:product_count").toLong()).isBetween(1L, 60L);

        // When
        Classroom.RunRecord next =
                classroom.run(LessonSystem.REDIS, LESSONS.lesson("redis-scard").orElseThrow());

        // Then
        assertThat(next.green()).as(next.toString()).isTrue();
        assertThat(send(Command.EXISTS, "learn:product_count").toLong()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLUSHALL", "SELECT 0", "CONFIG SET maxmemory 1mb", "REPLICAOF NO ONE"})
    void aLessonCannotActOnTheWholeServer(String command) {
        // Given
        Lesson lesson = LESSONS.lesson("redis-set").orElseThrow();
        Lesson bad = Classroom.withSteps(lesson, List.of(new Step(Step.FIRST, Step.Kind.RUNS, command, null, "OK")));

        // When
        Classroom.RunRecord run = classroom.run(LessonSystem.REDIS, bad);

        // Then
        assertThat(run.green()).isFalse();
        assertThat(run.toString()).contains("no lesson may send");
    }

    @Test
    void allLessonsLeaveNeitherQueuesNorExchanges() {
        // When
        runAll(LessonSystem.RABBITMQ);

        // Then
        await().untilAsserted(() -> assertThat(brokerObjects()).isEmpty());
    }

    @Test
    void allLessonsLeaveTheSchemaEmpty() {
        // When
        runAll(LessonSystem.SQL);

        // Then
        assertThat(classroom.column(SCHEMA_OBJECTS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"RABBITMQ, rabbitmq-alternate", "SQL, sql-procedure"})
    void theNextRunRemovesWhatAKilledRunLeft(LessonSystem system, String id) {
        // Given a run that is never closed
        Lesson lesson = LESSONS.lesson(id).orElseThrow();
        LessonSession killed = Classroom.await(classroom.server(system).open(lesson));
        for (String command : lesson.setup()) {
            execute(killed, new Step(Step.FIRST, Step.Kind.RUNS, command, null, ""));
        }
        lesson.steps().forEach(step -> execute(killed, step));

        // When
        Classroom.RunRecord next = classroom.run(system, lesson);

        // Then
        assertThat(next.green()).as(next.toString()).isTrue();
        await().untilAsserted(() -> assertThat(brokerObjects()).isEmpty());
        assertThat(classroom.column(SCHEMA_OBJECTS)).isEmpty();
        Void unused = Classroom.await(killed.close());
    }

    @Test
    void theNextRunEndsTheOpenTransactionOfTheLast() {
        // Given a lesson that ends inside a transaction that has locked a table
        Lesson lesson = LESSONS.lesson("sql-transaction").orElseThrow();
        Lesson open = Classroom.withSteps(lesson, lesson.steps().subList(0, 3));

        // When
        Classroom.RunRecord first = classroom.run(LessonSystem.SQL, open);
        Classroom.RunRecord next = classroom.run(LessonSystem.SQL, lesson);

        // Then
        assertThat(first.green()).as(first.toString()).isTrue();
        assertThat(next.green()).as(next.toString()).isTrue();
    }

    @Test
    void theBrokerDeletesWhatAKilledRunLeft() throws IOException {
        // Given a run that is never closed
        Lesson lesson = LESSONS.lesson("rabbitmq-alternate").orElseThrow();
        LessonSession killed =
                Classroom.await(classroom.server(LessonSystem.RABBITMQ).open(lesson));
        lesson.steps().forEach(step -> execute(killed, step));

        // Then each queue expires, and each exchange is deleted with its last binding
        JsonArray queues = new JsonArray(api().get("/api/queues/" + LearnConfig.NAME));
        assertThat(queues)
                .isNotEmpty()
                .allSatisfy(queue -> assertThat(
                                ((JsonObject) queue).getJsonObject("arguments").getInteger("x-expires"))
                        .isEqualTo(60_000));
        assertThat(exchanges())
                .isNotEmpty()
                .allSatisfy(exchange ->
                        assertThat(exchange.getBoolean("auto_delete")).isTrue());
        Void unused = Classroom.await(killed.close());
    }

    private void runAll(LessonSystem system) {
        LESSONS.topics().stream()
                .filter(topic -> topic.system() == system)
                .forEach(topic -> topic.lessons().forEach(lesson -> {
                    Classroom.RunRecord unused = classroom.run(topic.system(), lesson);
                }));
    }

    private static void execute(LessonSession session, Step step) {
        assertThat(Classroom.await(session.execute(step))).isNotNull();
    }

    private static RabbitApi api() {
        return new RabbitApi(
                servers.rabbitmq().managementPort(), servers.rabbitmq().user());
    }

    /** Names of the queues and exchanges in the lessons' virtual host, but those that every virtual host has. */
    private static List<String> brokerObjects() throws IOException {
        var names = new ArrayList<String>();
        new JsonArray(api().get("/api/queues/" + LearnConfig.NAME))
                .forEach(queue -> names.add(((JsonObject) queue).getString("name")));
        exchanges().forEach(exchange -> names.add(exchange.getString("name")));
        return names;
    }

    private static List<JsonObject> exchanges() throws IOException {
        return new JsonArray(api().get("/api/exchanges/" + LearnConfig.NAME))
                .stream()
                        .map(JsonObject.class::cast)
                        .filter(exchange -> !exchange.getString("name").isEmpty()
                                && !exchange.getString("name").startsWith("amq."))
                        .toList();
    }

    @CanIgnoreReturnValue
    private Response send(Command command, String... arguments) {
        Request request = Request.cmd(command);
        for (String each : arguments) {
            request.arg(each);
        }
        return Classroom.await(redis.connection().send(request));
    }
}
