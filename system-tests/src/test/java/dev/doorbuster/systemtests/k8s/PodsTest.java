package dev.doorbuster.systemtests.k8s;

import static dev.doorbuster.systemtests.k8s.Manifest.list;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doorbuster.runtime.start.Lifecycle;
import dev.doorbuster.runtime.start.ServiceMain;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Security settings and termination periods of all pods. */
class PodsTest {
    private static final int END_OF_PROCESS_SECONDS = 5;

    @ParameterizedTest
    @EnumSource
    void theNamespaceTakesOnlyRestrictedPods(Overlay overlay) {
        assertThat(overlay.get("Namespace", "doorbuster").labels())
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
    }

    @ParameterizedTest
    @EnumSource
    void everyContainerIsRestrictedAndWritesNowhereButToItsVolumes(Overlay overlay) {
        assertThat(overlay.workloads()).isNotEmpty().allSatisfy(workload -> {
            isRestricted(workload.pod().path("securityContext"));
            assertThat(workload.containers()).allSatisfy(container -> {
                JsonNode context = container.path("securityContext");
                mayDoNothing(context);
                assertThat(context.path("readOnlyRootFilesystem").asBoolean()).isTrue();
            });
        });
    }

    /** CloudNativePG sets this itself. */
    @ParameterizedTest
    @EnumSource(names = "LOCAL", mode = Mode.EXCLUDE)
    void operatorsGetTheRestrictedSecurityContext(Overlay overlay) {
        JsonNode rabbitmq =
                overlay.get("RabbitmqCluster", "rabbitmq").at("/spec/override/statefulSet/spec/template/spec");
        isRestricted(rabbitmq.path("securityContext"));
        assertThat(rabbitmq.at("/initContainers/0/name").asText()).isEqualTo("setup-container");
        mayDoNothing(rabbitmq.at("/initContainers/0/securityContext"));
        assertThat(rabbitmq.at("/containers/0/name").asText()).isEqualTo("rabbitmq");
        mayDoNothing(rabbitmq.at("/containers/0/securityContext"));
        for (String kind : List.of("RedisReplication", "RedisSentinel")) {
            Manifest redis = overlay.get(kind, "redis");
            isRestricted(redis.at("/spec/podSecurityContext"));
            mayDoNothing(redis.at("/spec/securityContext"));
        }
        mayDoNothing(overlay.get("RedisReplication", "redis").at("/spec/redisExporter/securityContext"));
    }

    /** An image of that name on a public hub is a stranger's. */
    @ParameterizedTest
    @EnumSource
    void whatWasBuiltHereIsNeverPulled(Overlay overlay) {
        assertThat(overlay.services()).isNotEmpty().allSatisfy(service -> {
            JsonNode container = service.containers().get(0);
            boolean builtHere = container.path("image").asText().startsWith("doorbuster/");
            assertThat(builtHere).isEqualTo(overlay == Overlay.LOCAL);
            assertThat(container.path("imagePullPolicy").asText()).isEqualTo(builtHere ? "Never" : "");
        });
    }

    private static void isRestricted(JsonNode pod) {
        assertThat(pod.path("runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.path("runAsUser").asInt()).isPositive();
        assertThat(pod.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
    }

    private static void mayDoNothing(JsonNode container) {
        assertThat(container.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(list(container.at("/capabilities/drop")))
                .extracting(JsonNode::asText)
                .containsExactly("ALL");
        assertThat(container.has("privileged")).isFalse();
        assertThat(container.at("/capabilities").has("add")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void noPodMountsAServiceAccountToken(Overlay overlay) {
        assertThat(overlay.workloads())
                .allSatisfy(each -> assertThat(
                                each.pod().path("automountServiceAccountToken").asBoolean(true))
                        .isFalse());
        assertThat(overlay.all("ServiceAccount"))
                .allSatisfy(each -> assertThat(
                                each.at("/automountServiceAccountToken").asBoolean(true))
                        .isFalse());
    }

    @ParameterizedTest
    @EnumSource
    void everyContainerHasRequestsAndAMemoryLimit(Overlay overlay) {
        assertThat(overlay.workloads())
                .allSatisfy(workload -> assertThat(workload.containers()).allSatisfy(container -> {
                    assertThat(container.at("/resources/requests").has("cpu")).isTrue();
                    assertThat(container.at("/resources/limits/memory"))
                            .isEqualTo(container.at("/resources/requests/memory"))
                            .isNotEqualTo(container.at("/none"));
                }));
    }

    /** Throttling delays event loops; docs/kubernetes.md says that there is none. */
    @ParameterizedTest
    @EnumSource
    void nothingHasALimitOfCpu(Overlay overlay) {
        assertThat(overlay.manifests())
                .allSatisfy(each -> assertThat(each.json().findValues("limits"))
                        .allSatisfy(limits -> assertThat(limits.has("cpu")).isFalse()));
    }

    @ParameterizedTest
    @EnumSource
    void aServiceGetsTheTimeThatItsStopMayTake(Overlay overlay) {
        assertThat(overlay.services())
                .filteredOn(each -> !each.kind().equals("Job"))
                .allSatisfy(workload -> {
                    JsonNode container = workload.containers().get(0);
                    int preStop =
                            container.at("/lifecycle/preStop/sleep/seconds").asInt();
                    assertThat(workload.pod()
                                    .path("terminationGracePeriodSeconds")
                                    .asLong())
                            .isEqualTo(preStop + ServiceMain.STOP_MAX.toSeconds() + END_OF_PROCESS_SECONDS);
                    // only pods that accept connections must wait until no new ones arrive
                    assertThat(preStop > 0).isEqualTo(Manifest.port(container, "http") > 0);
                });
    }

    @ParameterizedTest
    @EnumSource
    void aServiceGetsTheTimeThatSeveralSlowStepsOfItsStartMayTake(Overlay overlay) {
        assertThat(overlay.services())
                .filteredOn(each -> !each.kind().equals("Job"))
                .allSatisfy(workload -> {
                    JsonNode probe = workload.containers().get(0).path("startupProbe");
                    int seconds = probe.path("periodSeconds").asInt()
                            * probe.path("failureThreshold").asInt();
                    assertThat((long) seconds).isGreaterThan(5 * Lifecycle.START_STEP_MAX.toSeconds());
                });
    }
}
