package dev.doorbuster.order;

import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Topology;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.amqp.TopologyDeclaration;
import dev.doorbuster.runtime.config.ConfigException;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.start.ServerWait;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entry point of a job that declares the durable exchanges and queues with administrator credentials, for brokers
 * where the services may not. Runs before the services; idempotent, and waits for the broker.
 */
public final class DeclareTopology {
    private static final Logger LOG = LoggerFactory.getLogger(DeclareTopology.class);
    private static final String NAME = "declare-topology";

    private DeclareTopology() {}

    static void run(Map<String, String> environment, ServerWait broker) throws IOException {
        TopologyConfig config = TopologyConfig.fromEnv(environment);
        Topology topology = config.topology();
        broker.until(() -> TopologyDeclaration.once(config.broker(), NAME, topology));
        LOG.info(
                "{} exchanges, {} queues and {} bindings declared",
                topology.exchanges().size(),
                topology.queues().size(),
                topology.bindings().size());
    }

    public static void main(String[] arguments) {
        try {
            run(System.getenv(), ServerWait.STANDARD);
        } catch (ConfigException | IOException e) {
            LOG.error("not declared: {}", reason(e));
            System.exit(1);
        }
    }

    /** The client wraps the broker's error. */
    private static String reason(Exception failure) {
        Throwable told = failure.getMessage() == null && failure.getCause() != null ? failure.getCause() : failure;
        return told.getMessage() == null ? told.toString() : told.getMessage();
    }

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
}
