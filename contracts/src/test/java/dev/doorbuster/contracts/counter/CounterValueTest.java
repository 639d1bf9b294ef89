package dev.doorbuster.contracts.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CounterValueTest {
    @ParameterizedTest
    @ValueSource(strings = {"0:0", "5:3", "1:100000000", "999999999999999999:999999999999999999"})
    void parsesWhatItFormats(String text) {
        assertThat(CounterValue.parse(text))
                .hasValueSatisfying(value -> assertThat(value).hasToString(text));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "0",
                "-1",
                "900",
                " 5:3",
                "5:3 ",
                "5:3\n",
                "5:",
                ":3",
                ":",
                "-5:3",
                "5:-3",
                "+5:3",
                "5:3:1",
                "5;3",
                "5.0:3",
                "0x5:3",
                "five:three",
                "\u0665:\u0663",
                "1e3:1",
                "9999999999999999999:1",
                "null:null"
            })
    void rejectsAnyOtherText(String text) {
        assertThat(CounterValue.parse(text)).isEmpty();
    }

    @Test
    void keepsItsEpochWhenUnitsAreTaken() {
        assertThat(new CounterValue(7, 10).minus(4)).isEqualTo(new CounterValue(7, 6));
    }

    @Test
    void neverFallsBelowZero() {
        var value = new CounterValue(7, 3);

        assertThatIllegalArgumentException().isThrownBy(() -> value.minus(4));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "900", "2:0", "2:1000"})
    void replacesAMissingOrInvalidOrOlderValue(String stored) {
        assertThat(new CounterValue(3, 10).replaces(stored)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3:0", "3:10", "3:1000", "4:0"})
    void doesNotReplaceTheSameOrANewerEpoch(String stored) {
        assertThat(new CounterValue(3, 10).replaces(stored)).isFalse();
    }
}
