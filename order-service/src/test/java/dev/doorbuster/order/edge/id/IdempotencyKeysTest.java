package dev.doorbuster.order.edge.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.Test;

class IdempotencyKeysTest {
    @Test
    void makesValidKeysThatAreNeverTheSame() {
        // Given
        var first = new IdempotencyKeys();
        var second = new IdempotencyKeys();
        var made = new HashSet<String>();

        // When
        for (int i = 0; i < 1000; i++) {
            made.add(first.make());
            made.add(second.make());
        }

        // Then
        assertThat(made).hasSize(2000).allMatch(IdempotencyKeys::isValid);
    }

    @Test
    void takesVisibleAsciiOnly() {
        assertThat(IdempotencyKeys.isValid("!~%+")).isTrue();
        assertThat(IdempotencyKeys.isValid("k".repeat(200))).isTrue();
        assertThat(IdempotencyKeys.isValid("k".repeat(201))).isFalse();
        assertThat(IdempotencyKeys.isValid("")).isFalse();
        assertThat(IdempotencyKeys.isValid("a b")).isFalse();
        assertThat(IdempotencyKeys.isValid("ä")).isFalse();
    }
}
