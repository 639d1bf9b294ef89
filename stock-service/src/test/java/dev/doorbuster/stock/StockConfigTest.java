package dev.doorbuster.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.runtime.config.ConfigException;
import dev.doorbuster.runtime.config.Endpoint;
import dev.doorbuster.stock.StockConfig.PartitionSpread;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StockConfigTest {
    private static final Map<String, String> REQUIRED =
            Map.of("DOORBUSTER_RABBITMQ_USER", "stock", "DOORBUSTER_RABBITMQ_PASSWORD", "a demo password");

    @Test
    void requiresOnlyTheBrokersCredentials() {
        // When
        StockConfig config = StockConfig.fromEnv(REQUIRED);

        // Then
        assertThat(config.management().port()).isEqualTo(9081);
        assertThat(config.redis().port()).isEqualTo(6379);
        assertThat(config.memcached().servers()).containsExactly(new Endpoint("localhost", 11211));
        assertThat(config.toString()).doesNotContain("a demo password");
    }

    @Test
    void reportsAllErrorsTogether() {
        // Given
        var variables = Map.of(
                "DOORBUSTER_RABBITMQ_USER", "stock",
                "DOORBUSTER_STOCK_LANES", "none",
                "DOORBUSTER_INSTANCE_COUNT", "0");

        // When, Then
        assertThatThrownBy(() -> StockConfig.fromEnv(variables))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("DOORBUSTER_RABBITMQ_PASSWORD")
                .hasMessageContaining("DOORBUSTER_STOCK_LANES")
                .hasMessageContaining("DOORBUSTER_INSTANCE_COUNT");
    }

    @Test
    void givesEachPartitionOneInstanceWithoutDelay() {
        // Given
        int instances = 3;
        Duration step = Duration.ofSeconds(1);

        // When
        for (int partition = 0; partition < SaleId.PARTITIONS; partition++) {
            int p = partition;
            var delays = IntStream.range(0, instances)
                    .mapToObj(ordinal -> new PartitionSpread(ordinal, instances, step).delay(p))
                    .toList();

            // Then
            assertThat(delays).containsExactlyInAnyOrder(Duration.ZERO, step, step.multipliedBy(2));
        }
    }

    @Test
    void subscribesWithoutDelayIfThereIsOneInstance() {
        // When
        var alone = new PartitionSpread(0, 1, Duration.ofSeconds(3));

        // Then
        assertThat(IntStream.range(0, SaleId.PARTITIONS).mapToObj(alone::delay)).containsOnly(Duration.ZERO);
    }
}
