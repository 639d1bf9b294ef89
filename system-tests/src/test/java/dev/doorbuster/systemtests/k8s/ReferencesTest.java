package dev.doorbuster.systemtests.k8s;

import static dev.doorbuster.systemtests.k8s.Manifest.list;
import static dev.doorbuster.systemtests.k8s.Manifest.texts;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doorbuster.systemtests.AlertRules;
import dev.doorbuster.systemtests.AlertRules.Alert;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
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
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Every reference has a target. */
class ReferencesTest {
    private static final Pattern SECRET_ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| ([^|]+) \\|");
    private static final Pattern JOB = Pattern.compile("job_name: ([a-z-]+)");
    /** A name with an underscore, or "up", that is no function's, no label's and no word of a clause. */
    private static final Pattern FIGURE = Pattern.compile("\\b(up|[a-z]+_[a-z_]+)\\b(?! *(?:\\(|!?=~? *\"\"|!~))");

    private static final Pattern JOBS_ASKED_FOR = Pattern.compile("\\bjob=~?\"([a-z|-]+)\"");
    private static final Pattern SELECTOR = Pattern.compile("-l ([a-z./]+=[a-z-]+)");
    private static final Pattern MANAGEMENT_PATH = Pattern.compile("case \"(/[a-z/]+)\"");

    @ParameterizedTest
    @EnumSource
    void selectorsMatchTheirOwnPods(Overlay overlay) {
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
                .allSatisfy(budget -> assertThat(
                                overlay.manifests().stream().anyMatch(each -> selects(selector(budget), each))
                                        || MadeByOperators.servers(overlay).stream()
                                                .anyMatch(each -> selectsServer(selector(budget), each)))
                        .isTrue());
        assertThat(overlay.services())
                .filteredOn(each -> !each.kind().equals("Job"))
                .allSatisfy(each -> assertThat(overlay.find("PodDisruptionBudget", each.name()))
                        .isPresent());
    }

    /** Pods of two budgets cannot be evicted. */
    @ParameterizedTest
    @EnumSource
    void oneBudgetProtectsAServer(Overlay overlay) {
        List<Manifest> ours = overlay.all("PodDisruptionBudget");
        for (Manifest server : MadeByOperators.servers(overlay)) {
            List<String> made = MadeByOperators.budgets(server);
            long too = ours.stream()
                    .filter(budget -> selectsServer(selector(budget), server))
                    .count();
            assertThat(too + (made.isEmpty() ? 0 : 1))
                    .as("budgets of " + server)
                    .isEqualTo(1);
            assertThat(made)
                    .noneMatch(name -> overlay.find("PodDisruptionBudget", name).isPresent());
        }
    }

    @ParameterizedTest
    @EnumSource
    void serversShareNoNode(Overlay overlay) {
        for (Manifest server : MadeByOperators.servers(overlay)) {
            if (server.kind().equals("Cluster")) {
                assertThat(server.at("/spec/affinity/podAntiAffinityType").asText())
                        .isEqualTo("required");
                continue;
            }
            var apart = new ArrayList<>(
                    list(server.at("/spec/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution")));
            list(server.at("/spec/topologySpreadConstraints")).stream()
                    .filter(each -> each.path("whenUnsatisfiable").asText().equals("DoNotSchedule"))
                    .forEach(apart::add);
            assertThat(apart).as("" + server).isNotEmpty().allSatisfy(each -> {
                assertThat(each.path("topologyKey").asText()).isEqualTo("kubernetes.io/hostname");
                assertThat(selectsServer(texts(each.at("/labelSelector/matchLabels")), server))
                        .isTrue();
            });
        }
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

    @ParameterizedTest
    @EnumSource(names = "LOCAL", mode = Mode.EXCLUDE)
    void serversThatServeFiguresAreFound(Overlay overlay) {
        Manifest postgres = overlay.get("PodMonitor", "postgres");
        Manifest rabbitmq = overlay.get("ServiceMonitor", "rabbitmq");

        assertThat(selectsServer(selector(postgres), overlay.get("Cluster", "postgres")))
                .isTrue();
        assertThat(postgres.at("/spec/podMetricsEndpoints/0/port").asText()).isEqualTo("metrics");
        Manifest redis = overlay.get("PodMonitor", "redis");
        assertThat(selectsServer(selector(redis), overlay.get("RedisReplication", "redis")))
                .isTrue();
        assertThat(MadeByOperators.figurePorts(overlay.get("RedisReplication", "redis")))
                .containsExactly(redis.at("/spec/podMetricsEndpoints/0/port").asText());
        // the operator's Service selects by its own pod labels too
        assertThat(selectsServer(selector(rabbitmq), overlay.get("RabbitmqCluster", "rabbitmq")))
                .isTrue();
        assertThat(list(rabbitmq.at("/spec/endpoints")))
                .hasSize(2)
                .allMatch(each -> each.path("port").asText().equals("prometheus"));
    }

    /** An alert without a series never fires. */
    @Test
    void everyFigureOfAnAlertIsReadInKubernetesToo() {
        for (Alert alert : AlertRules.alerts()) {
            String expression = alert.expression().replaceAll("\"[^\"]*\"", "\"\"");
            var figures = new TreeSet<>(FIGURE.matcher(expression)
                    .results()
                    .map(each -> each.group(1))
                    .toList());
            assertThat(figures).as(alert.name()).isNotEmpty();
            // Compose's exporter of PostgreSQL has another name for what CloudNativePG says
            if (figures.stream().anyMatch(each -> each.startsWith("pg_"))) {
                figures.removeIf(each -> each.startsWith("pg_"));
                assertThat(figures).as(alert.name()).anyMatch(each -> each.startsWith("cnpg_"));
            }
            assertThat(figures).as(alert.name()).allMatch(ReferencesTest::isRead);
            JOBS_ASKED_FOR
                    .matcher(alert.expression())
                    .results()
                    .flatMap(each -> Stream.of(each.group(1).split("\\|", -1)))
                    .filter(job -> !job.equals("memcached"))
                    .forEach(job -> assertThat(jobs()).as(alert.name()).contains(job));
        }
    }

    private static boolean isRead(String figure) {
        if (figure.equals("up")) {
            return true;
        }
        List<String> monitors = switch (figure.substring(0, figure.indexOf('_'))) {
            case "doorbuster", "vertx", "jvm" ->
                List.of(
                        "ServiceMonitor edge /metrics",
                        "ServiceMonitor ledger /metrics",
                        "ServiceMonitor stock-service /metrics",
                        "ServiceMonitor notifier /metrics");
            case "rabbitmq" ->
                List.of("ServiceMonitor rabbitmq "
                        + (figure.startsWith("rabbitmq_detailed_") ? "/metrics/detailed" : "/metrics"));
            case "redis" -> List.of("PodMonitor redis /metrics");
            case "cnpg" -> List.of("PodMonitor postgres /metrics");
            default -> List.of("no monitor for " + figure);
        };
        return paths().containsAll(monitors);
    }

    /** Kind, name and path of all monitors of production. */
    private static Set<String> paths() {
        var paths = new TreeSet<String>();
        for (String kind : List.of("ServiceMonitor", "PodMonitor")) {
            for (Manifest monitor : Overlay.PRODUCTION.all(kind)) {
                for (String field : List.of("endpoints", "podMetricsEndpoints")) {
                    monitor.at("/spec/" + field)
                            .forEach(each -> paths.add(kind + " " + monitor.name() + " "
                                    + each.path("path").asText("/metrics")));
                }
            }
        }
        return paths;
    }

    private static Set<String> jobs() {
        var jobs = new TreeSet<>(Set.of("order-service", "stock-service", "notifier"));
        for (String kind : List.of("ServiceMonitor", "PodMonitor")) {
            for (Manifest monitor : Overlay.PRODUCTION.all(kind)) {
                for (JsonNode relabeling : monitor.json().findValues("relabelings")) {
                    relabeling.forEach(each -> {
                        if (each.path("targetLabel").asText().equals("job")) {
                            jobs.add(each.path("replacement").asText());
                        }
                    });
                }
            }
        }
        return jobs;
    }

    /** The depth of queues is read as in Compose: the same families, the same labels. */
    @Test
    void queuesAreReadAsInCompose() throws IOException {
        // Given
        JsonNode inCompose = list(
                        Yaml.documents(Files.readString(Overlay.ROOT.resolve("infra/prometheus/prometheus.yml")))
                                .get(0)
                                .path("scrape_configs"))
                .stream()
                .filter(each -> each.path("job_name").asText().equals("rabbitmq-queues"))
                .findFirst()
                .orElseThrow();

        // When
        JsonNode here = Overlay.PRODUCTION.get("ServiceMonitor", "rabbitmq").at("/spec/endpoints/1");

        // Then
        assertThat(here.path("path")).isEqualTo(inCompose.path("metrics_path"));
        assertThat(here.path("params")).isEqualTo(inCompose.path("params"));
        assertThat(here.path("metricRelabelings").toString())
                .isEqualTo(inCompose
                        .path("metric_relabel_configs")
                        .toString()
                        .replace("source_labels", "sourceLabels")
                        .replace("target_label", "targetLabel"));
        assertThat(here.at("/relabelings/0/replacement").asText()).isEqualTo("rabbitmq-queues");
    }

    /** Else an upgrade that follows the page starts pods whose settings, or jobs whose account, are not there. */
    @ParameterizedTest
    @EnumSource(names = "LOCAL", mode = Mode.EXCLUDE)
    void documentedSelectorsSelectWhatTheyPromise(Overlay overlay) throws IOException {
        // Given
        var documented = new TreeSet<String>();
        for (String page : List.of("docs/kubernetes.md", "docs/backup-upgrade.md")) {
            SELECTOR.matcher(Files.readString(Overlay.ROOT.resolve(page)))
                    .results()
                    .forEach(each -> documented.add(each.group(1)));
        }

        // Then
        assertThat(documented)
                .containsExactlyInAnyOrder(
                        "doorbuster.dev/step=prepare",
                        "app.kubernetes.io/name=ledger",
                        "app.kubernetes.io/name=stock-service",
                        "app.kubernetes.io/name=notifier",
                        "app.kubernetes.io/name=edge");
        for (String selector : documented) {
            String[] label = selector.split("=", -1);
            List<String> selected = overlay.manifests().stream()
                    .filter(each -> label[1].equals(each.labels().get(label[0])))
                    .map(Manifest::toString)
                    .toList();
            if (label[1].equals("prepare")) {
                var promised = new TreeSet<String>();
                for (Manifest service : overlay.services()) {
                    service.json()
                            .findValues("configMapRef")
                            .forEach(each ->
                                    promised.add("ConfigMap " + each.get("name").asText()));
                    if (service.kind().equals("Job")) {
                        promised.add("" + service);
                        promised.add("ServiceAccount "
                                + service.pod().path("serviceAccountName").asText());
                    }
                }
                assertThat(selected).containsExactlyInAnyOrderElementsOf(promised);
            } else {
                assertThat(selected)
                        .anyMatch(each -> each.matches("(Deployment|StatefulSet) " + label[1]))
                        .noneMatch(each -> each.startsWith("Job "));
            }
        }
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
    void referencedSecretsAndConfigMapsExistOrAreDocumented(Overlay overlay) throws IOException {
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

    @ParameterizedTest
    @EnumSource(names = "LOCAL", mode = Mode.EXCLUDE)
    void secretsReadByOperatorsExistOrAreDocumented(Overlay overlay) throws IOException {
        // Given
        Map<String, List<String>> needed = documentedSecrets();
        var missing = new TreeSet<String>();

        // When
        for (Manifest server : MadeByOperators.servers(overlay)) {
            server.json().findValues("secretKeyRef").forEach(each -> check(each, overlay, needed, missing));
            server.json().findValues("redisSecret").forEach(each -> check(each, overlay, needed, missing));
        }
        var withUserAndPassword = new ArrayList<String>();
        Manifest postgres = overlay.get("Cluster", "postgres");
        withUserAndPassword.add(
                postgres.at("/spec/bootstrap/initdb/secret/name").asText());
        postgres.at("/spec/managed/roles")
                .forEach(each ->
                        withUserAndPassword.add(each.at("/passwordSecret/name").asText()));
        for (Manifest user : overlay.all("User")) {
            withUserAndPassword.add(
                    user.at("/spec/importCredentialsSecret/name").asText());
        }

        // Then
        assertThat(missing).isEmpty();
        assertThat(withUserAndPassword)
                .hasSize(6)
                .allSatisfy(name -> assertThat(needed.get(name)).contains("username", "password"));
        assertThat(overlay.get("RedisSentinel", "redis")
                        .at("/spec/redisSentinelConfig/redisReplicationName")
                        .asText())
                .isEqualTo(overlay.get("RedisReplication", "redis").name());
        String settings = overlay.get("RedisReplication", "redis")
                .at("/spec/redisConfig/additionalRedisConfig")
                .asText();
        assertThat(overlay.get("ConfigMap", settings).at("/data").has("redis-additional.conf"))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = "LOCAL", mode = Mode.EXCLUDE)
    void usersAreMadeInTheBrokerAndPermissionsAreTheirs(Overlay overlay) {
        List<Manifest> users = overlay.all("User");
        List<Manifest> permissions = overlay.all("Permission");

        assertThat(Stream.concat(users.stream(), permissions.stream()))
                .hasSize(8)
                .allSatisfy(each -> assertThat(overlay.find(
                                "RabbitmqCluster",
                                each.at("/spec/rabbitmqClusterReference/name").asText()))
                        .isPresent());
        assertThat(permissions)
                .extracting(each -> each.at("/spec/userReference/name").asText())
                .containsExactlyInAnyOrderElementsOf(
                        users.stream().map(Manifest::name).toList());
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

    /** The documentation's table of Secrets to create, by hand or by an operator. */
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

    /** Pods of a StatefulSet have their number as a label. */
    private static Map<String, String> withoutIndex(Map<String, String> selector) {
        var rest = new HashMap<>(selector);
        rest.remove("apps.kubernetes.io/pod-index");
        return rest;
    }

    private static Map<String, String> selector(Manifest each) {
        return texts(each.at("/spec/selector/matchLabels"));
    }

    private static boolean selectsServer(Map<String, String> selector, Manifest server) {
        return MadeByOperators.podLabels(server).entrySet().containsAll(selector.entrySet());
    }

    private static boolean selects(Map<String, String> selector, Manifest each) {
        return each.makesPods() && each.podLabels().entrySet().containsAll(selector.entrySet());
    }
}
