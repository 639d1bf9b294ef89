package dev.doorbuster.contracts.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SaleIdTest {
    /** Computed with sha256sum: every implementation, in any language, must use the same partition. */
    @ParameterizedTest
    @CsvSource({
        "aaaaaaaaaaaaaaaa, 4",
        "k7wq2mzr5xv3ta6b, 4",
        "2222222222222222, 5",
        "7777777777777777, 0",
        "abcdefghijklmnop, 3",
        "doorbusterdoorbu, 4",
        "qrstuvwxyz234567, 1",
        "zzzzzzzzzzzzzzzz, 0",
    })
    void hasItsKnownPartition(String id, int partition) {
        assertThat(new SaleId(id).partition()).isEqualTo(partition);
    }

    @Test
    void spreadsOverAllPartitions() {
        var random = new Random(1);

        assertThat(Stream.generate(() -> SaleId.random(random)).limit(1000).map(SaleId::partition))
                .contains(0, 1, 2, 3, 4, 5, 6, 7)
                .allMatch(partition -> partition >= 0 && partition < SaleId.PARTITIONS);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "short",
                "aaaaaaaaaaaaaaaaa",
                "AAAAAAAAAAAAAAAA",
                "aaaaaaaaaaaaaaa1",
                "aaaaaaaaaaaaaa.*",
                "aaaaaaaaaaaaaaaa\n"
            })
    void rejectsInvalidSaleIds(String text) {
        assertThat(SaleId.isValid(text)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new SaleId(text));
    }
}
