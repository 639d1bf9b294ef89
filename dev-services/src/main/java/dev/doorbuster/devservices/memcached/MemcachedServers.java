package dev.doorbuster.devservices.memcached;

import dev.doorbuster.devservices.RealServer;
import dev.doorbuster.devservices.ServerGroup;
import dev.doorbuster.devservices.ServerHome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Several independent Memcached; clients decide which one has a key. */
public final class MemcachedServers implements ServerGroup {
    private static final List<Integer> WEIGHTS = List.of(2, 1, 1);

    private final List<MemcachedServer> nodes = new ArrayList<>();

    public static MemcachedServers start(ServerHome home) {
        var group = new MemcachedServers();
        try {
            for (int i = 0; i < WEIGHTS.size(); i++) {
                group.nodes.add(MemcachedServer.start(home, "memcached-" + i, WEIGHTS.get(i)));
            }
            return group;
        } catch (RuntimeException e) {
            group.stop();
            throw e;
        }
    }

    @Override
    public List<RealServer> nodes() {
        return List.copyOf(nodes);
    }

    @Override
    public RealServer leader() {
        return nodes.stream()
                .filter(RealServer::isAlive)
                .max(Comparator.comparingInt(MemcachedServer::weight))
                .orElse(nodes.get(0));
    }
}
