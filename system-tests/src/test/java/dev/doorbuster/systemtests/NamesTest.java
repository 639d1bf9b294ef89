package dev.doorbuster.systemtests;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every simple class name is unique, and names use the terms of the glossary in ARCHITECTURE.md. */
class NamesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern CLASS_FILE = Pattern.compile("([A-Z]\\w*)\\.java");
    /** Patterns of rejected names, each with its replacement. */
    private static final Map<String, String> STRUCK = Map.ofEntries(
            Map.entry("Gathering", "batch"),
            Map.entry("Lane", "shard, connection or partition"),
            Map.entry("(?<!Dead)Letter", "dead letter, or mail"),
            Map.entry("Deed", "action"),
            Map.entry("Desk", "the use case"),
            Map.entry("Behind", "dependencies"),
            Map.entry("Wish", "order request"),
            Map.entry("Waiter", "pending request"),
            Map.entry("Manners|Patience", "retry policy, or timeout"),
            Map.entry("Caution", "guard"),
            Map.entry("Stray", "unmatched"),
            Map.entry("SecondChance", "retry"),
            Map.entry("Lie(s|$)|Breach", "violation"),
            Map.entry("Story|Journal", "history"),
            Map.entry("Figures", "metrics, or stats"),
            Map.entry("Board", "cache, or writer"),
            Map.entry("Alarm", "timer"),
            Map.entry("Nudge", "announcement"));

    @Test
    void noSimpleNameIsThereTwice() throws IOException {
        Map<String, Long> files = classes().stream().collect(groupingBy(name -> name, counting()));

        assertThat(files).hasSizeGreaterThan(500);
        assertThat(files.entrySet())
                .allSatisfy(
                        each -> assertThat(each.getValue()).as(each.getKey()).isEqualTo(1));
    }

    @Test
    void noClassIsNamedByAStruckWord() throws IOException {
        List<String> classes = classes();

        STRUCK.forEach((struck, better) -> assertThat(classes)
                .as("instead of %s: %s", struck, better)
                .noneMatch(name -> Pattern.compile(struck).matcher(name).find()));
    }

    private static List<String> classes() throws IOException {
        var modules = new ArrayList<>(List.of("load-test/gatling"));
        modules.addAll(List.of(ROOT.toFile().list()));
        var classes = new ArrayList<String>();
        for (String module : modules) {
            Path sources = ROOT.resolve(module).resolve("src/main/java");
            if (Files.isDirectory(sources)) {
                try (Stream<Path> files = Files.walk(sources)) {
                    files.map(file -> CLASS_FILE.matcher(file.getFileName().toString()))
                            .filter(Matcher::matches)
                            .forEach(matcher -> classes.add(matcher.group(1)));
                }
            }
        }
        return classes;
    }
}
