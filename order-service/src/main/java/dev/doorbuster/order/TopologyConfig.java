package dev.doorbuster.order;

import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Topology;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.config.Environment;
import java.util.Map;

/**
 * The topology to declare before services start whose users may not declare it.
 *
 * @param notifiers number of notifiers, each with a queue
 * @param replicated whether queues are replicated to all nodes
 */
public record TopologyConfig(BrokerConfig broker, int notifiers, boolean replicated) {
    public static TopologyConfig fromEnv(Map<String, String> variables) {
        var env = new Environment(variables);
        var config = new TopologyConfig(
                BrokerConfig.fromEnv(env),
                env.integer("DOORBUSTER_NOTIFIER_INSTANCES", 1, 0, 1000),
                env.flag("DOORBUSTER_RABBITMQ_REPLICATED", false));
        env.check();
        return config;
    }

    Topology topology() {
        Topology topology = DoorbusterTopology.durable();
        for (int notifier = 0; notifier < notifiers; notifier++) {
            topology = topology.and(DoorbusterTopology.streams(notifier));
        }
        return replicated ? topology.replicated() : topology;
    }
}
