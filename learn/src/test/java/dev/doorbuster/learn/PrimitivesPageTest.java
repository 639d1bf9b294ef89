package dev.doorbuster.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.learn.lesson.Lessons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of the primitives is what the lessons say. */
class PrimitivesPageTest {
    private static final Path DOCS = Path.of("../docs");

    @ParameterizedTest
    @CsvSource({"primitives.md, false", "primitives.zh-CN.md, true"})
    void isGeneratedFromTheLessons(String name, boolean chinese) throws IOException {
        // Given
        Path wanted = Files.writeString(
                Path.of("target").resolve(name), new PrimitivesPage(Lessons.load(), chinese).markdown());

        // Then
        assertThat(DOCS.resolve(name))
                .as("if the lessons are right: cp learn/%s docs/%s", wanted, name)
                .hasSameTextualContentAs(wanted);
    }
}
