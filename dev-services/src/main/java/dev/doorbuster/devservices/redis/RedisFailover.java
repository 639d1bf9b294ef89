package dev.doorbuster.devservices.redis;

import dev.doorbuster.devservices.RealServer;
import dev.doorbuster.devservices.ServerGroup;
import dev.doorbuster.devservices.ServerHome;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.net.NodeNetwork;
import dev.doorbuster.devservices.net.Ports;
import dev.doorbuster.devservices.support.Polling;
import dev.doorbuster.devservices.support.SideBySide;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Redis with a master, two replicas and three sentinels. Every data node, the first master included, refuses writes without a
 * replica: a former master that returns accepts none.
 */
public final class RedisFailover implements ServerGroup {
    private static final Logger LOG = LoggerFactory.getLogger(RedisFailover.class);
    private static final int NODES = 3;
    private static final int SENTINELS = 3;
    private static final Duration TOGETHER_MAX = Duration.ofSeconds(30);
    private static final Duration FAILOVER_MAX = Duration.ofSeconds(30);

    private final NodeNetwork network;
    private final List<RedisServer> nodes = new ArrayList<>();
    private final List<RedisSentinel> sentinels = new ArrayList<>();
    /** At which others reach it. Used before the sentinels run, and if none of them answers. */
    private volatile int masterPort;

    private RedisFailover(NodeNetwork network, int masterPort) {
        this.network = network;
        this.masterPort = masterPort;
    }

    public static RedisFailover start(ServerHome home) {
        return Ports.retryingOnConflict(() -> {
            List<Integer> ports =
                    IntStream.range(0, NODES).mapToObj(i -> Ports.free()).toList();
            NodeNetwork network = home.machine().network(ServerKind.REDIS);
            var group = new RedisFailover(network, network.port(name(0), ports.get(0)));
            try {
                group.startAll(home, ports);
                return group;
            } catch (RuntimeException e) {
                group.stop();
                throw e;
            }
        });
    }

    private void startAll(ServerHome home, List<Integer> ports) {
        for (int i = 0; i < NODES; i++) {
            nodes.add(RedisServer.startNode(home, name(i), ports.get(i), this::masterPort));
        }
        for (int i = 0; i < SENTINELS; i++) {
            sentinels.add(RedisSentinel.start(home, "redis-sentinel-" + i, Ports.free(), masterPort));
        }
        Polling.until("Redis replicates and its sentinels know each other", TOGETHER_MAX, this::isWhole);
    }

    private static String name(int node) {
        return ServerKind.REDIS.label() + "-" + node;
    }

    /** Replicas and Sentinels no longer hear from a node, or it not from them, or neither; clients notice nothing. */
    @Override
    public Runnable isolate(RealServer node, Set<NodeNetwork.Lost> lost) {
        return network.isolate(node.name(), lost, source -> source.equals(InetAddress.getLoopbackAddress()));
    }

    @Override
    public boolean isWhole() {
        try {
            int port = masterPort();
            for (RedisSentinel sentinel : sentinels) {
                if (!sentinel.masterPort().equals(OptionalInt.of(port)) || !sentinel.knowsAll(NODES - 1)) {
                    return false;
                }
            }
            return master(port).hasReplicas(NODES - 1);
        } catch (IOException silent) {
            return false;
        }
    }

    /** Replaces the live master, as an operator does before an upgrade; returns when another node is the master. */
    public void failOver() {
        int before = masterPort();
        // A sentinel may be down, or take part in another failover.
        Polling.until("a sentinel begins a failover", FAILOVER_MAX, this::beginFailover);
        Polling.until("another master of Redis", FAILOVER_MAX, () -> masterPort() != before);
    }

    private boolean beginFailover() {
        for (RedisSentinel sentinel : sentinels) {
            try {
                sentinel.failOver();
                return true;
            } catch (IOException refused) {
                LOG.debug("{}: {}", sentinel.name(), refused.toString());
            }
        }
        return false;
    }

    private RedisServer master(int port) {
        int own = network.nodePort(port);
        return nodes.stream().filter(node -> node.port() == own).findFirst().orElseThrow();
    }

    /** From the first sentinel that answers. */
    private int masterPort() {
        for (RedisSentinel sentinel : sentinels) {
            OptionalInt port = sentinel.masterPort();
            if (port.isPresent()) {
                masterPort = port.getAsInt();
                break;
            }
        }
        return masterPort;
    }

    @Override
    public List<RealServer> nodes() {
        return List.copyOf(nodes);
    }

    @Override
    public List<RealServer> processes() {
        return Stream.<RealServer>concat(nodes.stream(), sentinels.stream()).toList();
    }

    @Override
    public RealServer leader() {
        return master(masterPort());
    }

    /** Stops the sentinels first; otherwise they would promote replicas of the stopped master. */
    @Override
    public void stop() {
        SideBySide.run(sentinels.stream().<Runnable>map(each -> each::stop).toList());
        SideBySide.run(nodes.stream().<Runnable>map(each -> each::stop).toList());
    }
}
