package dev.doorbuster.waitingroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.value.SaleId;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProofOfWorkTest {
    private static final SaleId SALE = new SaleId("aaaaaaaaaaaaaaaa");
    private static final String ENTRANT = "0".repeat(32);

    @Test
    void isFoundByTrying() {
        String text = found(12);

        assertThat(ProofOfWork.isValid(SALE, ENTRANT, text, 12)).isTrue();
        assertThat(ProofOfWork.isValid(SALE, ENTRANT, text, 40)).isFalse();
        assertThat(ProofOfWork.isValid(SALE, "1".repeat(32), text, 12)).isFalse();
        assertThat(ProofOfWork.isValid(new SaleId("bbbbbbbbbbbbbbbb"), ENTRANT, text, 12))
                .isFalse();
    }

    @Test
    void costsTwiceAsMuchPerBit() {
        long of1000 = IntStream.range(0, 1000)
                .filter(n -> ProofOfWork.isValid(SALE, ENTRANT, "n" + n, 3))
                .count();

        assertThat(of1000).isBetween(70L, 190L);
    }

    @Test
    void isNoneForNoBits() {
        assertThat(ProofOfWork.isValid(SALE, ENTRANT, null, 0)).isTrue();
        assertThat(ProofOfWork.isValid(SALE, ENTRANT, null, 1)).isFalse();
        assertThat(ProofOfWork.isValid(SALE, ENTRANT, "0".repeat(65), 1)).isFalse();
    }

    /** Computed with sha256sum: 0000a74d... */
    @Test
    void isWhatAnyOtherProgramComputes() {
        assertThat(ProofOfWork.isValid(SALE, ENTRANT, "95722", 16)).isTrue();
        assertThat(ProofOfWork.isValid(SALE, ENTRANT, "95722", 17)).isFalse();
    }

    private static String found(int bits) {
        return IntStream.iterate(0, n -> n + 1)
                .mapToObj(Integer::toString)
                .filter(text -> ProofOfWork.isValid(SALE, ENTRANT, text, bits))
                .findFirst()
                .orElseThrow();
    }
}
