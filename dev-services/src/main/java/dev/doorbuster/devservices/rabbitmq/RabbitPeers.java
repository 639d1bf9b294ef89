package dev.doorbuster.devservices.rabbitmq;

import dev.doorbuster.devservices.RealServer;
import dev.doorbuster.devservices.ServerKind;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A broker's position in its cluster.
 *
 * @param number its own
 * @param count of nodes; one means no cluster
 * @param cookie the shared secret of the Erlang nodes
 */
record RabbitPeers(int number, int count, String cookie) {
    boolean areSeveral() {
        return count > 1;
    }

    /** Name of its process and folder. */
    String processName() {
        return ServerKind.RABBITMQ.label() + (areSeveral() ? "-" + number : "");
    }

    /** The data belong to this name, so it must not change. It contains an address, so no resolver is needed. */
    String nodeName() {
        return nodeName(number);
    }

    private String nodeName(int which) {
        return shortName(which) + "@" + RealServer.LOOPBACK;
    }

    /** As its name server knows it. */
    String shortName() {
        return shortName(number);
    }

    private String shortName(int which) {
        return "doorbuster" + (areSeveral() ? "-" + which : "");
    }

    /**
     * Cluster formation: each node knows all names at start, all boot concurrently, and take a lock in turn. Contains only
     * settings known to both RabbitMQ 3.10 and 4.3: a broker does not start with an unknown setting.
     */
    String configuration() {
        String nodes = IntStream.range(0, count)
                .mapToObj(
                        which -> "cluster_formation.classic_config.nodes.%d = %s".formatted(which + 1, nodeName(which)))
                .collect(Collectors.joining("\n"));
        return String.join(
                "\n",
                "cluster_formation.peer_discovery_backend = classic_config",
                nodes,
                // A node that sees a minority pauses until it sees more: never two halves that both decide. 4.3 always
                // does so
                // and ignores the setting.
                "cluster_partition_handling = pause_minority");
    }
}
