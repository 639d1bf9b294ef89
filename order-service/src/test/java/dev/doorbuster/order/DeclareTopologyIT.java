package dev.doorbuster.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Topology.Queue;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.start.ServerWait;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeclareTopologyIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(ServerKind.RABBITMQ);

    private final String host = "declared-" + UUID.randomUUID();

    @BeforeEach
    void createHost() {
        servers.rabbitmq().createVirtualHost(host);
    }

    @Test
    void makesWhatServicesThatDeclareNothingNeedHoweverOftenItIsRun() throws Exception {
        // Given
        Map<String, String> environment = environment("DOORBUSTER_NOTIFIER_INSTANCES", "3");

        // When
        DeclareTopology.run(environment, ServerWait.STANDARD);
        DeclareTopology.run(environment, ServerWait.STANDARD);

        // Then
        try (Connection connection = connect();
                Channel channel = connection.createChannel()) {
            for (Queue queue : DoorbusterTopology.durable().queues()) {
                assertThat(channel.queueDeclarePassive(queue.name()).getQueue()).isEqualTo(queue.name());
            }
            for (String queue : List.of("notifier.sse.0", "notifier.sse.1", "notifier.sse.2")) {
                assertThat(channel.queueDeclarePassive(queue).getQueue()).isEqualTo(queue);
            }
        }
    }

    @Test
    void makesQuorumQueuesOfAllWhereTheyAreToBeReplicated() throws Exception {
        // Given
        DeclareTopology.run(environment("DOORBUSTER_RABBITMQ_REPLICATED", "true"), ServerWait.STANDARD);

        // When, Then
        try (Connection connection = connect();
                Channel channel = connection.createChannel()) {
            for (Queue queue : DoorbusterTopology.durable().replicated().queues()) {
                // refused because the existing queue is of another type
                assertThat(channel.queueDeclare(queue.name(), true, false, false, queue.arguments())
                                .getQueue())
                        .isEqualTo(queue.name());
            }
        }
    }

    @Test
    void failsWhereSomethingElseHasOneOfTheNames() throws Exception {
        // Given
        DeclareTopology.run(environment(), ServerWait.STANDARD);

        // When, Then
        assertThatThrownBy(() ->
                        DeclareTopology.run(environment("DOORBUSTER_RABBITMQ_REPLICATED", "true"), ServerWait.STANDARD))
                .isInstanceOf(IOException.class)
                .cause()
                .hasMessageContaining("PRECONDITION_FAILED")
                .hasMessageContaining("notifier.pulse");
    }

    private Map<String, String> environment(String... more) {
        var environment = new HashMap<>(servers.variables());
        environment.put("DOORBUSTER_RABBITMQ_VHOST", host);
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return environment;
    }

    private Connection connect() throws Exception {
        BrokerConfig broker = BrokerConfig.fromEnv(new Environment(environment()));
        return broker.connectionFactory().newConnection(broker.addresses());
    }
}
