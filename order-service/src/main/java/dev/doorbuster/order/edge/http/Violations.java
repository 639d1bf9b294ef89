package dev.doorbuster.order.edge.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.OutputUnit;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Describes violations of a schema: the field, and what it must be. */
final class Violations {
    private static final int TOLD_MAX = 10;
    private static final int NAME_LENGTH_MAX = 64;
    /** A schema's own description of valid values; JSON Schema ignores unknown keywords. */
    private static final String MUST_BE = "x-must-be";

    private static final Pattern INDEX = Pattern.compile("\\d{1,9}");

    private Violations() {}

    static List<String> ofBody(JsonObject schema, Object body, OutputUnit result) {
        if (!(body instanceof JsonObject object)) {
            return List.of("the body must be a JSON object");
        }
        Set<String> told = new LinkedHashSet<>();
        ofObject(schema, object, "", "", result.getErrors(), told);
        return told.isEmpty()
                ? List.of("the body must be as in the OpenAPI document")
                : told.stream().limit(TOLD_MAX).toList();
    }

    /**
     * Adds the violations of an object.
     *
     * @param at the object's location in the body, ending in a slash; empty for the body itself
     * @param label begins each description
     */
    private static void ofObject(
            JsonObject schema, JsonObject object, String at, String label, List<OutputUnit> errors, Set<String> told) {
        JsonObject properties = schema.getJsonObject("properties", new JsonObject());
        for (Object required : schema.getJsonArray("required", new JsonArray())) {
            if (!object.containsKey((String) required)) {
                told.add(label + "\"" + required + "\" is missing");
            }
        }
        for (String field : object.fieldNames()) {
            if (!properties.containsKey(field)) {
                told.add(label + "unknown field \"" + shortened(field) + "\"");
            }
        }
        Set<String> rows = new LinkedHashSet<>();
        Set<String> fields = new LinkedHashSet<>();
        for (OutputUnit error : errors) {
            String location = error.getInstanceLocation().replaceFirst("^#/?", "");
            if (!location.startsWith(at)) {
                continue;
            }
            String[] path = location.substring(at.length()).split("/", 3);
            String field = path[0];
            JsonObject property = properties.getJsonObject(field);
            if (property == null) {
                if (error.getKeywordLocation().endsWith("/minProperties")) {
                    told.add("at least one field must be given");
                }
            } else if (path.length > 1 && row(property, object, field, path[1]) != null) {
                if (rows.add(field + "/" + path[1])) {
                    ofObject(
                            property.getJsonObject("items"),
                            row(property, object, field, path[1]),
                            at + field + "/" + path[1] + "/",
                            label + "row " + (Integer.parseInt(path[1]) + 1) + ": ",
                            errors,
                            told);
                }
            } else {
                fields.add(field);
            }
        }
        // a violation inside of a list is reported for the row if the row is an object, else for the list
        fields.stream()
                .filter(field -> rows.stream().noneMatch(row -> row.startsWith(field + "/")))
                .forEach(field ->
                        told.add(label + "\"" + field + "\" must be " + mustBe(properties.getJsonObject(field))));
    }

    /** The row of a list of objects; null if there is none. */
    private static JsonObject row(JsonObject property, JsonObject object, String field, String index) {
        return property.getValue("items") instanceof JsonObject items
                        && items.containsKey("properties")
                        && object.getValue(field) instanceof JsonArray rows
                        && INDEX.matcher(index).matches()
                        && rows.getValue(Integer.parseInt(index)) instanceof JsonObject row
                ? row
                : null;
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
