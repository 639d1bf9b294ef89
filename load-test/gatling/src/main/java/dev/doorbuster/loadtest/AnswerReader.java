package dev.doorbuster.loadtest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.doorbuster.cli.crowd.Answer;

/** Makes an answer of a response of the shop. */
final class AnswerReader {
    private static final JsonMapper MAPPER = new JsonMapper();

    private AnswerReader() {}

    /** @param retryAfter null where the response does not say */
    static Answer of(int status, String body, String retryAfter) {
        JsonNode json = json(body);
        String type = text(json, "type");
        return new Answer(
                status,
                text(json, "id"),
                null,
                text(json, "status"),
                type == null ? text(json, "reason") : type.substring(type.lastIndexOf('/') + 1),
                false,
                retryAfter != null && retryAfter.matches("\\d{1,6}") ? Integer.parseInt(retryAfter) : 0);
    }

    static Answer none() {
        return of(0, "", null);
    }

    /** What a response that is no JSON says is nothing; its answer is then one that the interface does not have. */
    static JsonNode json(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            return MAPPER.missingNode();
        }
    }

    /** A problem's {@code status} is a number, an order's is a text. */
    private static String text(JsonNode json, String name) {
        return json.path(name).isTextual() ? json.path(name).textValue() : null;
    }
}
