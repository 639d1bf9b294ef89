package dev.doorbuster.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each configuration of a broker needs. */
class BrokerConfigurationTest {
    private static final Pattern CONSUMER_TIMEOUT = Pattern.compile("(?m)^ *consumer_timeout = (\\d+)$");

    /** The default, 30 minutes, is shorter than an outage of a store may be. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "infra/rabbitmq/rabbitmq.conf",
                "infra/rabbitmq/cluster.conf",
                "k8s/overlays/local/rabbitmq.conf",
                "k8s/overlays/production/rabbitmq.yaml"
            })
    void consumersMayKeepMessagesForDays(String file) throws IOException {
        Matcher timeout = CONSUMER_TIMEOUT.matcher(Files.readString(Path.of("..", file)));

        assertThat(timeout.find()).isTrue();
        assertThat(Duration.ofMillis(Long.parseLong(timeout.group(1)))).isGreaterThanOrEqualTo(Duration.ofDays(1));
    }
}
