package dev.doorbuster.order.edge.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.OutputUnit;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Describes violations of a schema: the field, and what it must be. */
final class Violations {
    private static final int TOLD_MAX = 10;
    private static final int NAME_LENGTH_MAX = 64;
    /** A schema's own description of valid values; JSON Schema ignores unknown keywords. */
    private static final String MUST_BE = "x-must-be";

    private Violations() {}

    static List<String> ofBody(JsonObject schema, Object body, OutputUnit result) {
        if (!(body instanceof JsonObject object)) {
            return List.of("the body must be a JSON object");
        }
        JsonObject properties = schema.getJsonObject("properties", new JsonObject());
        Set<String> told = new LinkedHashSet<>();
        for (Object required : schema.getJsonArray("required", new JsonArray())) {
            if (!object.containsKey((String) required)) {
                told.add("\"" + required + "\" is missing");
            }
        }
        for (String field : object.fieldNames()) {
            if (!properties.containsKey(field)) {
                told.add("unknown field \"" + shortened(field) + "\"");
            }
        }
        for (OutputUnit error : result.getErrors()) {
            // a violation inside of a list is reported for the list
            String field = error.getInstanceLocation().replaceFirst("^#/?", "").replaceFirst("/.*", "");
            if (properties.containsKey(field)) {
                told.add("\"" + field + "\" must be " + mustBe(properties.getJsonObject(field)));
            } else if (error.getKeywordLocation().endsWith("/minProperties")) {
                told.add("at least one field must be given");
            }
        }
        return told.stream().limit(TOLD_MAX).toList();
    }

    /** JSON can escape half of a surrogate pair; no store or message can represent it. */
    static List<String> ofTexts(JsonObject body) {
        return body.stream()
                .filter(field -> !isWhole(field.getValue()))
                .map(field -> "\"" + field.getKey() + "\" must be made of whole characters")
                .toList();
    }

    private static boolean isWhole(Object value) {
        if (value instanceof JsonArray list) {
            return list.stream().allMatch(Violations::isWhole);
        }
        return !(value instanceof String text)
                || StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    static String ofParameter(String in, String name, JsonObject schema) {
        return in + " \"" + name + "\" must be " + mustBe(schema);
    }

    /** Describes valid values of the schema. */
    static String mustBe(JsonObject schema) {
        if (schema.containsKey(MUST_BE)) {
            return schema.getString(MUST_BE);
        } else if (schema.containsKey("enum")) {
            return schema.getJsonArray("enum").stream()
                    .map(value -> "\"" + value + "\"")
                    .collect(Collectors.joining(" or "));
        } else if (Objects.equals(schema.getValue("type"), "integer")) {
            return "a whole number from " + schema.getValue("minimum") + " to " + schema.getValue("maximum");
        }
        return "a text of " + schema.getValue("minLength", 0) + " to " + schema.getValue("maxLength") + " characters";
    }

    private static String shortened(String name) {
        return name.length() <= NAME_LENGTH_MAX ? name : name.substring(0, NAME_LENGTH_MAX) + "…";
    }
}
