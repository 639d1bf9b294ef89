package dev.doorbuster.contracts.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CurrencyDigitsTest {
    @ParameterizedTest
    @CsvSource({"EUR,2", "HUF,2", "IDR,2", "JPY,0", "KWD,3", "IQD,3", "XXX,0", "XXA,2"})
    void followsIso4217(String code, int digits) {
        assertThat(CurrencyDigits.of(code)).isEqualTo(digits);
    }

    @Test
    void listsWhatASaleMayBeIn() {
        assertThat(CurrencyDigits.all())
                .containsEntry("EUR", 2)
                .containsEntry("JPY", 0)
                .containsEntry("IQD", 3)
                .allSatisfy((code, digits) -> {
                    assertThat(CurrencyDigits.of(code)).isEqualTo(digits);
                    assertThat(CurrencyDigits.knows(code)).isTrue();
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ZZZ", "XXX", "XTS", "XAU", "eur", ""})
    void knowsNoOtherCode(String code) {
        assertThat(CurrencyDigits.knows(code)).isFalse();
    }
}
