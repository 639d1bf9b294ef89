package dev.doorbuster.systemtests.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * Renders the features of kustomize that these manifests use, without hashes in names: resources, a namespace, image
 * names and tags, labels, generated ConfigMaps and Secrets, JSON patches, deletions. Anything else in a
 * kustomization is an error.
 */
final class Kustomization {
    private static final Set<String> KNOWN = Set.of(
            "apiVersion",
            "kind",
            "namespace",
            "resources",
            "images",
            "labels",
            "configMapGenerator",
            "secretGenerator",
            "patches");
    private static final Set<String> LABELS_KNOWN = Set.of("pairs", "includeTemplates");
    private static final Set<String> GENERATOR_KNOWN = Set.of("name", "literals", "files", "options");
    private static final Set<String> OPTIONS_KNOWN = Set.of("labels");
    private static final Set<String> CLUSTER_WIDE = Set.of("Namespace");

    private final Path directory;
    private final JsonNode file;
    private final List<Manifest> manifests = new ArrayList<>();

    private Kustomization(Path directory) throws IOException {
        this.directory = directory;
        this.file = Yaml.documents(Files.readString(directory.resolve("kustomization.yaml")))
                .get(0);
        onlyKnown(file, KNOWN);
    }

    static List<Manifest> render(Path directory) throws IOException {
        return new Kustomization(directory).render();
    }

    private List<Manifest> render() throws IOException {
        for (JsonNode each : file.path("resources")) {
            Path resource = directory.resolve(each.asText()).normalize();
            if (Files.isDirectory(resource)) {
                manifests.addAll(render(resource));
            } else {
                Yaml.documents(Files.readString(resource))
                        .forEach(json -> manifests.add(new Manifest((ObjectNode) json)));
            }
        }
        for (JsonNode each : file.path("configMapGenerator")) {
            manifests.add(generated(each, "ConfigMap"));
        }
        for (JsonNode each : file.path("secretGenerator")) {
            manifests.add(generated(each, "Secret"));
        }
        file.path("patches").forEach(each -> new Patch(each).applyTo(manifests));
        manifests.forEach(this::setImages);
        file.path("labels").forEach(each -> manifests.forEach(manifest -> label(manifest, each)));
        manifests.stream()
                .filter(each -> file.has("namespace") && !CLUSTER_WIDE.contains(each.kind()))
                .forEach(each -> each.json().withObject("/metadata").set("namespace", file.get("namespace")));
        return manifests;
    }

    private Manifest generated(JsonNode generator, String kind) throws IOException {
        onlyKnown(generator, GENERATOR_KNOWN);
        ObjectNode json = Yaml.object();
        json.put("apiVersion", "v1").put("kind", kind);
        json.withObject("/metadata").set("name", generator.get("name"));
        JsonNode options = generator.path("options");
        onlyKnown(options, OPTIONS_KNOWN);
        if (options.has("labels")) {
            json.withObject("/metadata").set("labels", options.get("labels").deepCopy());
        }
        ObjectNode data = json.withObject("/data");
        for (JsonNode literal : generator.path("literals")) {
            String[] pair = literal.asText().split("=", 2);
            data.put(pair[0], value(kind, pair[1]));
        }
        for (JsonNode each : generator.path("files")) {
            String content = Files.readString(directory.resolve(each.asText()));
            data.put(each.asText(), value(kind, content));
        }
        if (kind.equals("Secret")) {
            json.put("type", "Opaque");
        }
        return new Manifest(json);
    }

    private static String value(String kind, String text) {
        return kind.equals("Secret") ? Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) : text;
    }

    private void setImages(Manifest manifest) {
        for (JsonNode container : manifest.containers()) {
            for (JsonNode image : file.path("images")) {
                String name = image.get("name").asText();
                if (container.path("image").asText().equals(name)) {
                    String renamed = image.path("newName").asText(name);
                    ((ObjectNode) container)
                            .put("image", renamed + ":" + image.get("newTag").asText());
                }
            }
        }
    }

    private static void label(Manifest manifest, JsonNode labels) {
        onlyKnown(labels, LABELS_KNOWN);
        ObjectNode pairs = (ObjectNode) labels.get("pairs");
        var unused = manifest.json().withObject("/metadata/labels").setAll(pairs);
        if (labels.path("includeTemplates").asBoolean() && manifest.makesPods()) {
            unused =
                    manifest.json().withObject("/spec/template/metadata/labels").setAll(pairs);
        }
    }

    private static void onlyKnown(JsonNode node, Set<String> known) {
        node.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                throw new IllegalStateException("teach Kustomization to render " + field + " first");
            }
        });
    }
}
