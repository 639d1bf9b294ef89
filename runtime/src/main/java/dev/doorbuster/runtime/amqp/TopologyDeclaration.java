package dev.doorbuster.runtime.amqp;

import dev.doorbuster.contracts.topology.Topology;
import dev.doorbuster.runtime.amqp.publish.PublishChannel;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** Declares exchanges, queues and bindings; existing ones must be equal. */
public final class TopologyDeclaration {
    private TopologyDeclaration() {}

    /**
     * Declares everything on a separate connection. Blocks; each step has the configured limit.
     *
     * @throws IOException if the broker is unreachable, does not answer in time, or refuses: a name is taken by a different
     *     object, or the user lacks the permission
     */
    public static void once(BrokerConfig config, String name, Topology topology) throws IOException {
        try {
            PublishChannel.declareOnce(config, name, topology);
        } catch (TimeoutException e) {
            throw new IOException("no answer from " + config, e);
        }
    }
}
