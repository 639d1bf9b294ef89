package dev.doorbuster.devservices;

import dev.doorbuster.devservices.net.NodeNetwork;
import dev.doorbuster.devservices.support.SideBySide;
import java.util.List;
import java.util.Set;

/** A server as its clients see it: a single process, or several with one leader. All methods block, each with a limit. */
public interface ServerGroup {
    default ServerKind kind() {
        return nodes().get(0).kind();
    }

    /** The nodes with data, by number. */
    List<RealServer> nodes();

    /**
     * The current leader, as far as known: Redis's master, PostgreSQL's primary, the broker that leads most queues, the
     * Memcached with the largest weight.
     */
    RealServer leader();

    /** Whether all processes run and all followers are in sync, so that any one process may die. */
    default boolean isWhole() {
        return processes().stream().allMatch(RealServer::isAlive);
    }

    /** All processes that can be killed and restarted, sentinels included. */
    default List<RealServer> processes() {
        return nodes();
    }

    /**
     * Until the returned action runs, the other nodes do not hear from a node, or it not from them, or neither.
     *
     * @throws UnsupportedOperationException if the server has one node, or nodes that do not know each other
     */
    default Runnable isolate(RealServer node, Set<NodeNetwork.Lost> lost) {
        throw new UnsupportedOperationException(node + " has no links to other nodes");
    }

    /** The port for clients that support a single address. */
    default int port() {
        return leader().port();
    }

    /** Stops everything orderly; the data stays. */
    default void stop() {
        SideBySide.run(processes().stream().<Runnable>map(each -> each::stop).toList());
    }

    /** Kills everything and deletes its data. */
    default void discard() {
        SideBySide.run(processes().stream().<Runnable>map(each -> each::discard).toList());
    }

    /** A server with one process. */
    record SingleServer(RealServer leader) implements ServerGroup {
        @Override
        public List<RealServer> nodes() {
            return List.of(leader);
        }
    }
}
