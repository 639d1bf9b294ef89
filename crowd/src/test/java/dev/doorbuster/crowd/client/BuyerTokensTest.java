package dev.doorbuster.crowd.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class BuyerTokensTest {
    /** Computed with Python's hmac. */
    @Test
    void signsAsTheStandardSays() {
        String token = new BuyerTokens("0123456789abcdef0123456789abcdef")
                .mint("b-000001", Instant.ofEpochSecond(1_795_766_400));

        assertThat(token)
                .isEqualTo(
                        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJiLTAwMDAwMSIsInJvbGVzIjpbImJ1eWVyIl0sImlhdCI6MTc5NTc1OTIwMCwiZXhwIjoxNzk1Nzk1MjAwfQ.Wjq23YZVqfz3PvL1E9B2QqtF37IlD_7pPk5rRWmHHlA");
    }
}
