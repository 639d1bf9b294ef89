package dev.doorbuster.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.order.edge.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Classes, tests, pages and problem types that the documentation names exist. */
class DocsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> MODULES = List.of(
            "contracts",
            "dead-letters",
            "runtime",
            "order-service",
            "stock-counters",
            "waiting-room",
            "stock-service",
            "notifier",
            "race-lab",
            "learn",
            "benchmarks",
            "dev-services",
            "crowd",
            "cli",
            "system-tests",
            "load-test/gatling");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)[^)]*\\)");
    /** A link to a heading, of the same page without a file. */
    private static final Pattern HEADING_LINK = Pattern.compile("\\]\\(((?:[^)#\\s:]+\\.md)?#[^)\\s]+)\\)");

    private static final Pattern COMMENT = Pattern.compile("\\s+# .*");
    private static final String TRANSLATED = ".zh-CN";
    private static final long WORDS_MAX = 25_000;
    /** A type, optionally with the last part of its package and a member. */
    private static final Pattern TYPE = Pattern.compile("(?:([a-z]+)\\.)?([A-Z]\\w*[a-z]\\w*)(?:\\.(\\w+))?");

    private static final Set<String> NOT_OURS = Set.of("Future");
    /** A status with its problems. */
    private static final Pattern DOCUMENTED_PROBLEMS =
            Pattern.compile("\\| (\\d{3}) \\| (`[a-z-]+`(?:, `[a-z-]+`)*) \\|");
    /** The service's own problems, and those of the HTTP server. */
    private static final List<String> PROBLEMS_OF_NOTIFIER = List.of(
            "notifier/src/main/java/dev/doorbuster/notifier/http/NotifierProblems.java",
            "notifier/src/main/java/dev/doorbuster/notifier/room/RoomProblems.java",
            "runtime/src/main/java/dev/doorbuster/runtime/http/ProblemResponses.java");

    private static final Pattern NEW_PROBLEM = Pattern.compile("new Problem\\(\\s*\"([a-z-]+)\",\\s*(\\d{3}),");

    @Test
    void everyTypeThatIsNamedExists() throws IOException {
        // Given
        List<Path> sources = sources();
        List<Path> pages = new ArrayList<>(pages(ROOT.resolve("docs/adr")));
        pages.add(ROOT.resolve("ARCHITECTURE.md"));
        pages.add(ROOT.resolve("CONTRIBUTING.md"));
        pages.add(ROOT.resolve("docs/primitives.md"));

        // When
        var missing = new ArrayList<String>();
        for (Path page : pages) {
            for (String code : found(CODE, page)) {
                Matcher type = TYPE.matcher(code);
                if (type.matches() && !NOT_OURS.contains(type.group(2)) && !exists(type, sources)) {
                    missing.add(ROOT.relativize(page) + ": " + code);
                }
            }
        }

        // Then
        assertThat(missing).isEmpty();
    }

    /** The glossary contains product terms only, no test classes. */
    @Test
    void everyTermOfTheGlossaryHasAClassInMainCode() throws IOException {
        // Given
        List<Path> main = sources().stream()
                .filter(source -> source.toString().contains("/src/main/"))
                .toList();

        // When
        var missing = new ArrayList<String>();
        List<String> terms = prose(ROOT.resolve("ARCHITECTURE.md")).stream()
                .dropWhile(line -> !line.equals("## Glossary"))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| "))
                .skip(1)
                .toList();
        for (String term : terms) {
            List<Matcher> types = CODE.matcher(term.split(" \\| ", -1)[2])
                    .results()
                    .map(code -> TYPE.matcher(code.group(1)))
                    .toList();
            boolean there = !types.isEmpty();
            for (Matcher type : types) {
                there &= type.matches() && exists(type, main);
            }
            if (!there) {
                missing.add(term);
            }
        }

        // Then
        assertThat(terms).isNotEmpty();
        assertThat(missing).isEmpty();
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        // When
        var broken = new ArrayList<String>();
        for (Path page : allPages()) {
            for (String link : found(LINK, page)) {
                if (!link.contains("://") && !Files.exists(page.resolveSibling(link))) {
                    broken.add(ROOT.relativize(page) + ": " + link);
                }
            }
        }

        // Then
        assertThat(broken).isEmpty();
    }

    @Test
    void everyLinkToAHeadingLeadsToOne() throws IOException {
        // When
        var linked = new ArrayList<String>();
        var broken = new ArrayList<String>();
        for (Path page : allPages()) {
            for (String link : found(HEADING_LINK, page)) {
                String[] parts = link.split("#", -1);
                Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
                linked.add(link);
                if (!headings(target).contains(parts[1])) {
                    broken.add(ROOT.relativize(page) + ": " + link);
                }
            }
        }

        // Then
        assertThat(linked).hasSizeGreaterThan(10);
        assertThat(broken).isEmpty();
    }

    /** The index of the documentation. */
    @Test
    void everyPageIsInTheIndex() throws IOException {
        // Given
        Path docs = ROOT.resolve("docs");

        // When
        var indexed = new TreeSet<>(found(LINK, docs.resolve("README.md")));

        // Then
        try (Stream<Path> files = Files.list(docs)) {
            assertThat(indexed)
                    .containsAll(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".md") && !name.equals("README.md"))
                            .toList());
        }
    }

    /** What has a letter or a digit is a word; signs of tables, lists and drawings are not. */
    @Test
    void allPagesTogetherStayWithinTheirLimitOfWords() throws IOException {
        long words = 0;
        for (Path page : allPages()) {
            words += Arrays.stream(Files.readString(page).split("\\s+", -1))
                    .filter(each -> each.codePoints().anyMatch(Character::isLetterOrDigit))
                    .count();
        }

        assertThat(words).isBetween(1L, WORDS_MAX);
    }

    @Test
    void everyPictureIsShown() throws IOException {
        // Given
        Path images = ROOT.resolve("docs/images");

        // When
        var shown = new TreeSet<Path>();
        for (Path page : allPages()) {
            found(LINK, page)
                    .forEach(link -> shown.add(page.resolveSibling(link).normalize()));
        }

        // Then
        try (Stream<Path> pictures = Files.list(images)) {
            assertThat(shown).containsAll(pictures.toList());
        }
    }

    @Test
    void aTranslationHasTheSameLinksNamesAndCommands() throws IOException {
        // Given
        Path guide = ROOT.resolve("docs/primitives.md");
        Path translated = ROOT.resolve("docs/primitives.zh-CN.md");

        // When, Then
        assertThat(commands(guide)).isNotEmpty().isEqualTo(commands(translated));
        assertThat(links(guide)).isNotEmpty().isEqualTo(links(translated));
        assertThat(new TreeSet<>(found(CODE, guide))).isEqualTo(new TreeSet<>(found(CODE, translated)));
    }

    @Test
    void theReadmesOfOtherLanguagesHaveTheSameContent() throws IOException {
        // Given
        Path page = ROOT.resolve("README.md");
        Path translated = ROOT.resolve("README.zh-CN.md");

        // When, Then
        assertThat(commands(page)).containsAll(commands(translated));
        assertThat(links(page)).containsAll(links(translated));
    }

    @Test
    void everyProblemIsDocumentedAndNoOther() throws IOException {
        // Given
        var problems = new TreeSet<String>();
        Arrays.stream(ProblemType.values()).forEach(type -> problems.add(type.slug() + " " + type.status()));
        for (String file : PROBLEMS_OF_NOTIFIER) {
            NEW_PROBLEM
                    .matcher(Files.readString(ROOT.resolve(file)))
                    .results()
                    .forEach(match -> problems.add(match.group(1) + " " + match.group(2)));
        }

        // When
        var documented = new TreeSet<String>();
        for (String line : prose(ROOT.resolve("docs/http.md"))) {
            Matcher row = DOCUMENTED_PROBLEMS.matcher(line);
            if (row.matches()) {
                for (String slug : row.group(2).replace("`", "").split(", ", -1)) {
                    documented.add(slug + " " + row.group(1));
                }
            }
        }

        // Then
        assertThat(documented).isEqualTo(problems);
    }

    private static boolean exists(Matcher type, List<Path> sources) throws IOException {
        String end = Optional.ofNullable(type.group(1)).map(each -> each + "/").orElse("") + type.group(2) + ".java";
        for (Path source : sources) {
            if (source.endsWith(end)
                    && (type.group(3) == null || Files.readString(source).contains(" " + type.group(3)))) {
                return true;
            }
        }
        return false;
    }

    private static List<Path> sources() throws IOException {
        var sources = new ArrayList<Path>();
        for (String module : MODULES) {
            sources.addAll(files(
                    ROOT.resolve(module).resolve("src"), file -> file.toString().endsWith(".java")));
        }
        return sources;
    }

    /** Those of {@code docs}, and of the root folder. */
    private static List<Path> allPages() throws IOException {
        var pages = new ArrayList<>(pages(ROOT.resolve("docs")));
        try (Stream<Path> files = Files.list(ROOT)) {
            files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
        }
        return pages;
    }

    /** As links name them: lower case, without punctuation, with hyphens. */
    private static Set<String> headings(Path page) throws IOException {
        return prose(page).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\d _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static List<Path> pages(Path folder) throws IOException {
        return files(folder, file -> file.toString().endsWith(".md"));
    }

    private static List<Path> files(Path folder, Predicate<Path> wanted) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(wanted).toList();
        }
    }

    private static List<String> found(Pattern pattern, Path page) throws IOException {
        return prose(page).stream()
                .flatMap(line -> pattern.matcher(line).results())
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    /** Links of a page, in any language. */
    private static Set<String> links(Path page) throws IOException {
        return found(LINK, page).stream()
                .map(link -> link.replace(TRANSLATED, ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Code blocks, fenced or indented, without their comments, which are translated. */
    private static List<String> commands(Path page) throws IOException {
        Stream<String> indented = prose(page).stream().filter(line -> line.startsWith("    "));
        return Stream.concat(lines(page, true).stream(), indented)
                .map(line -> COMMENT.matcher(line).replaceFirst("").strip())
                .toList();
    }

    /** Lines outside fenced blocks. */
    private static List<String> prose(Path page) throws IOException {
        return lines(page, false);
    }

    private static List<String> lines(Path page, boolean inBlocks) throws IOException {
        var lines = new ArrayList<String>();
        boolean fenced = false;
        for (String line : Files.readAllLines(page)) {
            if (line.startsWith("```")) {
                fenced = !fenced;
            } else if (fenced == inBlocks) {
                lines.add(line);
            }
        }
        return lines;
    }
}
