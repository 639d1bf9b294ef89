package dev.doorbuster.order.edge.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.MediaType;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.impl.Utils;

/** The OpenAPI document: as it is served, and as requests are validated against it. */
public record ApiDocument(Buffer text, OpenAPIContract contract) {
    /** In the classpath. */
    private static final String NAME = "openapi.yaml";

    public static Future<ApiDocument> load(Vertx vertx) {
        return vertx.fileSystem()
                .readFile(NAME)
                .compose(text -> Utils.readYamlOrJson(vertx, NAME)
                        .map(ApiDocument::withoutProblemBodies)
                        .compose(json -> OpenAPIContract.from(vertx, json))
                        .map(contract -> new ApiDocument(text, contract)));
    }

    /** The library refuses a document with media types it cannot validate, also those of answers, which nobody validates. */
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

    private static void onlyJson(JsonObject response) {
        JsonObject content = response.getJsonObject("content", new JsonObject());
        content.getMap().keySet().removeIf(type -> !type.equals(MediaType.APPLICATION_JSON));
        if (content.isEmpty()) {
            response.remove("content");
        }
    }
}
