package dev.doorbuster.order.edge.auth;

import java.util.Locale;
import java.util.Optional;

/** Permissions of a caller; the token's {@code roles} contain the names in lower case. */
public enum Role {
    /** Places orders and reads own orders. */
    BUYER,
    /** Creates, changes, ends and verifies sales; reads all orders. */
    OPERATOR,
    /** Reports payments: the shop's payment provider. */
    PAYMENTS;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty for an unknown role: a shared token may contain roles of other systems. */
    static Optional<Role> ofWireName(String wireName) {
        for (Role role : values()) {
            if (role.wireName().equals(wireName)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
