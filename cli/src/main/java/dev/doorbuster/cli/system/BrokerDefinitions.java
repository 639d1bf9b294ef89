package dev.doorbuster.cli.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.doorbuster.contracts.topology.Binding;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Exchange;
import dev.doorbuster.contracts.topology.Permissions;
import dev.doorbuster.contracts.topology.Queue;
import dev.doorbuster.contracts.topology.Topology;
import dev.doorbuster.devservices.Credentials;
import dev.doorbuster.devservices.RabbitDefinitions;
import java.util.Map;

/**
 * What the broker imports at each start: the topology, and one user a service who may only use it. A service can make
 * nothing but the queues of its own connections.
 */
final class BrokerDefinitions {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String HOST = "/";

    private BrokerDefinitions() {}

    /**
     * As JSON.
     *
     * @param replicated whether every queue is to be on all nodes
     */
    static String of(SystemSecrets systemSecrets, int notifiers, boolean replicated) {
        var users = new RabbitDefinitions()
                .virtualHost(HOST)
                .user(systemSecrets.brokerAdmin(), "administrator")
                .permission(systemSecrets.brokerAdmin().user(), HOST, ".*", ".*", ".*");
        service(users, systemSecrets.orderService(), Permissions.ORDER_SERVICE);
        service(users, systemSecrets.stockService(), Permissions.STOCK_SERVICE);
        service(users, systemSecrets.notifier(), Permissions.NOTIFIER);
        try {
            var definitions = (ObjectNode) MAPPER.readTree(users.toJson());
            Topology topology = DoorbusterTopology.durable();
            for (int ordinal = 0; ordinal < notifiers; ordinal++) {
                topology = topology.and(DoorbusterTopology.streams(ordinal));
            }
            if (replicated) {
                topology = topology.replicated();
            }
            definitions.set(
                    "exchanges",
                    MAPPER.valueToTree(topology.exchanges().stream()
                            .map(BrokerDefinitions::exchange)
                            .toList()));
            definitions.set(
                    "queues",
                    MAPPER.valueToTree(topology.queues().stream()
                            .map(BrokerDefinitions::queue)
                            .toList()));
            definitions.set(
                    "bindings",
                    MAPPER.valueToTree(topology.bindings().stream()
                            .map(BrokerDefinitions::binding)
                            .toList()));
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(definitions);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the definitions are plain data", e);
        }
    }

    private static void service(RabbitDefinitions definitions, Credentials user, Permissions may) {
        definitions.user(user, "").permission(user.user(), HOST, may.configure(), may.write(), may.read());
    }

    private static Map<String, Object> exchange(Exchange exchange) {
        return Map.of(
                "name",
                exchange.name(),
                "vhost",
                HOST,
                "type",
                exchange.type().wireName(),
                "durable",
                true,
                "auto_delete",
                false,
                "internal",
                false,
                "arguments",
                exchange.arguments());
    }

    private static Map<String, Object> queue(Queue queue) {
        return Map.of(
                "name",
                queue.name(),
                "vhost",
                HOST,
                "durable",
                queue.durable(),
                "auto_delete",
                false,
                "arguments",
                queue.arguments());
    }

    private static Map<String, Object> binding(Binding binding) {
        return Map.of(
                "source", binding.exchange(),
                "vhost", HOST,
                "destination", binding.queue(),
                "destination_type", "queue",
                "routing_key", binding.routingKey(),
                "arguments", Map.of());
    }
}
