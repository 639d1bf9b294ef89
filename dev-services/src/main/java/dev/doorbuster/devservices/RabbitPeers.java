package dev.doorbuster.devservices;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A broker's place among those of its cluster.
 *
 * @param number its own
 * @param count how many they are; one is no cluster
 * @param cookie the secret by which Erlang nodes know each other
 */
record RabbitPeers(int number, int count, String cookie) {
    boolean areSeveral() {
        return count > 1;
    }

    /** Its process and its folder. */
    String processName() {
        return ServerKind.RABBITMQ.label() + (areSeveral() ? "-" + number : "");
    }

    /** Data belong to this name, so it must not change. Names with an address in them: no resolver is asked. */
    String nodeName() {
        return nodeName(number);
    }

    private String nodeName(int which) {
        return "doorbuster" + (areSeveral() ? "-" + which : "") + "@" + RealServer.LOOPBACK;
    }

    /**
     * How a cluster comes about: each node knows all names from the start and all boot at once; they take a lock, one after the
     * other. Only what both RabbitMQ 3.10 and 4.3 know is said: a broker does not start with a setting that it does not know.
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
                // Who sees only a minority of the others stops until it sees more: never two halves that both decide.
                // 4.3 does
                // so by itself and takes no notice of the setting.
                "cluster_partition_handling = pause_minority");
    }
}
