package dev.doorbuster.systemtests.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** One Kubernetes object. */
record Manifest(ObjectNode json) {
    String kind() {
        return json.path("kind").asText();
    }

    String name() {
        return json.at("/metadata/name").asText();
    }

    String apiVersion() {
        return json.path("apiVersion").asText();
    }

    JsonNode at(String pointer) {
        return json.at(pointer);
    }

    Map<String, String> labels() {
        return texts(at("/metadata/labels"));
    }

    /** Labels of the pods it creates; empty if it creates none itself. */
    JsonNode template() {
        return isCustom() ? json.path("none") : at("/spec/template");
    }

    JsonNode pod() {
        return template().path("spec");
    }

    Map<String, String> podLabels() {
        return texts(template().at("/metadata/labels"));
    }

    List<JsonNode> containers() {
        var all = new ArrayList<JsonNode>();
        pod().path("initContainers").forEach(all::add);
        pod().path("containers").forEach(all::add);
        return all;
    }

    boolean makesPods() {
        return !containers().isEmpty();
    }

    /** Whether an operator's schema applies, not Kubernetes' own. */
    boolean isCustom() {
        return apiVersion().contains(".") && !apiVersion().contains(".k8s.io/");
    }

    /** The container's port of that name or number, 0 if it has none. */
    static int port(JsonNode container, String nameOrNumber) {
        return list(container.path("ports")).stream()
                .filter(port -> port.path("name").asText().equals(nameOrNumber)
                        || port.path("containerPort").asText().equals(nameOrNumber))
                .mapToInt(port -> port.path("containerPort").asInt())
                .findFirst()
                .orElse(0);
    }

    static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    static Map<String, String> texts(JsonNode object) {
        var texts = new LinkedHashMap<String, String>();
        object.properties()
                .forEach(each -> texts.put(each.getKey(), each.getValue().asText()));
        return texts;
    }

    @Override
    public String toString() {
        return kind() + " " + name();
    }
}
