package dev.doorbuster.runtime.amqp;

import dev.doorbuster.contracts.topology.Topology;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** Makes exchanges, queues and bindings; those that are there already must be the same. */
public final class TopologyDeclaration {
    private TopologyDeclaration() {}

    /**
     * Declares everything on a connection of its own. Blocks; each step has the configured limit.
     *
     * @throws IOException where the broker cannot be reached, or refuses: something else has one of the names, or the user may not
     */
    public static void once(BrokerConfig config, String name, Topology topology) throws IOException, TimeoutException {
        PublishChannel.declareOnce(config, name, topology);
    }
}
