package dev.doorbuster.systemtests.k8s;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A JSON schema of {@code k8s/schemas/operators} with the used fields of an operator's object. Supports the keywords
 * that occur there, and {@code x-kubernetes-model}, which refers to a type of Kubernetes.
 */
record Schema(JsonNode root) {
    private static final Path FOLDER = Overlay.ROOT.resolve("k8s/schemas/operators");
    private static final Map<String, Class<?>> MODELS = Map.of(
            "Affinity", Affinity.class,
            "PersistentVolumeClaim", PersistentVolumeClaim.class,
            "PodSecurityContext", PodSecurityContext.class,
            "PodSpec", PodSpec.class,
            "ResourceRequirements", ResourceRequirements.class,
            "SecurityContext", SecurityContext.class,
            "TopologySpreadConstraint", TopologySpreadConstraint.class);

    /** The file name that kubeconform looks for in {@code k8s/validate.sh}. */
    static Optional<Schema> of(Manifest manifest) throws IOException {
        String name = (manifest.apiVersion().replace('/', '_') + "_" + manifest.kind()).toLowerCase(Locale.ROOT);
        Path file = FOLDER.resolve(name + ".json");
        return Files.exists(file)
                ? Optional.of(new Schema(Yaml.documents(Files.readString(file)).get(0)))
                : Optional.empty();
    }

    /** All violations with their paths. */
    List<String> faults(JsonNode object) {
        var faults = new ArrayList<String>();
        check(root, object, "", faults);
        return faults;
    }

    private static void check(JsonNode schema, JsonNode value, String place, List<String> faults) {
        schema.properties().forEach(rule -> {
            JsonNode says = rule.getValue();
            boolean kept = switch (rule.getKey()) {
                case "$comment" -> true;
                case "type" -> hasType(says.asText(), value);
                case "enum" -> Manifest.list(says).contains(value);
                case "minimum" -> value.asLong() >= says.asLong();
                case "maxLength" -> value.asText().length() <= says.asInt();
                case "pattern" ->
                    Pattern.compile(says.asText()).matcher(value.asText()).find();
                case "required" -> Manifest.list(says).stream().allMatch(name -> value.has(name.asText()));
                // together: additionalProperties depends on properties
                case "properties", "additionalProperties" -> true;
                case "items" -> {
                    value.forEach(each -> check(says, each, place + "[]", faults));
                    yield true;
                }
                case "x-kubernetes-model" -> isOf(MODELS.get(says.asText()), value);
                default -> throw new AssertionError("a word that nobody checks: " + rule.getKey());
            };
            if (!kept) {
                faults.add(place + " " + rule.getKey() + " " + says + ": " + value);
            }
        });
        checkProperties(schema, value, place, faults);
    }

    private static void checkProperties(JsonNode schema, JsonNode value, String place, List<String> faults) {
        value.properties().forEach(each -> {
            String at = place + "." + each.getKey();
            JsonNode known = schema.path("properties").path(each.getKey());
            JsonNode any = schema.path("additionalProperties");
            if (known.isObject()) {
                check(known, each.getValue(), at, faults);
            } else if (any.isObject()) {
                check(any, each.getValue(), at, faults);
            } else if (!any.asBoolean(true)) {
                faults.add(at + " is not known");
            }
        });
    }

    private static boolean hasType(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber();
            default -> throw new AssertionError("a type that nobody checks: " + type);
        };
    }

    private static boolean isOf(Class<?> model, JsonNode value) {
        try {
            return FieldsTest.STRICT.treeToValue(value, model) != null;
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
