package dev.doorbuster.systemtests.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** The local overlay, its jobs included, fits beside the cluster's own pods into a minikube of default size. */
class LocalSizeTest {
    private static final long CPUS_MILLIS = 2_000;
    private static final long MEMORY_MIB = 3 * 1024;

    /** API server, controllers, scheduler, etcd, DNS and network plugin, as kubeadm requests for them. */
    private static final long CLUSTER_CPUS_MILLIS = 950;

    private static final long CLUSTER_MEMORY_MIB = 220;

    @Test
    void cpus() {
        assertThat(sum(LocalSizeTest::cpuMillis)).isPositive().isLessThanOrEqualTo(CPUS_MILLIS - CLUSTER_CPUS_MILLIS);
    }

    @Test
    void memory() {
        assertThat(sum(LocalSizeTest::memoryMib)).isPositive().isLessThanOrEqualTo(MEMORY_MIB - CLUSTER_MEMORY_MIB);
    }

    private static long sum(ToLongFunction<JsonNode> ofRequests) {
        return Overlay.LOCAL.workloads().stream()
                .mapToLong(workload -> replicas(workload)
                        * workload.containers().stream()
                                .map(container -> container.at("/resources/requests"))
                                .mapToLong(ofRequests)
                                .sum())
                .sum();
    }

    /** The edges have as many as their autoscaler begins with. */
    private static long replicas(Manifest workload) {
        return workload.name().equals("edge")
                ? Overlay.LOCAL
                        .get("HorizontalPodAutoscaler", "edge")
                        .at("/spec/minReplicas")
                        .asLong()
                : workload.at("/spec/replicas").asLong(1);
    }

    private static long cpuMillis(JsonNode requests) {
        String cpu = requests.path("cpu").asText();
        return cpu.endsWith("m") ? Long.parseLong(cpu.substring(0, cpu.length() - 1)) : Long.parseLong(cpu) * 1000;
    }

    private static long memoryMib(JsonNode requests) {
        return Long.parseLong(requests.path("memory").asText().replace("Mi", ""));
    }
}
