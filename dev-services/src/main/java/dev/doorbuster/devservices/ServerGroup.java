package dev.doorbuster.devservices;

import java.util.List;

/**
 * What is one server to its clients: a single process, or several of which one leads. All methods block, each with a limit.
 */
public interface ServerGroup {
    ServerKind kind();

    /** Those that hold data, by number. */
    List<RealServer> nodes();

    /**
     * The node in charge at this moment, as far as anybody knows: Redis' master, PostgreSQL's primary, the broker that leads
     * most queues, the Memcached that bears most.
     */
    RealServer leader();

    /** Whether all of it runs and whoever follows keeps up, so that any one process may die. */
    default boolean isWhole() {
        return processes().stream().allMatch(RealServer::isAlive);
    }

    /** Everything that can be killed and restarted, sentinels included. */
    default List<RealServer> processes() {
        return nodes();
    }

    /** Where clients connect that know one port only. */
    default int port() {
        return leader().port();
    }

    /** Stops all of it in order; the data stays. */
    default void stop() {
        SideBySide.run(processes().stream().<Runnable>map(each -> each::stop).toList());
    }

    /** Ends all of it without ceremony and deletes its data. */
    default void discard() {
        SideBySide.run(processes().stream().<Runnable>map(each -> each::discard).toList());
    }
}
