package dev.doorbuster.cli.system.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.cli.system.network.ServiceNetwork;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.ServerPlan;
import dev.doorbuster.devservices.Servers;
import dev.doorbuster.devservices.machine.HostMachine;
import dev.doorbuster.devservices.memcached.MemcachedServers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services place a key by the addresses of the Memcached servers. */
class MemcachedAddressesIT {
    @TempDir
    Path directory;

    @Test
    void allServicesKnowSeveralServersByTheSameAddresses() {
        // Given
        try (Servers servers = ServerPlan.in(directory)
                        .several(ServerKind.MEMCACHED, MemcachedServers::start)
                        .start();
                ServiceNetwork network = ServiceNetwork.proxied()) {
            var specs = new ServiceSpecs(
                    null, directory, servers, null, Map.of(), network, HostMachine.undisturbed(), false);

            // When
            String order = specs.memcached("order-service-0");

            // Then
            assertThat(order.split(",")).hasSizeGreaterThan(1);
            assertThat(specs.memcached("stock-service-1")).isEqualTo(order);
        }
    }
}
