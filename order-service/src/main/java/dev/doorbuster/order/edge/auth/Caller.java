package dev.doorbuster.order.edge.auth;

import java.time.Instant;
import java.util.Set;

/** An authenticated caller. */
public record Caller(String name, Set<Role> roles, Instant expiresAt) {
    public Caller {
        roles = Set.copyOf(roles);
    }

    public boolean is(Role role) {
        return roles.contains(role);
    }
}
