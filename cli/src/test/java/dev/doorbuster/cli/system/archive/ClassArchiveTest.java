package dev.doorbuster.cli.system.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {
    private static final List<String> OPTIONS = List.of("-Xmx64m");

    @TempDir
    private Path target;

    private Path jar;
    private Path library;

    @BeforeEach
    void build() throws IOException {
        jar = Files.writeString(target.resolve("service.jar"), "service");
        library = Files.writeString(Files.createDirectory(target.resolve("lib")).resolve("library.jar"), "library");
    }

    @Test
    void aStartWithoutAnArchiveHasNoOptionForIt() {
        assertThat(archive().using()).isEmpty();
    }

    @Test
    void whatWasRecordedIsUsedByTheNextStart() throws IOException {
        // Given
        record(archive(), "classes");

        // When
        boolean kept = archive().keep();

        // Then
        assertThat(kept).isTrue();
        assertThat(archive().file()).hasContent("classes");
        assertThat(archive().using())
                .anyMatch(option -> option.endsWith("=" + archive().file()));
    }

    @Test
    void aRunThatRecordedNothingLeavesNothing() {
        assertThat(archive().keep()).isFalse();
        assertThat(archive().exists()).isFalse();
    }

    @Test
    void anArchiveIsForTheseJarsAndOptionsOnly() throws IOException {
        Path file = archive().file();

        assertThat(ClassArchive.of(target, List.of("-Xmx128m"), classpath()).file())
                .isNotEqualTo(file);
        assertThat(library.toFile().setLastModified(1_000)).isTrue();
        assertThat(archive().file()).isNotEqualTo(file);
    }

    @Test
    void archivesOfOlderJarsAreDeleted() throws IOException {
        // Given
        ClassArchive older = ClassArchive.of(target, List.of("-Xmx128m"), classpath());
        record(older, "old classes");
        assertThat(older.keep()).isTrue();
        assertThat(older.file().toFile().setLastModified(jar.toFile().lastModified() - 10_000))
                .isTrue();
        record(archive(), "classes");

        // When
        boolean kept = archive().keep();

        // Then
        assertThat(kept).isTrue();
        assertThat(older.exists()).isFalse();
    }

    private ClassArchive archive() {
        return ClassArchive.of(target, OPTIONS, classpath());
    }

    private String classpath() {
        return jar + ":" + target.resolve("lib") + "/*";
    }

    private static void record(ClassArchive archive, String content) throws IOException {
        String option = archive.recording().get(0);
        Path unused = Files.writeString(Path.of(option.substring(option.indexOf('=') + 1)), content);
    }
}
