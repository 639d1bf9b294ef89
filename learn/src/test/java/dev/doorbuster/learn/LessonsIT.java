package dev.doorbuster.learn;

import static dev.doorbuster.devservices.ServerKind.MEMCACHED;
import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.devservices.ServerKind.RABBITMQ;
import static dev.doorbuster.devservices.ServerKind.REDIS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.learn.lesson.Lesson;
import dev.doorbuster.learn.lesson.LessonSystem;
import dev.doorbuster.learn.lesson.Lessons;
import dev.doorbuster.learn.lesson.Step;
import java.util.ArrayList;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every lesson on the real servers. */
class LessonsIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(REDIS, MEMCACHED, RABBITMQ, POSTGRES);

    private static final Lessons LESSONS = Lessons.load();
    /** Systems whose every step is a call on the product's client. */
    private static final Set<LessonSystem> SAME_CLIENT = Set.of(LessonSystem.RABBITMQ, LessonSystem.SQL);

    private static Classroom classroom;

    @BeforeAll
    static void open() {
        classroom = new Classroom(servers);
    }

    @AfterAll
    static void close() {
        if (classroom != null) {
            classroom.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> isGreen() {
        return LESSONS.topics().stream()
                .flatMap(topic -> topic.lessons().stream()
                        .map(lesson -> DynamicTest.dynamicTest(lesson.id(), () -> {
                            Classroom.RunRecord run = classroom.run(topic.system(), lesson);
                            assertThat(run.green()).as(run.toString()).isTrue();
                        })));
    }

    @TestFactory
    Stream<DynamicTest> eachCommandHasItsJavaCall() {
        return LESSONS.topics().stream()
                .filter(topic -> SAME_CLIENT.contains(topic.system()))
                .map(topic -> DynamicTest.dynamicTest(
                        topic.topic(),
                        () -> assertThat(topic.lessons())
                                .flatMap(Lesson::steps)
                                .filteredOn(step -> !step.command().isEmpty())
                                .extracting(step -> classroom.javaCall(topic.system(), step))
                                .allSatisfy(
                                        call -> assertThat(call).contains("(").endsWith(")"))));
    }

    @TestFactory
    Stream<DynamicTest> aWrongExpectedReplyFails() {
        return LESSONS.topics().stream()
                .map(topic -> DynamicTest.dynamicTest(topic.topic(), () -> {
                    // Given
                    Lesson lesson = topic.lessons().get(0);
                    var steps = new ArrayList<>(lesson.steps());
                    int last = steps.size() - 1;
                    Step right = steps.get(last);
                    steps.set(last, new Step(right.actor(), right.kind(), right.command(), right.with(), "never said"));

                    // When
                    Classroom.RunRecord run = classroom.run(topic.system(), Classroom.withSteps(lesson, steps));

                    // Then
                    assertThat(run.green()).isFalse();
                    assertThat(run.toString()).contains("EXPECTED never said");
                }));
    }
}
