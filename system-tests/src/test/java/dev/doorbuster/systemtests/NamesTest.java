package dev.doorbuster.systemtests;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Every simple class name is unique, and names and documentation use the terms of the glossary in ARCHITECTURE.md. */
class NamesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern CLASS_FILE = Pattern.compile("([A-Z]\\w*)\\.java");
    /** Patterns of rejected words in names, each with its replacement. */
    private static final Map<String, String> STRUCK = Map.ofEntries(
            Map.entry("Gathering", "batch"),
            Map.entry("Lane", "shard, connection or partition"),
            Map.entry("(?<!Dead)Letter", "dead letter, or mail"),
            Map.entry("Deed", "action"),
            Map.entry("Desk", "the use case"),
            Map.entry("Behind", "dependencies"),
            Map.entry("Wish", "order request, or command"),
            Map.entry("Waiter", "pending request"),
            Map.entry("Manners|Patience", "retry policy, or timeout"),
            Map.entry("Caution", "guard"),
            Map.entry("Stray", "unmatched"),
            Map.entry("SecondChance", "retry"),
            Map.entry("Lie(s|$)|Breach", "violation"),
            Map.entry("Story|Journal", "history"),
            Map.entry("Figure", "metrics, or stats"),
            Map.entry("Board", "cache, or writer"),
            Map.entry("Alarm", "timer"),
            Map.entry("Nudge", "announcement"),
            Map.entry("Nobody|Somebody|Everybody|Anybody|Whoever", "the process, client or request"));
    /** Rejected words in texts; others of the list have an ordinary meaning there. */
    private static final Pattern STRUCK_IN_TEXT = Pattern.compile(
            "\\b(gathering|lane|(?<!dead[ -])letter|deed|desk|wish|waiter|manners|patience|caution|stray"
                    + "|second chance|breach|story|journal|figure|board|nudge|nobody|somebody|everybody|whoever)(e?s)?\\b");
    /** Code, public names and addresses. */
    private static final Pattern CODE = Pattern.compile("(?s:```.*?```)|`[^`\n]*`|]\\([^)\n]*\\)");

    private static final Pattern INDENTED = Pattern.compile("(?m)^ {4}.*$");

    @Test
    void noSimpleNameIsThereTwice() throws IOException {
        Map<String, Long> files = sources().stream().collect(groupingBy(NamesTest::className, counting()));

        assertThat(files).hasSizeGreaterThan(500);
        assertThat(files.entrySet())
                .allSatisfy(
                        each -> assertThat(each.getValue()).as(each.getKey()).isEqualTo(1));
    }

    @Test
    void noNameInTheMainCodeHasAStruckWord() throws IOException {
        List<String> names = declaredNames();

        assertThat(names).hasSizeGreaterThan(5_000);
        STRUCK.forEach((struck, better) -> assertThat(names.stream()
                        .filter(name ->
                                Pattern.compile(struck).matcher(words(name)).find()))
                .as("instead of %s: %s", struck, better)
                .isEmpty());
    }

    @Test
    void noPageHasAStruckWord() throws IOException {
        var found = new ArrayList<String>();
        for (Path page : pages()) {
            String text = CODE.matcher(Files.readString(page)).replaceAll("");
            if (page.toString().endsWith(".md")) {
                text = INDENTED.matcher(text).replaceAll("");
            }
            Matcher word = STRUCK_IN_TEXT.matcher(text.toLowerCase(Locale.ROOT));
            while (word.find()) {
                found.add(ROOT.relativize(page) + ": " + word.group());
            }
        }

        assertThat(found).isEmpty();
    }

    /** Names of types, methods, fields, parameters and local variables, each with its file. */
    private static List<String> declaredNames() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var names = new TreeSet<String>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask)
                    compiler.getTask(null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources()));
            for (CompilationUnitTree unit : task.parse()) {
                String file =
                        ROOT.relativize(Path.of(unit.getSourceFile().toUri())).toString();
                new Declarations(name -> names.add(name + " in " + file)).scan(unit, null);
            }
        }
        return List.copyOf(names);
    }

    /** {@code deadLetters} and {@code DEAD_LETTERS} as {@code DeadLetters}. */
    private static String words(String name) {
        String simple = name.substring(0, name.indexOf(' '));
        if (simple.equals(simple.toUpperCase(Locale.ROOT))) {
            return Stream.of(simple.toLowerCase(Locale.ROOT).split("_", -1))
                    .map(NamesTest::capitalized)
                    .collect(joining());
        }
        return capitalized(simple);
    }

    private static String capitalized(String word) {
        return word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    private static List<Path> pages() throws IOException {
        var pages = new ArrayList<>(
                List.of(ROOT.resolve("README.md"), ROOT.resolve("ARCHITECTURE.md"), ROOT.resolve("CONTRIBUTING.md")));
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            docs.filter(page -> page.toString().matches(".*\\.(md|yaml)")).forEach(pages::add);
        }
        return pages;
    }

    private static List<Path> sources() throws IOException {
        var modules = new ArrayList<>(List.of("load-test/gatling"));
        modules.addAll(List.of(ROOT.toFile().list()));
        var sources = new ArrayList<Path>();
        for (String module : modules) {
            Path folder = ROOT.resolve(module).resolve("src/main/java");
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    files.filter(file -> CLASS_FILE
                                    .matcher(file.getFileName().toString())
                                    .matches())
                            .forEach(sources::add);
                }
            }
        }
        return sources;
    }

    private static String className(Path source) {
        return source.getFileName().toString().replace(".java", "");
    }

    private static final class Declarations extends TreePathScanner<Void, Void> {
        private final Consumer<String> found;

        Declarations(Consumer<String> found) {
            this.found = found;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            if (!type.getSimpleName().isEmpty()) {
                found.accept(type.getSimpleName().toString());
            }
            return super.visitClass(type, null);
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            found.accept(method.getName().toString());
            return super.visitMethod(method, null);
        }

        @Override
        public Void visitVariable(VariableTree variable, Void nothing) {
            found.accept(variable.getName().toString());
            return super.visitVariable(variable, null);
        }
    }
}
