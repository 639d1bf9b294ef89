package dev.doorbuster.order.edge.auth;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * An authenticated caller.
 *
 * @param scopes what a key may be used for; empty for a token, which may do all that its roles allow
 */
public record Caller(String name, Set<Role> roles, Optional<Set<String>> scopes, Instant expiresAt) {
    public Caller {
        roles = Set.copyOf(roles);
        scopes = scopes.map(Set::copyOf);
    }

    /** The caller of a token. */
    public Caller(String name, Set<Role> roles, Instant expiresAt) {
        this(name, roles, Optional.empty(), expiresAt);
    }

    public boolean is(Role role) {
        return roles.contains(role);
    }

    /**
     * Whether a key's scopes allow an operation.
     *
     * @param scope null for an operation that keys may not be used for
     */
    public boolean isAllowed(String scope) {
        return scopes.isEmpty() || (scope != null && scopes.get().contains(scope));
    }
}
