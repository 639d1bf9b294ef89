package dev.doorbuster.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BodySignatureTest {
    private static final String SECRET = "a secret that only this shop and Doorbuster know";
    private static final Buffer BODY = Buffer.buffer("{\"id\":\"x\"}");

    /** Computed with openssl by the command of docs/notifications.md. */
    @Test
    void isWhatOpensslMakesOfTimestampAndBody() {
        assertThat(BodySignature.of(SECRET, Instant.ofEpochSecond(1_795_766_400), BODY))
                .isEqualTo("v1=cf6540c40813fba7c16f99b49c6ae80bbec1edeaee0d0a6187f46f9f19a083b5");
    }

    @Test
    void isAnotherForAnotherSecondSecretOrBody() {
        Instant at = Instant.ofEpochSecond(1_795_766_400);
        String signature = BodySignature.of(SECRET, at, BODY);

        assertThat(BodySignature.of(SECRET, at.plusSeconds(1), BODY)).isNotEqualTo(signature);
        assertThat(BodySignature.of(SECRET + "!", at, BODY)).isNotEqualTo(signature);
        assertThat(BodySignature.of(SECRET, at, Buffer.buffer("{\"id\":\"y\"}")))
                .isNotEqualTo(signature);
    }

    @Test
    void isAcceptedFromASenderThatRotatesItsSecret() {
        Instant at = Instant.ofEpochSecond(1_795_766_400);
        String header = "t=1795766400,v0=00," + BodySignature.of("the old secret", at, BODY) + ","
                + BodySignature.of(SECRET, at, BODY);

        assertThat(refusal(header, at, SECRET)).isEmpty();
        assertThat(refusal(header, at, "another secret", "the old secret")).isEmpty();
        assertThat(refusal(header, at.plusSeconds(300), SECRET)).isEmpty();
        assertThat(refusal(header, at.minusSeconds(300), SECRET)).isEmpty();
    }

    @Test
    void saysWhyItIsRefused() {
        Instant at = Instant.ofEpochSecond(1_795_766_400);
        String header = "t=1795766400," + BodySignature.of(SECRET, at, BODY);

        assertThat(refusal(null, at, SECRET)).contains("the signature is missing");
        for (String malformed :
                List.of("", "t=1,v1=xyz", "v1=00", "t=-1,v1=00", "t=1e9,v1=00", "t=" + "9".repeat(40))) {
            assertThat(refusal(malformed, at, SECRET))
                    .hasValueSatisfying(why -> assertThat(why).startsWith("the signature must be written as"));
        }
        assertThat(refusal(header, at, "another secret"))
                .hasValueSatisfying(why -> assertThat(why).startsWith("the signature is not that of this body"));
        assertThat(refusal(header.replace("t=1795766400", "t=1795766401"), at, SECRET))
                .hasValueSatisfying(why -> assertThat(why).startsWith("the signature is not that of this body"));
        assertThat(refusal(header, at.plusSeconds(301), SECRET))
                .hasValueSatisfying(
                        why -> assertThat(why).startsWith("the signature's timestamp is more than 300 seconds"));
        assertThat(refusal(header, at.minusSeconds(301), SECRET)).isPresent();
        assertThat(refusal(header, at)).isPresent();
    }

    private static Optional<String> refusal(String header, Instant now, String... secrets) {
        return BodySignature.refusal(header, List.of(secrets), now, Duration.ofMinutes(5), BODY);
    }
}
