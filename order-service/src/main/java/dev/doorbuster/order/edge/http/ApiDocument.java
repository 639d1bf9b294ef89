package dev.doorbuster.order.edge.http;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.doorbuster.contracts.value.TextRules;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.MediaType;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.impl.Utils;

/** The OpenAPI document: as served, and as used for validation. */
public record ApiDocument(Buffer text, OpenAPIContract contract) {
    /** Path in the class path. */
    private static final String NAME = "openapi.yaml";

    private static final String PATTERN = "pattern";

    public static Future<ApiDocument> load(Vertx vertx) {
        return vertx.fileSystem()
                .readFile(NAME)
                .compose(text -> Utils.readYamlOrJson(vertx, NAME)
                        .map(ApiDocument::withoutProblemBodies)
                        .map(ApiDocument::withPatternsOfJava)
                        .compose(json -> OpenAPIContract.from(vertx, json))
                        .map(contract -> new ApiDocument(text, contract)));
    }

    /**
     * Removes what the library rejects: media types it cannot validate, even of responses, which are never
     * validated.
     */
    private static JsonObject withoutProblemBodies(JsonObject document) {
        document.getJsonObject("components")
                .getJsonObject("responses")
                .forEach(response -> onlyJson((JsonObject) response.getValue()));
        document.getJsonObject("paths")
                .forEach(path -> ((JsonObject) path.getValue()).forEach(operation -> {
                    if (operation.getValue() instanceof JsonObject model) {
                        model.getJsonObject("responses")
                                .forEach(response -> onlyJson((JsonObject) response.getValue()));
                    }
                }));
        return document;
    }

    /** Adapts patterns: the library parses ECMA-262 patterns as Java patterns. */
    @CanIgnoreReturnValue
    private static JsonObject withPatternsOfJava(JsonObject node) {
        node.forEach(field -> {
            if (field.getKey().equals(PATTERN) && field.getValue() instanceof String pattern) {
                field.setValue(TextRules.inJava(pattern));
            } else if (field.getValue() instanceof JsonObject inner) {
                withPatternsOfJava(inner);
            } else if (field.getValue() instanceof JsonArray list) {
                list.stream()
                        .filter(JsonObject.class::isInstance)
                        .forEach(inner -> withPatternsOfJava((JsonObject) inner));
            }
        });
        return node;
    }

    private static void onlyJson(JsonObject response) {
        JsonObject content = response.getJsonObject("content", new JsonObject());
        content.getMap().keySet().removeIf(type -> !type.equals(MediaType.APPLICATION_JSON));
        if (content.isEmpty()) {
            response.remove("content");
        }
    }
}
