package dev.doorbuster.systemtests.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doorbuster.notifier.NotifierConfig;
import dev.doorbuster.notifier.email.EmailConfig;
import dev.doorbuster.order.DeclareTopology.TopologyConfig;
import dev.doorbuster.order.OrderConfig;
import dev.doorbuster.order.database.Migrations.MigrationConfig;
import dev.doorbuster.order.edge.http.connection.TrustedProxies;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.stock.StockConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The services accept the variables of the manifests. */
class ConfigurationTest {
    private static final Pattern DOCUMENTED = Pattern.compile("`(DOORBUSTER_[A-Z0-9_]+)`");
    private static final Pattern COMMENTED = Pattern.compile("^( *)#(?! [^ ])", Pattern.MULTILINE);
    private static final String A_SECRET = "a-secret-of-production-0123456789";
    /** An entry of a larger network could be any client's. */
    private static final int NETWORK_BITS_MIN = 16;

    private static final Map<String, Function<Map<String, String>, Record>> READERS = Map.of(
            "edge", OrderConfig::fromEnv,
            "ledger", OrderConfig::fromEnv,
            "stock-service", StockConfig::fromEnv,
            "notifier", NotifierConfig::fromEnv,
            "declare-topology", TopologyConfig::fromEnv,
            "migrate", ConfigurationTest::migration);

    private static Record migration(Map<String, String> variables) {
        var env = new Environment(variables);
        MigrationConfig config = MigrationConfig.fromEnv(env);
        env.check();
        return config;
    }

    @ParameterizedTest
    @EnumSource
    void everyServiceStartsWithWhatItIsGiven(Overlay overlay) {
        assertThat(overlay.services()).hasSize(READERS.size()).allSatisfy(workload -> {
            var environment =
                    new HashMap<>(overlay.environment(workload.containers().get(0), A_SECRET));
            // the value of a pod's number or of a user name in a Secret is unknown here
            environment.computeIfPresent("DOORBUSTER_INSTANCE_ORDINAL", (name, value) -> "1");
            environment.computeIfPresent("DOORBUSTER_DB_USER", (name, value) -> "app");
            assertThat(READERS.get(workload.name()).apply(environment)).isNotNull();
        });
    }

    @ParameterizedTest
    @EnumSource
    void everyVariableIsDocumented(Overlay overlay) throws IOException {
        String document = Files.readString(Overlay.ROOT.resolve("docs/configuration.md"));
        var documented = DOCUMENTED
                .matcher(document)
                .results()
                .map(each -> each.group(1))
                .toList();

        assertThat(overlay.services())
                .allSatisfy(workload -> assertThat(documented)
                        .containsAll(overlay.environment(workload.containers().get(0), A_SECRET)
                                .keySet()));
    }

    @ParameterizedTest
    @EnumSource
    void onlyTheMigrationHasTheOwnersAndOnlyTheDeclarationTheAdministratorsPassword(Overlay overlay) {
        assertThat(overlay.services())
                .filteredOn(each -> each.json().toString().contains("postgres-owner"))
                .extracting(Manifest::name)
                .containsExactly("migrate");
        assertThat(overlay.services())
                .filteredOn(each -> each.json().toString().contains("rabbitmq-default-user"))
                .extracting(Manifest::name)
                .containsExactly("declare-topology");
    }

    @ParameterizedTest
    @EnumSource
    void replicaCountsMatchTheConfiguration(Overlay overlay) {
        Manifest stock = overlay.get("StatefulSet", "stock-service");
        Manifest notifier = overlay.get("StatefulSet", "notifier");

        assertThat(told(overlay, stock, "DOORBUSTER_INSTANCE_COUNT"))
                .isEqualTo(stock.at("/spec/replicas").asText());
        assertThat(told(overlay, overlay.get("Job", "declare-topology"), "DOORBUSTER_NOTIFIER_INSTANCES"))
                .isEqualTo(notifier.at("/spec/replicas").asText());
    }

    @ParameterizedTest
    @EnumSource
    void productionRequiresAPassword(Overlay overlay) {
        JsonNode edge = overlay.get("Deployment", "edge").containers().get(0);

        assertThat(overlay.environment(edge, A_SECRET).containsKey("DOORBUSTER_DEMO_LOGIN"))
                .isNotEqualTo(overlay.isForProduction());
    }

    @ParameterizedTest
    @EnumSource
    void secretsInGitAreMarkedAndNotForProduction(Overlay overlay) {
        assertThat(overlay.all("Secret"))
                .allSatisfy(secret -> secret.at("/data").properties().forEach(each -> {
                    if (!each.getKey().equals("username")) {
                        assertThat(Overlay.decoded(each.getValue())).contains("demo-only-");
                    }
                }));
        assertThat(overlay.all("Secret").isEmpty()).isEqualTo(overlay.isForProduction());
    }

    /** Settings that are comments, each with a sign # without a blank. */
    @Test
    void mailsAreSentOnceTheirSettingsAreNoCommentsAnyMore(@TempDir Path copy) throws IOException {
        // When
        List<Manifest> manifests = withoutComments(copy);

        // Then
        Map<String, String> environment = environment(manifests, "StatefulSet", "notifier");
        EmailConfig mails = NotifierConfig.fromEnv(environment).email();
        assertThat(mails.enabled()).isTrue();
        assertThat(mails.password()).isEqualTo(A_SECRET);
        assertThat(mails.storefrontUrl()).startsWith("https://");
        assertThat(OrderConfig.fromEnv(withEdge(environment))
                        .edge()
                        .orElseThrow()
                        .pages()
                        .mails())
                .isTrue();
        assertThat(manifests)
                .filteredOn(each -> each.name().equals("notifier-to-smtp"))
                .singleElement()
                .satisfies(each -> assertThat(
                                each.at("/spec/egress/0/ports/0/port").asText())
                        .isEqualTo(environment.get("DOORBUSTER_SMTP_PORT")));
        assertThat(Overlay.PRODUCTION.find("NetworkPolicy", "notifier-to-smtp")).isEmpty();
    }

    /** Edges and notifiers read the provider's keys, which lie outside the cluster. */
    @Test
    void theShopsLogInAndPaymentsWorkOnceTheirSettingsAreNoCommentsAnyMore(@TempDir Path copy) throws IOException {
        // When
        List<Manifest> manifests = withoutComments(copy);

        // Then
        Map<String, String> edge = environment(manifests, "Deployment", "edge");
        var shop = OrderConfig.fromEnv(edge).edge().orElseThrow();
        assertThat(shop.auth().issuer()).isPresent();
        assertThat(NotifierConfig.fromEnv(environment(manifests, "StatefulSet", "notifier"))
                        .issuer())
                .isEqualTo(shop.auth().issuer());
        assertThat(edge).containsKey("DOORBUSTER_SHOP_URL").containsEntry("DOORBUSTER_PAYMENT_SECRETS", A_SECRET);
        for (String service : List.of("edge", "notifier")) {
            assertThat(manifests)
                    .filteredOn(each -> each.name().equals(service + "-to-login"))
                    .singleElement()
                    .satisfies(each -> {
                        assertThat(each.at("/spec/podSelector/matchLabels/app.kubernetes.io~1name")
                                        .asText())
                                .isEqualTo(service);
                        assertThat(each.at("/spec/egress/0/ports/0/port").asInt())
                                .isEqualTo(443);
                    });
            assertThat(Overlay.PRODUCTION.find("NetworkPolicy", service + "-to-login"))
                    .isEmpty();
        }
        String page = Files.readString(Overlay.ROOT.resolve("docs/kubernetes.md"));
        assertThat(page).contains("| `payments` | `secrets` | ", "(your-shop.md)");
    }

    private static List<Manifest> withoutComments(Path copy) throws IOException {
        Path production = copy.resolve("k8s/overlays/production");
        copy(Overlay.ROOT.resolve("k8s"), copy.resolve("k8s"));
        for (String name : List.of("kustomization.yaml", "network.yaml")) {
            Path file = production.resolve(name);
            Files.writeString(file, COMMENTED.matcher(Files.readString(file)).replaceAll("$1"));
        }
        return Kustomization.render(production);
    }

    private static Map<String, String> environment(List<Manifest> manifests, String kind, String name) {
        Manifest workload = manifests.stream()
                .filter(each -> each.kind().equals(kind) && each.name().equals(name))
                .findFirst()
                .orElseThrow();
        var environment = new HashMap<String, String>();
        manifests.stream()
                .filter(each -> each.kind().equals("ConfigMap"))
                .forEach(each -> environment.putAll(Manifest.texts(each.at("/data"))));
        workload.containers()
                .get(0)
                .path("env")
                .forEach(each -> environment.put(
                        each.get("name").asText(), each.path("value").asText(A_SECRET)));
        environment.put("DOORBUSTER_INSTANCE_ORDINAL", "1");
        environment.put("DOORBUSTER_DB_USER", "app");
        return environment;
    }

    private static Map<String, String> withEdge(Map<String, String> environment) {
        JsonNode edge =
                Overlay.PRODUCTION.get("Deployment", "edge").containers().get(0);
        var both = new HashMap<>(Overlay.PRODUCTION.environment(edge, A_SECRET));
        both.putAll(environment);
        both.put("DOORBUSTER_DB_USER", "app");
        return both;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path each : (Iterable<Path>) files::iterator) {
                Path unused = Files.copy(each, to.resolve(from.relativize(each).toString()));
            }
        }
    }

    /** Otherwise all log-ins share the gateway's address, and one guesser locks all operators out. */
    @ParameterizedTest
    @EnumSource
    void edgesBehindAGatewayTrustItsPodsAndNothingElse(Overlay overlay) {
        // Given
        boolean behindGateway =
                overlay.all("HTTPRoute").stream().anyMatch(each -> each.name().equals("api"));
        JsonNode edge = overlay.get("Deployment", "edge").containers().get(0);

        // When
        var env = new Environment(overlay.environment(edge, A_SECRET));
        TrustedProxies proxies = TrustedProxies.fromEnv(env);
        env.check();

        // Then
        assertThat(behindGateway).isEqualTo(overlay.isForProduction());
        assertThat(proxies.networks().isEmpty()).isNotEqualTo(behindGateway);
        String networks = overlay.environment(edge, A_SECRET).getOrDefault("DOORBUSTER_TRUSTED_PROXIES", "");
        assertThat(networks.isEmpty()).isNotEqualTo(behindGateway);
        assertThat(Pattern.compile("/(\\d+)").matcher(networks).results().map(bits -> Integer.valueOf(bits.group(1))))
                .hasSameSizeAs(proxies.networks())
                .allSatisfy(bits -> assertThat(bits).isGreaterThanOrEqualTo(NETWORK_BITS_MIN));
    }

    private static String told(Overlay overlay, Manifest workload, String variable) {
        return overlay.environment(workload.containers().get(0), A_SECRET).get(variable);
    }
}
