package dev.doorbuster.devservices.rabbitmq;

import dev.doorbuster.devservices.RealServer;
import dev.doorbuster.devservices.ServerGroup;
import dev.doorbuster.devservices.ServerHome;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.net.NodeNetwork;
import dev.doorbuster.devservices.net.Ports;
import dev.doorbuster.devservices.process.ManagedProcess;
import dev.doorbuster.devservices.rabbitmq.RabbitFiles.RabbitPorts;
import dev.doorbuster.devservices.support.Polling;
import dev.doorbuster.devservices.support.SideBySide;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * RabbitMQ as a cluster of three nodes. Definitions are imported only when all nodes have joined, because a quorum queue gets
 * its members from the nodes present at its declaration.
 */
public final class RabbitCluster implements ServerGroup {
    private static final int NODES = 3;
    private static final Duration TOGETHER_MAX = Duration.ofSeconds(60);
    /** Three members of each queue start, one queue after the other. */
    private static final Duration DEFINED_MAX = Duration.ofSeconds(60);

    private static final Pattern RUNNING = Pattern.compile("\"running\":true");
    private static final Pattern LEADER = Pattern.compile("\"node\":\"([^\"]+)\"");

    private final NodeNetwork network;
    /** One for all, or one for each node where they reach each other by proxies. */
    private final List<ManagedProcess> nameServers = new CopyOnWriteArrayList<>();

    private final List<EpmdEntry> entries = new CopyOnWriteArrayList<>();
    private final Map<Integer, RabbitServer> brokers = new ConcurrentSkipListMap<>();

    private RabbitCluster(NodeNetwork network) {
        this.network = network;
    }

    public static RabbitCluster start(ServerHome home, RabbitOptions options) {
        return Ports.retryingOnConflict(() -> {
            var cluster = new RabbitCluster(home.machine().network(ServerKind.RABBITMQ));
            try {
                cluster.startAll(home, options);
                return cluster;
            } catch (RuntimeException e) {
                cluster.stop();
                throw e;
            }
        });
    }

    private void startAll(ServerHome home, RabbitOptions options) {
        String cookie = RabbitFiles.cookieIn(home.folder("rabbitmq-0"));
        List<RabbitPeers> peers = IntStream.range(0, NODES)
                .mapToObj(number -> new RabbitPeers(number, NODES, cookie))
                .toList();
        List<RabbitPorts> ports = ports(home, peers);
        SideBySide.run(IntStream.range(0, NODES)
                .<Runnable>mapToObj(number -> () -> {
                    RabbitPeers one = peers.get(number);
                    String links =
                            network.isProxied() ? RabbitFiles.connectFrom(network.source(one.processName())) : "";
                    var files = new RabbitFiles(
                            home.volume(one.processName()), ports.get(number), options.usersOnly(), one, links);
                    files.write();
                    brokers.put(number, RabbitServer.startNode(home, files, nameServer(number)));
                })
                .toList());
        Polling.until("the brokers are one cluster", TOGETHER_MAX, this::isWhole);
        RabbitServer first = brokers.get(0);
        new RabbitApi(first.managementPort(), first.user(), DEFINED_MAX)
                .post("/api/definitions", options.definitions());
    }

    private ManagedProcess nameServer(int number) {
        return nameServers.get(network.isProxied() ? number : 0);
    }

    /** With proxies, a name server of each node names the others by the ports of their proxies. */
    private List<RabbitPorts> ports(ServerHome home, List<RabbitPeers> peers) {
        var ports = new ArrayList<RabbitPorts>();
        int shared = Ports.free();
        for (int number = 0; number < (network.isProxied() ? NODES : 1); number++) {
            int epmd = number == 0 ? shared : Ports.free();
            nameServers.add(RabbitServer.startNameServer(
                    home, RabbitServer.NAME_SERVER + (number == 0 ? "" : "-" + number), home.directory(), epmd));
            ports.add(RabbitPorts.free(epmd));
        }
        while (ports.size() < NODES) {
            ports.add(RabbitPorts.free(shared));
        }
        if (network.isProxied()) {
            for (RabbitPeers one : peers) {
                for (RabbitPeers other : peers) {
                    if (!one.equals(other)) {
                        int distribution = ports.get(other.number()).distribution();
                        entries.add(EpmdEntry.add(
                                ports.get(one.number()).epmd(),
                                other.shortName(),
                                network.port(other.processName(), distribution)));
                    }
                }
            }
        }
        return ports;
    }

    /** The others do not hear from a node, or it not from them, or neither; clients notice nothing. */
    @Override
    public Runnable isolate(RealServer node, Set<NodeNetwork.Lost> lost) {
        return network.isolate(node.name(), lost, client -> false);
    }

    /**
     * Kills a node, deletes its data, and has the others forget it: an empty node is a new one, although it has the name of the
     * old one. Before that it must not start.
     */
    public void loseData(RealServer node) {
        var lost = (RabbitServer) node;
        lost.removeData();
        other(lost).administer("rabbitmqctl", "forget_cluster_node", lost.nodeName());
    }

    /** After its start: each quorum queue gets a member on the node again. */
    public void addQueueMembers(RealServer node) {
        var added = (RabbitServer) node;
        other(added).administer("rabbitmq-queues", "grow", added.nodeName(), "all");
    }

    private RabbitServer other(RabbitServer node) {
        return brokers.values().stream()
                .filter(each -> each != node && each.isAlive())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no other broker runs"));
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
        entries.forEach(EpmdEntry::close);
        nameServers.forEach(ManagedProcess::stop);
    }

    @Override
    public void discard() {
        ServerGroup.super.discard();
        entries.forEach(EpmdEntry::close);
        nameServers.forEach(ManagedProcess::kill);
    }
}
