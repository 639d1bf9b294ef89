package dev.doorbuster.order.edge.operations;

import dev.doorbuster.order.edge.auth.ApiKeys;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.http.ApiRequest.InvalidFieldException;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.operator.KeyRows;
import dev.doorbuster.order.operator.KeyRows.ListedKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code /api/keys}: keys of programs. A key is shown once, when it is created. */
public final class KeyOperations {
    private static final int SHOWN_MAX = 200;
    private static final String EXPIRES_AT = "expiresAt";
    private static final String SCOPES = "scopes";

    private final KeyRows rows;
    private final ApiKeys keys;
    private final SecureRandom random = new SecureRandom();

    public KeyOperations(KeyRows rows, ApiKeys keys) {
        this.rows = rows;
        this.keys = keys;
    }

    public void list(ApiRequest request) {
        request.answer(rows.latest(SHOWN_MAX + 1), all -> {
            var list = new JsonArray(
                    all.stream().limit(SHOWN_MAX).map(KeyOperations::json).toList());
            request.json(200, new JsonObject().put("keys", list).put("complete", all.size() <= SHOWN_MAX));
        });
    }

    public void create(ApiRequest request) {
        JsonObject body = request.body();
        String operator = request.caller().name();
        Set<String> scopes =
                body.getJsonArray(SCOPES).stream().map(String.class::cast).collect(Collectors.toSet());
        ApiKeys.Made made = ApiKeys.make(body.getString("name"), scopes, expiry(body), random);
        request.answer(rows.add(made.row(), operator), createdAt -> {
            if (createdAt.isEmpty()) {
                throw ProblemType.TOO_MANY_KEYS.exception();
            }
            keys.changed();
            var key = new ListedKey(
                    made.row().id(),
                    made.row().name(),
                    made.row().scopes().stream().sorted().toList(),
                    createdAt.get(),
                    operator,
                    made.row().expiresAt(),
                    null,
                    null);
            request.json(201, json(key).put("key", made.key()));
        });
    }

    public void revoke(ApiRequest request) {
        request.answer(rows.revoke(request.path("keyId"), request.caller().name()), known -> {
            if (!known) {
                throw ProblemType.NOT_FOUND.exception("There is no key of this id.");
            }
            keys.changed();
            request.response().setStatusCode(204).end();
        });
    }

    private Instant expiry(JsonObject body) {
        String text = body.getString(EXPIRES_AT);
        Instant at = text == null ? null : ApiRequest.time(EXPIRES_AT, text);
        if (at != null && !at.isAfter(Instant.now())) {
            throw new InvalidFieldException(EXPIRES_AT, "must be in the future");
        }
        return at;
    }

    private static JsonObject json(ListedKey key) {
        return new JsonObject()
                .put("id", key.id())
                .put("name", key.name())
                .put(SCOPES, new JsonArray(key.scopes()))
                .put("createdAt", key.createdAt().toString())
                .put("createdBy", key.createdBy())
                .put(EXPIRES_AT, Objects.toString(key.expiresAt(), null))
                .put("revokedAt", Objects.toString(key.revokedAt(), null))
                .put("revokedBy", key.revokedBy());
    }
}
