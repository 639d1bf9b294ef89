package dev.doorbuster.order.edge.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text files of storefront and console: each language has all texts, and all of them are used. */
class WordsTest {
    private static final Path WEB = Path.of("src/main/resources/web");
    private static final Path COMMON = WEB.resolve("common");
    private static final Pattern KEY = Pattern.compile("^  (\\w+):", Pattern.MULTILINE);
    private static final Pattern ASKED = Pattern.compile("\\bt\\('(\\w+)'");

    /** Keys that end with an order's status or a verdict, or with a word of the API. */
    private static final Pattern BY_STATUS = Pattern.compile("(status|text|why)?[A-Z_]+|(did|event)_\\w+");

    @ParameterizedTest
    @ValueSource(strings = {"shop", "console", "common"})
    void everyLanguageHasEveryText(String pages) throws IOException {
        // Given
        Path words = WEB.resolve(pages).resolve("words");
        Set<String> english = keys(words.resolve("en.js"));

        // When
        List<Path> languages = files(words).stream()
                .filter(file -> file.getFileName().toString().matches("[a-z]{2}\\.js"))
                .toList();

        // Then
        assertThat(languages).hasSize(2);
        for (Path language : languages) {
            assertThat(keys(language)).as(language.toString()).isEqualTo(english);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop", "console"})
    void everyTextThatIsShownIsThereAndNoOther(String pages) throws IOException {
        // Given
        Set<String> own = keys(WEB.resolve(pages).resolve("words/en.js"));
        Set<String> common = keys(COMMON.resolve("words/en.js"));
        Set<String> keys = Stream.concat(own.stream(), common.stream()).collect(Collectors.toCollection(TreeSet::new));
        String code = Stream.concat(files(WEB.resolve(pages)).stream(), files(COMMON).stream())
                .filter(file ->
                        file.toString().endsWith(".js") && !file.getParent().endsWith("words"))
                .map(WordsTest::read)
                .collect(Collectors.joining());

        // When
        Set<String> asked = found(ASKED, code);
        Set<String> unused = keys.stream()
                .filter(key -> !code.contains("'" + key + "'")
                        && !BY_STATUS.matcher(key).matches())
                .collect(Collectors.toCollection(TreeSet::new));

        // Then
        assertThat(own).doesNotContainAnyElementsOf(common);
        assertThat(keys).containsAll(asked);
        assertThat(unused).isEmpty();
    }

    private static Set<String> keys(Path file) {
        return found(KEY, read(file));
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
