package dev.doorbuster.runtime.amqp;

import dev.doorbuster.runtime.config.Endpoint;
import java.time.Duration;
import java.util.List;

/** Broker configurations with short waits. */
public final class BrokerConfigs {
    private BrokerConfigs() {}

    public static BrokerConfig local(int port, String user, String password) {
        return new BrokerConfig(
                List.of(new Endpoint("127.0.0.1", port)),
                user,
                password,
                "/",
                true,
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                500,
                8,
                Duration.ofMillis(5),
                Duration.ofMillis(50));
    }
}
