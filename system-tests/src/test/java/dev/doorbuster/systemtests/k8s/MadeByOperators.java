package dev.doorbuster.systemtests.k8s;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the operators create from their objects, as far as the manifests depend on it: labels of pods, names,
 * budgets. From the sources of CloudNativePG 1.28, RabbitMQ cluster operator 2 and OT-CONTAINER-KIT's Redis operator
 * after 0.21.
 */
final class MadeByOperators {
    private static final String NAME = "app.kubernetes.io/name";

    private MadeByOperators() {}

    /** Objects from which operators create server pods. */
    static List<Manifest> servers(Overlay overlay) {
        return Stream.of("Cluster", "RabbitmqCluster", "RedisReplication", "RedisSentinel")
                .flatMap(kind -> overlay.all(kind).stream())
                .toList();
    }

    /**
     * Pod labels, which each operator configures differently. The labels of a RabbitmqCluster do not apply to its
     * pods.
     */
    static Map<String, String> podLabels(Manifest server) {
        String name = server.name();
        return switch (server.kind()) {
            case "Cluster" -> labels(Map.of("cnpg.io/cluster", name), server, "/spec/inheritedMetadata/labels");
            case "RabbitmqCluster" ->
                labels(
                        Map.of(
                                NAME,
                                name,
                                "app.kubernetes.io/component",
                                "rabbitmq",
                                "app.kubernetes.io/part-of",
                                "rabbitmq"),
                        server,
                        "/spec/override/statefulSet/spec/template/metadata/labels");
            case "RedisReplication" -> labels(Map.of("app", name, "role", "replication"), server, "/metadata/labels");
            case "RedisSentinel" ->
                labels(Map.of("app", name + "-sentinel", "role", "sentinel"), server, "/metadata/labels");
            default -> throw new AssertionError("no server: " + server);
        };
    }

    private static Map<String, String> labels(Map<String, String> own, Manifest server, String pointer) {
        var labels = new HashMap<>(own);
        labels.putAll(Manifest.texts(server.at(pointer)));
        return labels;
    }

    /** The label of a Gateway's pods, wherever an implementation makes them. */
    static Map<String, String> gatewayPodLabels(Manifest gateway) {
        return Map.of("gateway.networking.k8s.io/gateway-name", gateway.name());
    }

    /** Names of the ports at which server pods serve figures. */
    static List<String> figurePorts(Manifest server) {
        boolean exporter = server.at("/spec/redisExporter/enabled").asBoolean();
        return switch (server.kind()) {
            case "Cluster" -> List.of("metrics");
            case "RabbitmqCluster" -> List.of("prometheus");
            case "RedisReplication" -> exporter ? List.of("redis-exporter") : List.of();
            default -> List.of();
        };
    }

    /** Service names and ports. */
    static List<String> addresses(Manifest each) {
        String name = each.name();
        return switch (each.kind()) {
            case "Cluster" -> List.of(name + "-rw:5432");
            case "RabbitmqCluster" ->
                numbered(each.at("/spec/replicas").asInt(), name + "-server-%d." + name + "-nodes:5672");
            case "RedisSentinel" ->
                numbered(
                        each.at("/spec/clusterSize").asInt(),
                        name + "-sentinel-%d." + name + "-sentinel-headless:26379");
            default -> List.of();
        };
    }

    private static List<String> numbered(int count, String name) {
        return IntStream.range(0, count).mapToObj(name::formatted).toList();
    }

    /** Names of the PodDisruptionBudgets, each for different pods. */
    static List<String> budgets(Manifest server) {
        String name = server.name();
        boolean asked = server.at("/spec/pdb/enabled").asBoolean();
        return switch (server.kind()) {
            case "Cluster" -> List.of(name, name + "-primary");
            case "RedisReplication" -> asked ? List.of(name + "-replication") : List.of();
            case "RedisSentinel" -> asked ? List.of(name + "-sentinel") : List.of();
            default -> List.of();
        };
    }
}
