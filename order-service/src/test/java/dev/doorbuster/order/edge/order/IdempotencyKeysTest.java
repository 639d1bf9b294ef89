package dev.doorbuster.order.edge.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.Test;

class KeysTest {
    @Test
    void makesValidKeysThatAreNeverTheSame() {
        // Given
        var first = new Keys();
        var second = new Keys();
        var made = new HashSet<String>();

        // When
        for (int i = 0; i < 1000; i++) {
            made.add(first.make());
            made.add(second.make());
        }

        // Then
        assertThat(made).hasSize(2000).allMatch(Keys::isValid);
    }

    @Test
    void takesVisibleAsciiOnly() {
        assertThat(Keys.isValid("!~%+")).isTrue();
        assertThat(Keys.isValid("k".repeat(200))).isTrue();
        assertThat(Keys.isValid("k".repeat(201))).isFalse();
        assertThat(Keys.isValid("")).isFalse();
        assertThat(Keys.isValid("a b")).isFalse();
        assertThat(Keys.isValid("ä")).isFalse();
    }
}
