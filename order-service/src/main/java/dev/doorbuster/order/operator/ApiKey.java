package dev.doorbuster.order.operator;

import java.time.Instant;
import java.util.Set;

/**
 * A program's key that is valid.
 *
 * @param secretHash SHA-256 of the secret, in hexadecimal digits
 * @param expiresAt null for a key without an end
 */
public record ApiKey(String id, String name, Set<String> scopes, String secretHash, Instant expiresAt) {
    public ApiKey {
        scopes = Set.copyOf(scopes);
    }
}
