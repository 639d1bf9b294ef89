package dev.doorbuster.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every place that contains the version agrees with the root's pom: an old image must not run under a new tag, nor a
 * new one under an old tag.
 */
class VersionTest {
    private static final Pattern POM = Pattern.compile("<artifactId>doorbuster</artifactId>\\s*<version>([^<]+)<");
    private static final Pattern RELEASE = Pattern.compile("\\d+\\.\\d+\\.\\d+");

    @Test
    void isARelease() throws IOException {
        assertThat(version()).matches(RELEASE);
    }

    @ParameterizedTest
    @CsvSource({
        "compose.yaml, 'image: doorbuster/[\\w-]+:(\\S+)', 6",
        "Dockerfile, 'ARG VERSION=(\\S+)', 4",
        "k8s/base/kustomization.yaml, 'app.kubernetes.io/version: ([\\w.]+)', 1",
        "k8s/overlays/local/kustomization.yaml, 'newTag: ([\\w.]+)', 3",
        "k8s/overlays/production/kustomization.yaml, 'newTag: ([\\w.]+)', 3",
        "docs/kubernetes.md, 'doorbuster/\\$each:(\\d[\\w.]+)', 3",
    })
    void isTheSameEverywhere(String file, String pattern, int places) throws IOException {
        List<String> found = Pattern.compile(pattern)
                .matcher(Files.readString(ComposeFile.ROOT.resolve(file)))
                .results()
                .map(place -> place.group(1))
                .toList();

        assertThat(found).hasSize(places).containsOnly(version());
    }

    @Test
    void whatItChangesIsWrittenFirst() throws IOException {
        String changes = Files.readString(ComposeFile.ROOT.resolve("CHANGELOG.md"));

        assertThat(Pattern.compile("\n## (\\S+)").matcher(changes).results().map(heading -> heading.group(1)))
                .startsWith(version());
    }

    private static String version() throws IOException {
        return POM.matcher(Files.readString(ComposeFile.ROOT.resolve("pom.xml")))
                .results()
                .map((MatchResult place) -> place.group(1))
                .findFirst()
                .orElseThrow();
    }
}
