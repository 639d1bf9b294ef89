package dev.doorbuster.contracts.counter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.value.SaleId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeysTest {
    private static final SaleId SALE = new SaleId("k7wq2mzr5xv3ta6b");
    private static final UUID ID = UUID.fromString("a3e4b1d2-7c6f-4e5a-9b8d-0c1f2e3d4b5a");
    private static final Instant AT = Instant.parse("2026-11-27T08:00:00Z");

    @Test
    void redisKeysOfASaleShareOneHashTag() {
        assertThat(List.of(
                        RedisKeys.counter(SALE),
                        RedisKeys.reservations(SALE),
                        RedisKeys.buyers(SALE),
                        RedisKeys.outcomes(SALE, AT)))
                .doesNotHaveDuplicates()
                .allMatch(key -> key.startsWith("doorbuster:{k7wq2mzr5xv3ta6b}:"));
    }

    @Test
    void outcomesOfOneTimeSlotShareAKey() {
        String key = RedisKeys.outcomes(SALE, AT);

        assertThat(RedisKeys.outcomes(SALE, AT.plus(RedisKeys.OUTCOME_SLOT).minusMillis(1)))
                .isEqualTo(key);
        assertThat(RedisKeys.outcomes(SALE, AT.plus(RedisKeys.OUTCOME_SLOT))).isNotEqualTo(key);
    }

    @Test
    void memcachedKeysContainOnlyAllowedCharacters() {
        String buyer = "Ann O\u2019Neill \u6f22\n".repeat(5);

        assertThat(List.of(
                        MemcachedKeys.counter(SALE),
                        MemcachedKeys.claim(SALE, buyer),
                        MemcachedKeys.outcome(SALE, ID),
                        MemcachedKeys.answer(ID)))
                .doesNotHaveDuplicates()
                .allMatch(key -> key.matches("[!-~]{1,250}"));
    }

    @Test
    void aClaimsKeyContainsTheHashOfItsBuyer() {
        assertThat(MemcachedKeys.claim(SALE, "alice"))
                .isEqualTo("claim:k7wq2mzr5xv3ta6b:2bd806c97f0e00af1a1fc3328fa763a9");
    }
}
