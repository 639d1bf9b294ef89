package dev.doorbuster.runtime.amqp.publish;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CurrentChannelTest {
    private final CurrentChannel<String> current = new CurrentChannel<>();

    @Test
    void aChannelIsGivenUpOnceAndTheNextOneStays() {
        // Given
        assertThat(current.open("first")).isTrue();
        assertThat(current.end("first")).isTrue();
        assertThat(current.open("second")).isTrue();

        // When: another thread found the first one ended as well
        boolean givenUp = current.end("first");

        // Then
        assertThat(givenUp).isFalse();
        assertThat(current.get()).isEqualTo("second");
    }

    @Test
    void isNotReplacedWhileItIsInUse() {
        assertThat(current.open("first")).isTrue();
        assertThat(current.open("second")).isFalse();
        assertThat(current.get()).isEqualTo("first");
    }

    @Test
    void usesNoChannelThatIsOpenedAfterTheClose() {
        // Given
        assertThat(current.open("first")).isTrue();

        // When
        String last = current.close();

        // Then
        assertThat(last).isEqualTo("first");
        assertThat(current.open("second")).isFalse();
        assertThat(current.get()).isNull();
        assertThat(current.end("first")).isFalse();
    }
}
