package dev.doorbuster.order.edge.auth;

import java.util.Locale;
import java.util.Optional;

/** What a caller may do; the token's {@code roles} name them in lower case. */
public enum Role {
    /** Places orders and sees the own ones. */
    BUYER,
    /** Makes, changes, ends and verifies sales; sees all orders. */
    OPERATOR,
    /** Reports payments: the shop's payment provider, not a person. */
    PAYMENTS;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty for a role of another system, which a shared token may well carry. */
    static Optional<Role> ofWireName(String wireName) {
        for (Role role : values()) {
            if (role.wireName().equals(wireName)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
