package dev.doorbuster.order.operator;

import java.time.Instant;
import java.util.List;

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
