package dev.doorbuster.order.operator;

import dev.doorbuster.order.database.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rows of API keys. */
public final class KeyRows {
    /** Keys that may be valid at once. */
    public static final int VALID_MAX = 100;

    private final Statements statements;

    /**
     * A key as operators see it, valid or not.
     *
     * @param expiresAt null for a key without an end
     * @param revokedAt null, with revokedBy, for a key that was not revoked
     */
    public record ListedKey(
            String id,
            String name,
            List<String> scopes,
            Instant createdAt,
            String createdBy,
            Instant expiresAt,
            Instant revokedAt,
            String revokedBy) {}

    public KeyRows(Statements statements) {
        this.statements = statements;
    }

    /** The time of creation; empty if {@link #VALID_MAX} keys are valid. */
    public Future<Optional<Instant>> add(ApiKey key, String operator) {
        Tuple row = Tuple.of(key.id(), key.name())
                .addArrayOfString(key.scopes().stream().sorted().toArray(String[]::new))
                .addString(key.secretHash())
                .addString(operator)
                .addOffsetDateTime(
                        key.expiresAt() == null ? null : key.expiresAt().atOffset(ZoneOffset.UTC))
                .addLong((long) VALID_MAX);
        return statements.first(OperatorSql.ADD_KEY, created -> instant(created, "created_at"), row);
    }

    /** Completes with false if there is no such key. Revoking again changes nothing. */
    public Future<Boolean> revoke(String id, String operator) {
        return statements
                .change(OperatorSql.REVOKE_KEY, Tuple.of(id, operator))
                .compose(revoked -> statements.exists(OperatorSql.KEY_EXISTS, Tuple.of(id)));
    }

    /** Valid keys. */
    public Future<List<ApiKey>> valid() {
        return statements.list(OperatorSql.VALID_KEYS, KeyRows::key, Tuple.of(2L * VALID_MAX));
    }

    /** The latest keys, up to the limit. */
    public Future<List<ListedKey>> latest(int keysMax) {
        return statements.list(OperatorSql.KEYS, KeyRows::listed, Tuple.of((long) keysMax));
    }

    private static ApiKey key(Row row) {
        return new ApiKey(
                row.getString("id"),
                row.getString("name"),
                Set.of(row.getArrayOfStrings("scopes")),
                row.getString("secret_hash"),
                instant(row, "expires_at"));
    }

    private static ListedKey listed(Row row) {
        return new ListedKey(
                row.getString("id"),
                row.getString("name"),
                List.of(row.getArrayOfStrings("scopes")),
                instant(row, "created_at"),
                row.getString("created_by"),
                instant(row, "expires_at"),
                instant(row, "revoked_at"),
                row.getString("revoked_by"));
    }

    private static Instant instant(Row row, String column) {
        OffsetDateTime value = row.getOffsetDateTime(column);
        return value == null ? null : value.toInstant();
    }
}
