package dev.doorbuster.systemtests.k8s;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** YAML as trees. */
final class Yaml {
    private static final ObjectMapper MAPPER = new ObjectMapper(new YAMLFactory());

    private Yaml() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static List<JsonNode> documents(String text) {
        var documents = new ArrayList<JsonNode>();
        try (JsonParser parser = MAPPER.createParser(text)) {
            JsonNode next = MAPPER.readTree(parser);
            while (next != null) {
                documents.add(next);
                next = MAPPER.readTree(parser);
            }
            return documents;
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
