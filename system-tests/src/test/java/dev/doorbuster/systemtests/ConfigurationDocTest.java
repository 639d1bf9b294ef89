package dev.doorbuster.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of variables that people read is the list of variables that the services read. */
class ConfigurationDocTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> READERS = List.of("runtime", "order-service", "stock-service", "notifier");
    private static final Pattern READ = Pattern.compile("\"(DOORBUSTER_[A-Z0-9_]+)\"");
    private static final Pattern DOCUMENTED = Pattern.compile("`(DOORBUSTER_[A-Z0-9_]+)`");

    @Test
    void everyVariableThatIsReadIsDocumentedAndNoOther() throws IOException {
        // Given
        var read = new TreeSet<String>();
        for (String module : READERS) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main"))) {
                for (Path file : files.filter(ConfigurationDocTest::mayRead).toList()) {
                    read.addAll(names(READ, Files.readString(file)));
                }
            }
        }

        // When
        var documented = new TreeSet<>(names(DOCUMENTED, Files.readString(ROOT.resolve("docs/configuration.md"))));

        // Then
        assertThat(documented).isEqualTo(read);
    }

    private static boolean mayRead(Path file) {
        return file.toString().endsWith(".java");
    }

    private static List<String> names(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
