package dev.doorbuster.systemtests.k8s;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares kustomize's output with these tests' rendering; run by {@code k8s/validate.sh}, which has kustomize. */
class KustomizeComparison {
    private static final String RENDERED = "doorbuster.kustomize.rendered";

    @ParameterizedTest
    @EnumSource
    void kustomizeRendersTheSame(Overlay overlay) throws IOException {
        // Given
        Path folder = Path.of(System.getProperty(RENDERED));
        String text = Files.readString(folder.resolve(overlay.name().toLowerCase(Locale.ROOT) + ".yaml"));

        // When
        List<JsonNode> rendered = Yaml.documents(withoutHashes(text, overlay));

        // Then
        Map<String, JsonNode> theirs = byName(rendered.stream().map(each -> new Manifest((ObjectNode) each)));
        Map<String, JsonNode> ours = byName(overlay.manifests().stream());
        assertThat(theirs.keySet()).isEqualTo(ours.keySet());
        ours.forEach((name, manifest) ->
                assertThat(unfolded(theirs.get(name))).as(name).isEqualTo(manifest));
    }

    /** kustomize folds long values of a Secret, which Base64 permits. */
    private static JsonNode unfolded(JsonNode manifest) {
        if (manifest.path("kind").asText().equals("Secret")) {
            var data = (ObjectNode) manifest.get("data");
            Manifest.texts(data).forEach((key, value) -> data.put(key, value.replaceAll("\\s", "")));
        }
        return manifest;
    }

    /** Generated objects have a hash of their content in their names and in references. */
    private static String withoutHashes(String text, Overlay overlay) {
        String generated = Stream.of("ConfigMap", "Secret")
                .flatMap(kind -> overlay.all(kind).stream())
                .map(Manifest::name)
                .collect(joining("|"));
        return text.replaceAll("\\b(" + generated + ")-[a-z0-9]{10}\\b", "$1");
    }

    private static Map<String, JsonNode> byName(Stream<Manifest> manifests) {
        var byName = new TreeMap<String, JsonNode>();
        manifests.forEach(each -> byName.put(each.toString(), each.json()));
        return byName;
    }
}
