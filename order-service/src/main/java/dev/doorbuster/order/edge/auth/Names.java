package dev.doorbuster.order.edge.auth;

import dev.doorbuster.contracts.message.Limits;
import java.nio.charset.StandardCharsets;

/** What may be somebody's name: 1 to 64 printable characters that every message and every store can carry. */
final class Names {
    private Names() {}

    static boolean isValid(String name) {
        return name != null
                && !name.isBlank()
                && name.length() <= Limits.NAME_LENGTH_MAX
                && name.chars().noneMatch(Character::isISOControl)
                // half of a surrogate pair has no UTF-8 form: it would spoil the message it travels in
                && StandardCharsets.UTF_8.newEncoder().canEncode(name);
    }
}
