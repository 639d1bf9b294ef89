package dev.doorbuster.learn;

import static dev.doorbuster.devservices.ServerKind.MEMCACHED;
import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.devservices.ServerKind.RABBITMQ;
import static dev.doorbuster.devservices.ServerKind.REDIS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.learn.lesson.Lesson;
import dev.doorbuster.learn.lesson.LessonSystem;
import dev.doorbuster.learn.lesson.Lessons;
import dev.doorbuster.learn.lesson.Step;
import dev.doorbuster.learn.redis.RedisLessons;
import dev.doorbuster.learn.run.LessonSession;
import dev.doorbuster.runtime.store.RawRedis;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lessons leave alone, and what they leave behind. */
class IsolationIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(REDIS, MEMCACHED, RABBITMQ, POSTGRES);

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
        LESSONS.topics().stream()
                .filter(topic -> topic.system() == LessonSystem.REDIS)
                .forEach(topic -> topic.lessons().forEach(lesson -> {
                    Classroom.RunRecord unused = classroom.run(topic.system(), lesson);
                }));

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
    void aKilledRunLeavesKeysThatExpireAndTheNextRunRemovesThem() {
        // Given a run that is never closed
        Lesson lesson = LESSONS.lesson("redis-set").orElseThrow();
        LessonSession killed = Classroom.await(new RedisLessons(classroom.redis()).open(lesson));
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
        var bad = new Lesson(
                lesson.id(),
                lesson.covers(),
                lesson.title(),
                lesson.text(),
                lesson.tutorial(),
                List.of(),
                List.of(new Step(Step.FIRST, Step.Kind.RUNS, command, null, "OK")),
                false,
                null,
                lesson.text());

        // When
        Classroom.RunRecord run = classroom.run(LessonSystem.REDIS, bad);

        // Then
        assertThat(run.green()).isFalse();
        assertThat(run.toString()).contains("no lesson may send");
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
