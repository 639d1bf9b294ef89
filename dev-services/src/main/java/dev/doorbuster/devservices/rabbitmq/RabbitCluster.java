package dev.doorbuster.devservices.rabbitmq;

import dev.doorbuster.devservices.RealServer;
import dev.doorbuster.devservices.ServerGroup;
import dev.doorbuster.devservices.ServerHome;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.net.Ports;
import dev.doorbuster.devservices.process.ManagedProcess;
import dev.doorbuster.devservices.support.Polling;
import dev.doorbuster.devservices.support.SideBySide;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * RabbitMQ as a cluster of three nodes. Definitions are imported only when all nodes have joined, because a quorum queue gets
 * its members from the nodes present at its declaration.
 */
public final class RabbitCluster implements ServerGroup {
    private static final int NODES = 3;
    private static final Duration TOGETHER_MAX = Duration.ofSeconds(60);
    private static final Pattern RUNNING = Pattern.compile("\"running\":true");
    private static final Pattern LEADER = Pattern.compile("\"node\":\"([^\"]+)\"");

    private final ManagedProcess nameServer;
    private final Map<Integer, RabbitServer> brokers = new ConcurrentSkipListMap<>();

    private RabbitCluster(ManagedProcess nameServer) {
        this.nameServer = nameServer;
    }

    public static RabbitCluster start(ServerHome home, RabbitOptions options) {
        return Ports.retryingOnConflict(() -> {
            int epmd = Ports.free();
            var cluster = new RabbitCluster(RabbitServer.startNameServer(home, home.folder("rabbitmq-0"), epmd));
            try {
                cluster.startAll(home, options, epmd);
                return cluster;
            } catch (RuntimeException e) {
                cluster.stop();
                throw e;
            }
        });
    }

    private void startAll(ServerHome home, RabbitOptions options, int epmd) {
        String cookie = RabbitFiles.cookieIn(home.folder("rabbitmq-0"));
        SideBySide.run(IntStream.range(0, NODES)
                .<Runnable>mapToObj(number -> () -> {
                    var peers = new RabbitPeers(number, NODES, cookie);
                    var files = new RabbitFiles(
                            home.folder(peers.processName()), RabbitPorts.free(epmd), options.usersOnly(), peers);
                    files.write();
                    brokers.put(number, RabbitServer.startNode(home, files, nameServer));
                })
                .toList());
        Polling.until("the brokers are one cluster", TOGETHER_MAX, this::isWhole);
        api(brokers.get(0)).post("/api/definitions", options.definitions());
    }

    /** As seen by each node: a returning node may be the last to update its view. */
    @Override
    public boolean isWhole() {
        try {
            for (RabbitServer broker : brokers.values()) {
                if (count(RUNNING, api(broker).get("/api/nodes")) != NODES) {
                    return false;
                }
            }
            return true;
        } catch (IOException silent) {
            return false;
        }
    }

    private static long count(Pattern pattern, String text) {
        return pattern.matcher(text).results().count();
    }

    private static RabbitApi api(RabbitServer broker) {
        return new RabbitApi(broker.managementPort(), broker.user());
    }

    @Override
    public ServerKind kind() {
        return ServerKind.RABBITMQ;
    }

    @Override
    public List<RealServer> nodes() {
        return List.copyOf(brokers.values());
    }

    /** Of all queues, as seen by the first live node. */
    @Override
    public RealServer leader() {
        RabbitServer asked = brokers.values().stream()
                .filter(RealServer::isAlive)
                .findFirst()
                .orElse(brokers.get(0));
        String queues;
        try {
            queues = api(asked).get("/api/queues?columns=node");
        } catch (IOException unknown) {
            return asked;
        }
        return brokers.values().stream()
                .max(Comparator.comparingLong((RabbitServer broker) -> LEADER.matcher(queues)
                        .results()
                        .filter(match -> match.group(1).equals(broker.nodeName()))
                        .count()))
                .orElse(asked);
    }

    /** Stops epmd last: the brokers unregister there. */
    @Override
    public void stop() {
        ServerGroup.super.stop();
        nameServer.stop();
    }

    @Override
    public void discard() {
        ServerGroup.super.discard();
        nameServer.kill();
    }
}
