package dev.doorbuster.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.doorbuster.learn.lesson.Expectation;
import dev.doorbuster.learn.lesson.Lesson;
import dev.doorbuster.learn.lesson.Lesson.ProductUse;
import dev.doorbuster.learn.lesson.LessonSystem;
import dev.doorbuster.learn.lesson.Lessons;
import dev.doorbuster.learn.lesson.PrimitiveList;
import dev.doorbuster.learn.lesson.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lessons as data: complete, and true about the product. */
class LessonsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private final Lessons lessons = Lessons.load();
    private final PrimitiveList primitives = PrimitiveList.load();

    @Test
    void everyPrimitiveHasALesson() {
        assertThat(primitives.missing(lessons)).isEmpty();
        assertThat(primitives.unknown(lessons)).isEmpty();
        assertThat(primitives.bySystem()).containsOnlyKeys(LessonSystem.values());
    }

    @Test
    void aStruckPrimitiveIsMissed() {
        // Given
        List<Topic> topics = lessons.topics().stream()
                .map(topic -> new Topic(
                        topic.topic(),
                        topic.system(),
                        topic.title(),
                        topic.lessons().stream()
                                .filter(lesson -> !lesson.covers().contains("LTRIM"))
                                .toList()))
                .toList();

        // Then
        assertThat(primitives.missing(new Lessons(topics))).contains("redis: LTRIM");
    }

    @Test
    void eachJobNamesAFileAndATestThatExist() throws IOException {
        List<Path> tests = tests();
        for (Lesson lesson : all().filter(each -> each.job() != null).toList()) {
            ProductUse job = lesson.job();
            String[] test = job.test().split("#", -1);
            assertThat(ROOT.resolve(job.file())).as(lesson.id()).isRegularFile();
            assertThat(tests).as("%s: %s", lesson.id(), job.test()).anySatisfy(file -> {
                assertThat(file).hasFileName(test[0] + ".java");
                if (test.length > 1) {
                    assertThat(file).content().contains("void " + test[1] + "(");
                }
            });
        }
    }

    private static List<Path> tests() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().contains("/src/test/java/"))
                    .toList();
        }
    }

    @Test
    void textsAreShort() {
        assertThat(all()).allSatisfy(lesson -> {
            assertThat(lesson.text().en()).as(lesson.id()).hasSizeLessThan(200);
            assertThat(lesson.text().zh()).as(lesson.id()).hasSizeLessThan(100);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OK|OK|true",
                "OK|KO|false",
                "/\\d+/|12|true",
                "/\\d/|12|false",
                "any order [a, b]|[b, a]|true",
                "any order [a]|[b, a]|false"
            })
    void comparesReplies(String expected, String reply, boolean matches) {
        assertThat(Expectation.matches(expected, reply)).isEqualTo(matches);
    }

    @Test
    void anIncompleteLessonIsRefused() {
        Lesson whole = lessons.topics().get(0).lessons().get(0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Lesson(
                        whole.id(),
                        whole.covers(),
                        whole.title(),
                        whole.text(),
                        whole.tutorial(),
                        whole.setup(),
                        whole.steps(),
                        whole.ownExpiry(),
                        null,
                        null))
                .withMessageContaining("job or noJob");
    }

    private Stream<Lesson> all() {
        return lessons.topics().stream().flatMap(topic -> topic.lessons().stream());
    }
}
