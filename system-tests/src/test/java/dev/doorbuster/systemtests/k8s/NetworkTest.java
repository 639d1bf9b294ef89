package dev.doorbuster.systemtests.k8s;

import static dev.doorbuster.systemtests.k8s.Manifest.list;
import static dev.doorbuster.systemtests.k8s.Manifest.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Network policies allow the required connections only. */
class NetworkTest {
    private static final String SERVER = "doorbuster.dev/server";
    private static final Map<String, Integer> PORTS =
            Map.of("postgres", 5432, "rabbitmq", 5672, "redis", 6379, "redis-sentinel", 26379, "memcached", 11211);
    private static final Map<String, Integer> DEFAULT_PORTS = Map.of(
            "DOORBUSTER_DB_HOST", 5432,
            "DOORBUSTER_RABBITMQ_HOST", 5672,
            "DOORBUSTER_REDIS_HOST", 6379,
            "DOORBUSTER_MEMCACHED_HOST", 11211);
    private static final Pattern WEIGHT = Pattern.compile("^([^:]+:\\d+):\\d+$");
    private static final Map<String, Set<String>> NEEDS = Map.of(
            "edge", Set.of("postgres", "rabbitmq", "redis", "memcached"),
            "ledger", Set.of("postgres", "rabbitmq", "redis", "memcached"),
            "stock-service", Set.of("rabbitmq", "redis", "memcached"),
            "notifier", Set.of("rabbitmq", "redis"),
            "migrate", Set.of("postgres"),
            "declare-topology", Set.of("rabbitmq"));

    private static final Map<String, int[]> AMONG_SERVERS = Map.ofEntries(
            Map.entry("postgres to postgres", new int[] {5432, 8000}),
            Map.entry("operators to postgres", new int[] {5432, 8000}),
            Map.entry("monitoring to postgres", new int[] {9187}),
            Map.entry("rabbitmq to rabbitmq", new int[] {4369, 25672}),
            Map.entry("operators to rabbitmq", new int[] {15672}),
            Map.entry("monitoring to rabbitmq", new int[] {15692}),
            Map.entry("redis to redis", new int[] {6379}),
            Map.entry("operators to redis", new int[] {6379}),
            Map.entry("monitoring to redis", new int[] {9121}),
            Map.entry("redis-sentinel to redis", new int[] {6379}),
            Map.entry("redis-sentinel to redis-sentinel", new int[] {26379}),
            Map.entry("operators to redis-sentinel", new int[] {26379}));

    @ParameterizedTest
    @EnumSource
    void connectionsWithoutAPolicyAreDenied(Overlay overlay) {
        Manifest deny = overlay.get("NetworkPolicy", "default-deny");

        assertThat(deny.at("/spec/podSelector").isEmpty()).isTrue();
        assertThat(list(deny.at("/spec/policyTypes")))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("Ingress", "Egress");
        assertThat(deny.at("/spec").has("ingress")).isFalse();
        assertThat(deny.at("/spec").has("egress")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void eachServiceReachesTheServersItNeedsAndNoOthers(Overlay overlay) {
        assertThat(overlay.services()).hasSize(NEEDS.size()).allSatisfy(service -> {
            var reached = new TreeSet<String>();
            PORTS.forEach((server, port) -> {
                if (reaches(overlay, service.podLabels(), labelsOf(overlay, server), port)) {
                    reached.add(server);
                }
            });
            var needed = new TreeSet<>(NEEDS.get(service.name()));
            if (overlay.isForProduction() && needed.contains("redis")) {
                needed.add("redis-sentinel");
            }
            assertThat(reached).isEqualTo(needed);
        });
    }

    @ParameterizedTest
    @EnumSource
    void everyServerIsReachableByTheConfiguredNameAndPort(Overlay overlay) {
        // Given
        var there = new TreeSet<String>();
        overlay.all("Service")
                .forEach(each -> there.add(
                        each.name() + ":" + each.at("/spec/ports/0/port").asText()));
        overlay.manifests().forEach(each -> there.addAll(MadeByOperators.addresses(each)));

        // When
        var told = new TreeSet<String>();
        texts(overlay.get("ConfigMap", "servers").at("/data")).forEach((variable, value) -> {
            if (variable.endsWith("_HOST")) {
                told.add(value + ":" + DEFAULT_PORTS.get(variable));
            } else if (value.contains(":")) {
                for (String address : value.split(",", -1)) {
                    told.add(WEIGHT.matcher(address).replaceFirst("$1"));
                }
            }
        });

        // Then
        assertThat(told).hasSizeGreaterThanOrEqualTo(4);
        assertThat(there).containsAll(told);
    }

    /** Ports that only servers, operators and Prometheus use; the services' ports are tested above. */
    @ParameterizedTest
    @EnumSource(names = "LOCAL", mode = Mode.EXCLUDE)
    void serversReachEachOtherAndAreReachedByTheirOperators(Overlay overlay) {
        Map<String, String> operators = Map.of("doorbuster.dev/operators", "true");
        Map<String, String> monitoring = Map.of("doorbuster.dev/monitoring", "true");
        AMONG_SERVERS.forEach((pair, ports) -> {
            String[] ends = pair.split(" to ", -1);
            Map<String, String> to = labelsOf(overlay, ends[1]);
            for (int port : ports) {
                boolean reached = switch (ends[0]) {
                    case "operators" -> fromNamespace(overlay, to, operators, "" + port);
                    case "monitoring" -> fromNamespace(overlay, to, monitoring, "" + port);
                    default -> reaches(overlay, labelsOf(overlay, ends[0]), to, port);
                };
                assertThat(reached).as(pair + " " + port).isTrue();
            }
        });
        for (String server : List.of("postgres", "rabbitmq")) {
            assertThat(reachesAnyAddress(overlay, labelsOf(overlay, server), "443"))
                    .as("the API of Kubernetes, from " + server)
                    .isTrue();
        }
    }

    /** A policy that selects no pod allows nothing: the intended connection stays denied. */
    @ParameterizedTest
    @EnumSource
    void policiesAreAboutPodsThatAreThere(Overlay overlay) {
        var pods = new ArrayList<Map<String, String>>();
        overlay.workloads().forEach(each -> pods.add(each.podLabels()));
        MadeByOperators.servers(overlay).forEach(each -> pods.add(MadeByOperators.podLabels(each)));
        overlay.all("Gateway").forEach(each -> pods.add(MadeByOperators.gatewayPodLabels(each)));

        assertThat(overlay.all("NetworkPolicy")).isNotEmpty().allSatisfy(policy -> {
            var selectors = new ArrayList<>(List.of(policy.at("/spec/podSelector")));
            for (String direction : List.of("ingress/from", "egress/to")) {
                String[] steps = direction.split("/", -1);
                for (JsonNode rule : policy.at("/spec/" + steps[0])) {
                    list(rule.path(steps[1])).stream()
                            .filter(peer -> !peer.has("namespaceSelector"))
                            .forEach(peer -> selectors.add(peer.path("podSelector")));
                }
            }
            assertThat(selectors).allMatch(selector -> pods.stream().anyMatch(pod -> matches(selector, pod)));
        });
    }

    @ParameterizedTest
    @EnumSource
    void whatBuyersReachIsReachedFromTheGatewayOnly(Overlay overlay) {
        Map<String, String> gateway = Map.of("doorbuster.dev/gateway", "true");
        assertThat(overlay.services()).allSatisfy(service -> {
            boolean open = service.containers().stream().anyMatch(each -> Manifest.port(each, "http") > 0);
            assertThat(fromNamespace(overlay, service, gateway, "http")).isEqualTo(open);
            assertThat(fromNamespace(overlay, service, Map.of(), "http")).isFalse();
        });
    }

    /** Some implementations make a Gateway's pods where the Gateway is: there everything is denied first. */
    @ParameterizedTest
    @EnumSource(names = "LOCAL", mode = Mode.EXCLUDE)
    void aGatewayInThisNamespaceIsReachedByAnybodyAndReachesWhatItsRoutesNameOnly(Overlay overlay) {
        // Given
        Map<String, String> gateway =
                MadeByOperators.gatewayPodLabels(overlay.all("Gateway").get(0));
        var routed = new TreeSet<String>();
        overlay.all("HTTPRoute")
                .forEach(route ->
                        routed.add(route.at("/spec/rules/0/backendRefs/0/name").asText()));

        // Then
        assertThat(routed).containsExactly("edge", "notifier");
        assertThat(overlay.services()).allSatisfy(service -> {
            int port = service.containers().stream()
                    .mapToInt(each -> Manifest.port(each, "http"))
                    .max()
                    .orElse(0);
            assertThat(reaches(overlay, gateway, service.podLabels(), port)).isEqualTo(routed.contains(service.name()));
        });
        assertThat(policies(overlay, gateway).stream().flatMap(policy -> list(policy.at("/spec/ingress")).stream()))
                .as("from anywhere, at any port")
                .anyMatch(JsonNode::isEmpty);
        assertThat(withNamespace(
                        overlay, gateway, "egress", "to", Map.of("doorbuster.dev/gateway", "true"), "its controller's"))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void prometheusReachesEveryService(Overlay overlay) {
        Map<String, String> monitoring = Map.of("doorbuster.dev/monitoring", "true");
        assertThat(overlay.services())
                .allSatisfy(service -> assertThat(fromNamespace(overlay, service, monitoring, "management"))
                        .isTrue());
    }

    @ParameterizedTest
    @EnumSource
    void onlyTracingPodsReachTheCollector(Overlay overlay) {
        var exporting = new TreeSet<String>();
        assertThat(overlay.services()).allSatisfy(service -> {
            Map<String, String> told = overlay.environment(service.containers().get(0), "");
            boolean exports = told.containsKey("DOORBUSTER_TRACE_EXPORTER");
            String port = exports
                    ? Integer.toString(
                            URI.create(told.get("DOORBUSTER_TRACE_ENDPOINT")).getPort())
                    : "4318";
            assertThat(toNamespace(overlay, service, Map.of("doorbuster.dev/collector", "true"), port))
                    .isEqualTo(exports);
            assertThat(toNamespace(overlay, service, Map.of(), port)).isFalse();
            if (exports) {
                exporting.add(service.name());
            }
        });
        assertThat(exporting)
                .isEqualTo(
                        overlay == Overlay.TRACED ? Set.of("edge", "ledger", "stock-service", "notifier") : Set.of());
    }

    private static Map<String, String> labelsOf(Overlay overlay, String server) {
        Stream<Map<String, String>> ours = overlay.workloads().stream().map(Manifest::podLabels);
        Stream<Map<String, String>> theirs =
                MadeByOperators.servers(overlay).stream().map(MadeByOperators::podLabels);
        return Stream.concat(ours, theirs)
                .filter(each -> server.equals(each.get(SERVER)))
                .findFirst()
                .orElse(Map.of("no pod is", server));
    }

    private static boolean reaches(Overlay overlay, Map<String, String> from, Map<String, String> to, int port) {
        return allows(overlay, "egress", from, to, port) && allows(overlay, "ingress", to, from, port);
    }

    private static boolean reachesAnyAddress(Overlay overlay, Map<String, String> from, String port) {
        return policies(overlay, from).stream()
                .flatMap(policy -> list(policy.at("/spec/egress")).stream())
                .anyMatch(rule -> !rule.has("to") && hasPort(rule, port));
    }

    private static boolean allows(
            Overlay overlay, String direction, Map<String, String> pod, Map<String, String> peer, int port) {
        String side = direction.equals("egress") ? "to" : "from";
        return policies(overlay, pod).stream()
                .flatMap(policy -> list(policy.at("/spec/" + direction)).stream())
                .filter(rule -> hasPort(rule, Integer.toString(port)))
                .flatMap(rule -> list(rule.path(side)).stream())
                .filter(each -> !each.has("namespaceSelector"))
                .anyMatch(each -> matches(each.path("podSelector"), peer));
    }

    private static boolean fromNamespace(
            Overlay overlay, Manifest service, Map<String, String> namespace, String port) {
        return fromNamespace(overlay, service.podLabels(), namespace, port);
    }

    private static boolean fromNamespace(
            Overlay overlay, Map<String, String> pod, Map<String, String> namespace, String port) {
        return withNamespace(overlay, pod, "ingress", "from", namespace, port);
    }

    private static boolean toNamespace(Overlay overlay, Manifest service, Map<String, String> namespace, String port) {
        return withNamespace(overlay, service.podLabels(), "egress", "to", namespace, port);
    }

    private static boolean withNamespace(
            Overlay overlay,
            Map<String, String> pod,
            String direction,
            String side,
            Map<String, String> namespace,
            String port) {
        return policies(overlay, pod).stream()
                .flatMap(policy -> list(policy.at("/spec/" + direction)).stream())
                .filter(rule -> hasPort(rule, port))
                .flatMap(rule -> list(rule.path(side)).stream())
                .filter(each -> each.has("namespaceSelector"))
                .anyMatch(each -> matches(each.path("namespaceSelector"), namespace));
    }

    private static List<Manifest> policies(Overlay overlay, Map<String, String> pod) {
        return overlay.all("NetworkPolicy").stream()
                .filter(each -> matches(each.at("/spec/podSelector"), pod))
                .toList();
    }

    private static boolean hasPort(JsonNode rule, String port) {
        return !rule.has("ports")
                || list(rule.path("ports")).stream()
                        .anyMatch(each -> each.path("port").asText().equals(port));
    }

    private static boolean matches(JsonNode selector, Map<String, String> labels) {
        return labels.entrySet().containsAll(texts(selector.path("matchLabels")).entrySet());
    }
}
