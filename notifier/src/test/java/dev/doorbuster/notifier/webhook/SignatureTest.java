package dev.doorbuster.notifier.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignatureTest {
    private static final String SECRET = "a secret that only this shop and Doorbuster know";
    private static final Buffer BODY = Buffer.buffer("{\"id\":\"x\"}");

    /** Computed with openssl by the command of docs/notifications.md. */
    @Test
    void isWhatOpensslMakesOfTimestampAndBody() {
        assertThat(Signature.of(SECRET, Instant.ofEpochSecond(1_795_766_400), BODY))
                .isEqualTo("v1=cf6540c40813fba7c16f99b49c6ae80bbec1edeaee0d0a6187f46f9f19a083b5");
    }

    @Test
    void isAnotherForAnotherSecondSecretOrBody() {
        Instant at = Instant.ofEpochSecond(1_795_766_400);
        String signature = Signature.of(SECRET, at, BODY);

        assertThat(Signature.of(SECRET, at.plusSeconds(1), BODY)).isNotEqualTo(signature);
        assertThat(Signature.of(SECRET + "!", at, BODY)).isNotEqualTo(signature);
        assertThat(Signature.of(SECRET, at, Buffer.buffer("{\"id\":\"y\"}"))).isNotEqualTo(signature);
    }
}
