package dev.doorbuster.systemtests.k8s;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** One patch of a kustomization: operations on the target, or its deletion. */
record Patch(JsonNode target, JsonNode body) {
    Patch(JsonNode patch) {
        this(patch.get("target"), Yaml.documents(patch.get("patch").asText()).get(0));
    }

    void applyTo(List<Manifest> manifests) {
        List<Manifest> targets = manifests.stream().filter(this::concerns).toList();
        if (targets.isEmpty()) {
            throw new IllegalStateException("nothing to patch: " + target);
        }
        if (body.path("$patch").asText().equals("delete")) {
            manifests.removeAll(targets);
        } else {
            targets.forEach(each -> body.forEach(operation -> apply(each.json(), operation)));
        }
    }

    private boolean concerns(Manifest manifest) {
        String label = target.path("labelSelector").asText();
        return manifest.kind().equals(target.get("kind").asText())
                && manifest.name().equals(target.path("name").asText(manifest.name()))
                && (label.isEmpty()
                        || manifest.labels()
                                .getOrDefault(label.split("=", -1)[0], "")
                                .equals(label.split("=", -1)[1]));
    }

    private static void apply(ObjectNode json, JsonNode operation) {
        JsonPointer path = JsonPointer.compile(operation.get("path").asText());
        JsonNode parent = json.at(path.head());
        String last = path.last().getMatchingProperty();
        switch (operation.get("op").asText()) {
            case "add" -> {
                if (parent instanceof ObjectNode object) {
                    object.set(last, operation.get("value"));
                } else if (last.equals("-")) {
                    ((ArrayNode) parent).add(operation.get("value"));
                } else {
                    throw new IllegalStateException("teach Patch to add other than at an end: " + operation);
                }
            }
            case "replace" -> {
                if (!parent.has(last)) {
                    throw new IllegalStateException("nothing to replace: " + operation);
                }
                ((ObjectNode) parent).set(last, operation.get("value"));
            }
            default -> throw new IllegalStateException("teach Patch to do this first: " + operation);
        }
    }
}
