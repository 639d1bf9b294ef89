package dev.doorbuster.systemtests.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** An unknown field would be ignored by a cluster or rejected at installation. */
class FieldsTest {
    private static final Map<String, Class<?>> TYPED = Map.ofEntries(
            Map.entry("v1 Namespace", Namespace.class),
            Map.entry("v1 ServiceAccount", ServiceAccount.class),
            Map.entry("v1 Service", Service.class),
            Map.entry("v1 ConfigMap", ConfigMap.class),
            Map.entry("v1 Secret", Secret.class),
            Map.entry("apps/v1 Deployment", Deployment.class),
            Map.entry("apps/v1 StatefulSet", StatefulSet.class),
            Map.entry("batch/v1 Job", Job.class),
            Map.entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("autoscaling/v2 HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
            Map.entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
            Map.entry("gateway.networking.k8s.io/v1 Gateway", Gateway.class),
            Map.entry("gateway.networking.k8s.io/v1 HTTPRoute", HTTPRoute.class));

    static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new WithoutAnySetters())
            .build();

    /** The models accept unknown fields; here they are an error. */
    private static final class WithoutAnySetters extends JacksonAnnotationIntrospector {
        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyFieldIsInTheSchema(Overlay overlay) {
        List<Manifest> own =
                overlay.manifests().stream().filter(each -> !each.isCustom()).toList();

        assertThat(own).isNotEmpty().allSatisfy(manifest -> {
            Class<?> type = TYPED.get(manifest.apiVersion() + " " + manifest.kind());
            assertThat(type).as("the model of " + manifest).isNotNull();
            assertThatCode(() -> STRICT.treeToValue(manifest.json(), type)).doesNotThrowAnyException();
        });
    }

    @Test
    void aMisspeltFieldIsFound() {
        ObjectNode wrong = Overlay.LOCAL.get("Deployment", "edge").json().deepCopy();
        ((ObjectNode) wrong.at("/spec/template/spec/containers/0/startupProbe")).put("failureTreshold", 3);

        assertThatThrownBy(() -> STRICT.treeToValue(wrong, Deployment.class))
                .isInstanceOf(UnrecognizedPropertyException.class)
                .hasMessageContaining("failureTreshold");
    }

    @ParameterizedTest
    @EnumSource
    void operatorsKnowEveryField(Overlay overlay) throws IOException {
        // Given
        Set<String> known = knownFields();
        var unknown = new TreeSet<String>();

        // When
        for (Manifest manifest : overlay.manifests()) {
            if (manifest.isCustom() && Schema.of(manifest).isEmpty()) {
                var used = new ArrayList<String>();
                collect(manifest.at("/spec"), manifest.kind() + " spec", used);
                used.stream().filter(field -> !isKnown(field, known)).forEach(unknown::add);
            }
        }

        // Then
        assertThat(unknown).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = "LOCAL", mode = Mode.EXCLUDE)
    void serversAreAsTheirOperatorsTakeThem(Overlay overlay) throws IOException {
        var checked = new TreeSet<String>();
        for (Manifest manifest : overlay.manifests()) {
            Optional<Schema> schema = Schema.of(manifest);
            if (schema.isPresent()) {
                assertThat(schema.get().faults(manifest.json()))
                        .as("" + manifest)
                        .isEmpty();
                checked.add(manifest.kind());
            }
        }
        assertThat(checked)
                .containsExactly(
                        "Cluster", "Permission", "RabbitmqCluster", "RedisReplication", "RedisSentinel", "User");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Cluster | postgres | /spec | instances | \"3\" | .spec.instances type",
                "Cluster | postgres | /spec/postgresql | failoverQuorum | true | .spec.postgresql.failoverQuorum is not",
                "Cluster | postgres | /spec/postgresql/synchronous | method | \"quorum\" | synchronous.method enum",
                "Cluster | postgres | /spec/postgresql/parameters | max_connections | 200 | max_connections type",
                "Cluster | postgres | /spec/resources/limits | memory | [] | .spec.resources x-kubernetes-model",
                "RabbitmqCluster | rabbitmq | /spec/override | pod | {} | .spec.override.pod is not known",
                "RabbitmqCluster | rabbitmq | /spec/affinity | podAntiAfinity | {} | .spec.affinity x-kubernetes-model",
                "User | scaler | /spec | tags | [\"monitor\"] | .spec.tags[] enum",
                "Permission | scaler | /spec | user | \"scaler\" | .spec.user is not known",
                "RedisReplication | redis | /spec | pdb | {\"enabled\": \"yes\"} | .spec.pdb.enabled type",
                "RedisSentinel | redis | /spec | clusterSize | 2 | .spec.clusterSize enum",
                "RedisSentinel | redis | /spec/redisSentinelConfig | quorum | 2 | redisSentinelConfig.quorum type",
            })
    void whatAnOperatorWouldRefuseIsFound(
            String kind, String name, String place, String field, String value, String fault) throws IOException {
        Manifest right = Overlay.PRODUCTION.get(kind, name);
        ObjectNode wrong = right.json().deepCopy();
        ((ObjectNode) wrong.at(place)).set(field, STRICT.readTree(value));

        assertThat(Schema.of(right).orElseThrow().faults(wrong))
                .singleElement()
                .asString()
                .contains(fault);
    }

    @Test
    void aFieldThatIsMissingIsFound() throws IOException {
        Manifest right = Overlay.PRODUCTION.get("Permission", "scaler");
        ObjectNode wrong = right.json().deepCopy();
        ((ObjectNode) wrong.get("spec")).remove("vhost");

        assertThat(Schema.of(right).orElseThrow().faults(wrong))
                .singleElement()
                .asString()
                .startsWith(".spec required");
    }

    private static boolean isKnown(String field, Set<String> known) {
        return known.contains(field)
                || known.stream()
                        .filter(each -> each.endsWith(".*"))
                        .anyMatch(each -> field.startsWith(each.substring(0, each.length() - 1)));
    }

    private static void collect(JsonNode node, String path, List<String> fields) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties().forEach(each -> collect(each.getValue(), path + "." + each.getKey(), fields));
        } else if (node.isArray() && node.path(0).isObject()) {
            node.forEach(each -> collect(each, path + "[]", fields));
        } else {
            fields.add(path);
        }
    }

    private static Set<String> knownFields() throws IOException {
        try (var file = FieldsTest.class.getResourceAsStream("operators-fields.txt")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return Pattern.compile("\n")
                    .splitAsStream(text)
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .collect(Collectors.toSet());
        }
    }
}
