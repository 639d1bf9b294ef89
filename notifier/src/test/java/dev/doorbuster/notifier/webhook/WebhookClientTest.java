package dev.doorbuster.notifier.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.notifier.SilentServer;
import dev.doorbuster.runtime.config.Environment;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookClientTest {
    private static final int SOON_SECONDS = 60;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(SOON_SECONDS, TimeUnit.SECONDS);
    }

    /** The libraries' own limits are ten seconds, and say so. */
    @Test
    void theTimeLimitHoldsFromTheConnectionOn() throws Exception {
        // Given
        var silent = new SilentServer(vertx);
        var client = new WebhookClient(
                vertx, Overrides.in(WebhookConfig.fromEnv(new Environment(Map.of())), "timeout", "200"));

        // When
        Throwable cause = client.post(URI.create(silent.httpsUrl()), Map.of(), Buffer.buffer("{}"))
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(SOON_SECONDS, TimeUnit.SECONDS)
                .handle((status, failure) -> failure)
                .get();

        // Then
        assertThat(cause).hasMessageMatching("(?s).*\\b200 ?ms.*");
    }
}
