package dev.doorbuster.contracts.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.topology.Topology.Queue;
import org.junit.jupiter.api.Test;

class TopologyTest {
    @Test
    void replicatedQueuesAreQuorumQueuesAndOtherwiseAsBefore() {
        // Given
        Topology topology = DoorbusterTopology.durable().and(DoorbusterTopology.streams(0));

        // When
        Topology replicated = topology.replicated();

        // Then
        assertThat(replicated.queues())
                .extracting(Queue::name)
                .isEqualTo(topology.queues().stream().map(Queue::name).toList());
        assertThat(replicated.queues())
                .allSatisfy(queue -> assertThat(queue.arguments())
                        .containsEntry("x-queue-type", "quorum")
                        .containsOnlyKeys(
                                queueOf(topology, queue.name()).arguments().keySet()));
    }

    @Test
    void aQueueOfOneConnectionIsNeverReplicated() {
        Topology answers = DoorbusterTopology.replies("edge-0");

        assertThat(answers.replicated()).isEqualTo(answers);
    }

    private static Queue queueOf(Topology topology, String name) {
        return topology.queues().stream()
                .filter(queue -> queue.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
