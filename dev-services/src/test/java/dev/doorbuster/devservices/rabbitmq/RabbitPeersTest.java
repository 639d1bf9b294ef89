package dev.doorbuster.devservices.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RabbitPeersTest {
    /** A broker with an unknown setting does not start; 4.3 lacks some of 3.10. */
    private static final Set<String> KNOWN_TO_ALL_VERSIONS =
            Set.of("cluster_formation.peer_discovery_backend", "cluster_partition_handling");

    @Test
    void usesOnlySettingsOfEveryVersion() {
        // Given
        var peers = new RabbitPeers(1, 3, "cookie");

        // When
        Set<String> settings = peers.configuration()
                .lines()
                .map(line -> line.substring(0, line.indexOf(" = ")))
                .filter(name -> !name.startsWith("cluster_formation.classic_config.nodes."))
                .collect(Collectors.toSet());

        // Then
        assertThat(settings).isEqualTo(KNOWN_TO_ALL_VERSIONS);
    }

    @Test
    void everyNodeHasTheNamesOfAll() {
        assertThat(new RabbitPeers(1, 3, "cookie").configuration())
                .contains(
                        "cluster_formation.classic_config.nodes.1 = doorbuster-0@127.0.0.1",
                        "cluster_formation.classic_config.nodes.2 = doorbuster-1@127.0.0.1",
                        "cluster_formation.classic_config.nodes.3 = doorbuster-2@127.0.0.1");
    }
}
