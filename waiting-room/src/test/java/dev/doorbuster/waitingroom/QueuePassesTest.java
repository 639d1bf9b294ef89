package dev.doorbuster.waitingroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.value.SaleId;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QueuePassesTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final SaleId sale = SaleId.random(new Random(1));
    private final Instant now = Instant.parse("2026-11-27T08:00:00Z");
    private final QueuePasses passes = new QueuePasses(SECRET);
    private final String pass = passes.mint(sale, "alice", now.plusSeconds(60));

    @Test
    void isValidForItsBuyerAndSaleUntilItExpires() {
        assertThat(passes.isValid(pass, sale, "alice", now)).isTrue();
        assertThat(new QueuePasses(SECRET).isValid(pass, sale, "alice", now.plusMillis(59_999)))
                .isTrue();

        assertThat(passes.isValid(pass, sale, "alice", now.plusSeconds(60))).isFalse();
        assertThat(passes.isValid(pass, sale, "bob", now)).isFalse();
        assertThat(passes.isValid(pass, SaleId.random(new Random(2)), "alice", now))
                .isFalse();
        assertThat(new QueuePasses(SECRET.toUpperCase(java.util.Locale.ROOT)).isValid(pass, sale, "alice", now))
                .isFalse();
    }

    @Test
    void isInvalidIfAnyCharacterIsChanged() {
        for (int i = 0; i < pass.length(); i++) {
            char other = pass.charAt(i) == 'A' ? 'Q' : 'A';
            String changed = pass.substring(0, i) + other + pass.substring(i + 1);
            assertThat(passes.isValid(changed, sale, "alice", now)).as(changed).isFalse();
        }
    }

    @Test
    void isInvalidIfMalformed() {
        for (String text : new String[] {null, "", "x", pass + "A", pass.substring(1), "!".repeat(54)}) {
            assertThat(passes.isValid(text, sale, "alice", now)).as(text).isFalse();
        }
    }

    @Test
    void pseudonymsDifferByBuyerAndSale() {
        var entrants = new Entrants(SECRET);
        String alice = entrants.of(sale, "alice");

        assertThat(alice).matches("[0-9a-f]{32}").isEqualTo(new Entrants(SECRET).of(sale, "alice"));
        assertThat(entrants.of(sale, "bob")).isNotEqualTo(alice);
        assertThat(entrants.of(SaleId.random(new Random(2)), "alice")).isNotEqualTo(alice);
    }
}
