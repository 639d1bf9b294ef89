package dev.doorbuster.runtime.store;

import static dev.doorbuster.runtime.store.Calls.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.store.LiveRedis.LiveRedisConfig;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisSubscriptionIT {
    @RegisterExtension
    static final RealServers SERVERS = RealServers.ownOf(ServerKind.REDIS);

    private static final Duration SOON = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private LiveRedis redis;
    private RedisSubscription subscription;

    @BeforeEach
    void subscribe() {
        var env = new Environment(
                Map.of("DOORBUSTER_LIVE_REDIS", "127.0.0.1:" + SERVERS.redis().port()));
        var config = Overrides.in(
                LiveRedisConfig.fromEnv(env, RedisConfig.fromEnv(env)),
                "main.probeInterval",
                "50",
                "main.commandMax",
                "5000");
        redis = new LiveRedis(vertx, config);
        subscription = RedisSubscription.start(vertx, redis.main(), "channel", received::add);
    }

    @AfterEach
    void close() {
        answer(subscription.close());
        answer(redis.close());
        answer(vertx.close());
    }

    private void publishUntilReceived(String message) {
        await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> answer(redis.main().send(Request.cmd(Command.PUBLISH, "channel", message)))
                                .toInteger()
                        > 0);
        await().atMost(SOON).until(() -> received.contains(message));
    }

    @Test
    void receivesWhatIsPublished() {
        publishUntilReceived("first");
        publishUntilReceived("second");

        assertThat(received).containsExactly("first", "second");
    }

    @Test
    void subscribesAgainAfterTheServerWasKilled() {
        // Given
        publishUntilReceived("before");

        // When
        SERVERS.redis().kill();
        SERVERS.redis().restart();

        // Then
        publishUntilReceived("after");
    }

    @Test
    void subscribesAgainAfterTheServerDidNotAnswer() {
        // Given
        publishUntilReceived("before");

        // When
        SERVERS.redis().pause();
        await().atMost(SOON).until(() -> redis.main().problem().isPresent());
        SERVERS.redis().resume();

        // Then
        publishUntilReceived("after");
    }
}
