package dev.doorbuster.systemtests.k8s;

import static dev.doorbuster.systemtests.k8s.Manifest.list;
import static dev.doorbuster.systemtests.k8s.Manifest.texts;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever names something names something that is there. */
class ReferencesTest {
    private static final Pattern SECRET_ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| ([^|]+) \\|");
    private static final Pattern JOB = Pattern.compile("job_name: ([a-z-]+)");
    private static final Pattern MANAGEMENT_PATH = Pattern.compile("case \"(/[a-z/]+)\"");

    @ParameterizedTest
    @EnumSource
    void whoSelectsItsOwnPodsSelectsThem(Overlay overlay) {
        assertThat(overlay.workloads())
                .filteredOn(each -> !each.kind().equals("Job"))
                .allSatisfy(workload -> {
                    assertThat(workload.podLabels().entrySet())
                            .containsAll(texts(workload.at("/spec/selector/matchLabels"))
                                    .entrySet());
                    for (JsonNode spread : workload.pod().path("topologySpreadConstraints")) {
                        assertThat(workload.podLabels().entrySet())
                                .containsAll(texts(spread.at("/labelSelector/matchLabels"))
                                        .entrySet());
                    }
                });
    }

    @ParameterizedTest
    @EnumSource
    void servicesLeadToPortsOfPods(Overlay overlay) {
        assertThat(overlay.all("Service")).isNotEmpty().allSatisfy(service -> {
            List<JsonNode> containers = containers(overlay, texts(service.at("/spec/selector")));
            assertThat(containers).isNotEmpty();
            assertThat(list(service.at("/spec/ports")))
                    .isNotEmpty()
                    .allSatisfy(port -> assertThat(containers)
                            .anyMatch(each ->
                                    Manifest.port(each, port.get("targetPort").asText()) > 0));
        });
    }

    @ParameterizedTest
    @EnumSource
    void budgetsProtectPods(Overlay overlay) {
        assertThat(overlay.all("PodDisruptionBudget"))
                .allSatisfy(budget -> assertThat(overlay.manifests().stream()
                                .filter(each -> selects(texts(budget.at("/spec/selector/matchLabels")), each)))
                        .isNotEmpty());
        assertThat(overlay.services())
                .filteredOn(each -> !each.kind().equals("Job"))
                .allSatisfy(each -> assertThat(overlay.find("PodDisruptionBudget", each.name()))
                        .isPresent());
    }

    @ParameterizedTest
    @EnumSource
    void probesAskWhatTheServicesAnswer(Overlay overlay) throws IOException {
        String server = Files.readString(
                Overlay.ROOT.resolve("runtime/src/main/java/dev/doorbuster/runtime/http/ManagementServer.java"));
        List<String> paths = MANAGEMENT_PATH
                .matcher(server)
                .results()
                .map(each -> each.group(1))
                .toList();

        assertThat(overlay.services())
                .filteredOn(each -> !each.kind().equals("Job"))
                .allSatisfy(workload -> {
                    JsonNode container = workload.containers().get(0);
                    for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
                        JsonNode get = container.at("/" + probe + "/httpGet");
                        assertThat(get.path("path").asText()).isIn(paths);
                        assertThat(get.path("port").asText()).isEqualTo("management");
                        assertThat(Manifest.port(container, "management")).isPositive();
                    }
                });
    }

    @ParameterizedTest
    @EnumSource
    void routesScalersAndMonitorsLeadSomewhere(Overlay overlay) {
        for (Manifest route : overlay.all("HTTPRoute")) {
            for (JsonNode rule : route.at("/spec/rules")) {
                JsonNode to = rule.at("/backendRefs/0");
                Manifest service = overlay.get("Service", to.get("name").asText());
                assertThat(list(service.at("/spec/ports")))
                        .anyMatch(port ->
                                port.get("port").asInt() == to.get("port").asInt());
            }
        }
        for (String scaler : List.of("HorizontalPodAutoscaler", "ScaledObject")) {
            overlay.all(scaler)
                    .forEach(each -> assertThat(overlay.find(
                                    each.at("/spec/scaleTargetRef/kind").asText(),
                                    each.at("/spec/scaleTargetRef/name").asText()))
                            .isPresent());
        }
        Stream.of("edge", "ledger", "stock-service", "notifier")
                .filter(each -> overlay.isForProduction())
                .forEach(each -> {
                    Manifest monitor = overlay.get("ServiceMonitor", each);
                    Manifest service = overlay.get("Service", each);
                    assertThat(service.labels().entrySet())
                            .containsAll(texts(monitor.at("/spec/selector/matchLabels"))
                                    .entrySet());
                    assertThat(list(service.at("/spec/ports")))
                            .anyMatch(port -> port.get("name").equals(monitor.at("/spec/endpoints/0/port")));
                });
    }

    @Test
    void figuresHaveTheNamesOfJobsThatRulesAndDashboardsKnow() throws IOException {
        // Given
        String prometheus = Files.readString(Overlay.ROOT.resolve("infra/prometheus/prometheus.yml"));
        var known = JOB.matcher(prometheus).results().map(each -> each.group(1)).toList();

        // When
        var jobs = Overlay.PRODUCTION.services().stream()
                .filter(each -> !each.kind().equals("Job"))
                .map(each -> Overlay.PRODUCTION
                        .get("Service", each.name())
                        .labels()
                        .get(Overlay.PRODUCTION
                                .get("ServiceMonitor", each.name())
                                .at("/spec/jobLabel")
                                .asText()))
                .collect(toSet());

        // Then
        assertThat(jobs).containsExactlyInAnyOrder("order-service", "stock-service", "notifier");
        assertThat(known).containsAll(jobs);
    }

    @ParameterizedTest
    @EnumSource
    void everyAccountIsThere(Overlay overlay) {
        assertThat(overlay.workloads())
                .allSatisfy(each -> assertThat(overlay.find(
                                "ServiceAccount",
                                each.pod().path("serviceAccountName").asText()))
                        .isPresent());
    }

    @ParameterizedTest
    @EnumSource
    void whatIsReadFromSecretsAndConfigMapsIsThereOrSaidToBeNeeded(Overlay overlay) throws IOException {
        // Given
        Map<String, List<String>> needed = documentedSecrets();
        var missing = new TreeSet<String>();

        // When
        for (Manifest workload : overlay.workloads()) {
            for (JsonNode reference : workload.json().findValues("secretKeyRef")) {
                check(reference, overlay, needed, missing);
            }
            for (JsonNode reference : workload.json().findValues("configMapRef")) {
                assertThat(overlay.find("ConfigMap", reference.get("name").asText()))
                        .isPresent();
            }
            for (JsonNode volume : workload.pod().path("volumes")) {
                if (volume.has("configMap")) {
                    assertThat(overlay.find(
                                    "ConfigMap", volume.at("/configMap/name").asText()))
                            .isPresent();
                }
                if (volume.has("secret")) {
                    assertThat(overlay.find(
                                    "Secret", volume.at("/secret/secretName").asText()))
                            .isPresent();
                }
            }
        }
        for (Manifest scaling : overlay.all("TriggerAuthentication")) {
            scaling.at("/spec/secretTargetRef").forEach(each -> check(each, overlay, needed, missing));
        }

        // Then
        assertThat(missing).isEmpty();
    }

    private static void check(
            JsonNode reference, Overlay overlay, Map<String, List<String>> needed, Set<String> missing) {
        String name = reference.get("name").asText();
        String key = reference.get("key").asText();
        boolean there = overlay.find("Secret", name)
                .map(found -> found.at("/data").has(key))
                .orElse(overlay.isForProduction()
                        && needed.getOrDefault(name, List.of()).contains(key));
        if (!there) {
            missing.add(name + " " + key);
        }
    }

    /** The table of those that somebody, or an operator, has to make. */
    private static Map<String, List<String>> documentedSecrets() throws IOException {
        String document = Files.readString(Overlay.ROOT.resolve("docs/kubernetes.md"));
        return SECRET_ROW
                .matcher(document)
                .results()
                .collect(toMap(
                        row -> row.group(1),
                        row -> List.of(row.group(2).replace("`", "").split(", *"))));
    }

    private static List<JsonNode> containers(Overlay overlay, Map<String, String> selector) {
        return overlay.workloads().stream()
                .filter(each -> selects(withoutIndex(selector), each))
                .flatMap(each -> each.containers().stream())
                .toList();
    }

    /** A StatefulSet's pods get their number as a label. */
    private static Map<String, String> withoutIndex(Map<String, String> selector) {
        var rest = new HashMap<>(selector);
        rest.remove("apps.kubernetes.io/pod-index");
        return rest;
    }

    /** The pods of RabbitMQ's operator are labelled with the cluster's name. */
    private static boolean selects(Map<String, String> selector, Manifest each) {
        if (each.kind().equals("RabbitmqCluster")) {
            return selector.equals(Map.of("app.kubernetes.io/name", each.name()));
        }
        return each.makesPods() && each.podLabels().entrySet().containsAll(selector.entrySet());
    }
}
