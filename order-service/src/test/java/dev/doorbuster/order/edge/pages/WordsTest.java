package dev.doorbuster.order.edge.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.order.edge.problem.ProblemType;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The text files of storefront and console: each language has all texts, and all of them are used. */
class WordsTest {
    private static final Path WEB = Path.of("src/main/resources/web");
    private static final Path COMMON = WEB.resolve("common");
    private static final Pattern KEY = Pattern.compile("^  (\\w+):", Pattern.MULTILINE);
    private static final Pattern SLUG = Pattern.compile("^  '?([a-z-]+)'?: '", Pattern.MULTILINE);
    private static final Pattern PROBLEM = Pattern.compile("new Problem\\(\\s*\"([a-z-]+)\"");
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

    /** Servers write their problems in English; the Chinese pages show a text of the problem's type. */
    @Test
    void everyProblemOfEveryServerHasAChineseText() throws IOException {
        Set<String> translated = found(SLUG, read(COMMON.resolve("words/problems-zh.js")));
        Set<String> known =
                Stream.of(ProblemType.values()).map(ProblemType::slug).collect(Collectors.toCollection(TreeSet::new));
        for (String module : List.of("notifier", "race-lab", "learn", "runtime")) {
            for (Path file : files(Path.of("..", module, "src/main/java"))) {
                known.addAll(found(PROBLEM, read(file)));
            }
        }

        assertThat(known).contains("sold-out", "waiting-room-full", "race-running", "lessons-busy");
        assertThat(translated).isEqualTo(known);
    }

    /** Labels that said something untrue, or that only their author understood, and must not come back. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "console | logInTitle | Operator sign-in | 运营人员登录",
                "console | crowdDone | All buyers answered. | 所有买家都已得到答复。",
                "console | crowdHave | Got one | 已抢到",
                "console | told | Accepted, still deciding | 已受理，尚在处理",
                "console | p50 | Median | 中位数",
                "console | p99 | p99 | p99",
                "console | plotRounds | Counter conflicts per second | 每秒计数器冲突数",
                "console | drift | Counter-ledger difference | 计数器与账本之差",
                "console | sold | Reserved or paid | 已保留或已付款",
                "console | endedByOperator | Ended by an operator | 由运营人员结束",
                "console | opensHint | Leave empty to open when you publish it. | 留空即在发布时开始。",
                "console | holdSeconds | Payment time limit (seconds) | 付款时限（秒）",
                "console | notSaved | Could not save: | 无法保存：",
                "console | lookAgain | Refresh | 刷新",
                "console | discard | Delete permanently | 永久删除",
                "console | deadLettersAre | Until resolved, these sales cannot be verified. | 在解决之前，所涉抢购无法通过核对。",
                "console | discardHint | The affected request is abandoned | 受影响的请求将被放弃",
                "console | orderExpired | Not paid in time | 未按时付款",
                "shop | soldOutHeld | Sold out; ${held} unpaid may return | 已售罄；${held} 件未付款，可能放出",
                "shop | onNow | On now | 正在进行",
                "shop | giveBack | Cancel order | 取消订单",
                "shop | statusEXPIRED | Not paid in time | 未按时付款",
            })
    void labelsAreThePlainOnes(String pages, String key, String english, String chinese) {
        assertThat(label(pages, "en", key)).contains(english);
        assertThat(label(pages, "zh", key)).contains(chinese);
    }

    private static String label(String pages, String language, String key) {
        String words = read(WEB.resolve(pages).resolve("words/" + language + ".js"));
        return Pattern.compile("^  " + key + ": (.*),$", Pattern.MULTILINE)
                .matcher(words)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.joining());
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
