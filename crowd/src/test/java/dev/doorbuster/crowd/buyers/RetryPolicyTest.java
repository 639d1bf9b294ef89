package dev.doorbuster.crowd.buyers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.crowd.buyers.RetryPolicy.RetryDelay;
import dev.doorbuster.crowd.client.ShopAnswer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    private static final int TOMORROW = 86_400;

    private final Random random = new Random(1);

    @Test
    void waitsAsLongAsTheServerAsksWithinItsLimit() {
        for (int i = 0; i < 100; i++) {
            assertThat(wait(ShopAnswer.NO_RETRY_AFTER)).isBetween(200L, 300L);
            assertThat(wait(2)).isBetween(2_000L, 3_000L);
            assertThat(wait(TOMORROW)).isEqualTo(5_000);
        }
    }

    @Test
    void waitsEverLongerWhereItNeverGivesUp() {
        RetryDelay delay = RetryPolicy.unlimited().retryDelay(random);

        assertThat(delay.nextMillis(0)).isBetween(300L, 450L);
        assertThat(delay.nextMillis(0)).isBetween(600L, 900L);
        assertThat(delay.nextMillis(0)).isBetween(1_200L, 1_800L);
    }

    private long wait(int retryAfterSeconds) {
        return RetryPolicy.limited().retryDelay(random).nextMillis(retryAfterSeconds);
    }
}
