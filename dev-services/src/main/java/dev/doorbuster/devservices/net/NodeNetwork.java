package dev.doorbuster.devservices.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * How the nodes of one server reach each other: directly, or each through a proxy, which can be disturbed.
 *
 * <p>A node's connections come from a loopback address of its own, so that the proxy of another node can tell them from those
 * of other nodes and of clients. Linux has all of 127.0.0.0/8.
 */
public final class NodeNetwork implements AutoCloseable {
    /** 127.0.1.1 is the first node's. */
    private static final int SUBNET = 1;

    private record Node(String name, InetAddress source, TcpProxy proxy) {}

    private final boolean proxied;
    private final List<Node> nodes = new CopyOnWriteArrayList<>();

    private NodeNetwork(boolean proxied) {
        this.proxied = proxied;
    }

    public static NodeNetwork direct() {
        return new NodeNetwork(false);
    }

    public static NodeNetwork proxied() {
        return new NodeNetwork(true);
    }

    public boolean isProxied() {
        return proxied;
    }

    /**
     * The port at which others reach a node; the same at each call.
     *
     * @param port of the node itself
     */
    public int port(String node, int port) {
        if (!proxied) {
            return port;
        }
        TcpProxy proxy = node(node).proxy();
        proxy.leadTo(port);
        return proxy.port();
    }

    /** The port of the node behind one that {@link #port} returned. */
    public int nodePort(int port) {
        return nodes.stream()
                .filter(each -> each.proxy().port() == port)
                .mapToInt(each -> each.proxy().target())
                .findFirst()
                .orElse(port);
    }

    /** The address that a node's connections to others come from. */
    public String source(String node) {
        return find(node).source().getHostAddress();
    }

    private synchronized Node node(String name) {
        return nodes.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseGet(() -> {
                    var added = new Node(name, address(nodes.size() + 1), TcpProxy.listen());
                    nodes.add(added);
                    return added;
                });
    }

    private Node find(String name) {
        return nodes.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no link to " + name + "; there are " + nodes));
    }

    private static InetAddress address(int number) {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, SUBNET, (byte) number});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    /** What a node no longer does. */
    public enum Lost {
        SENDING,
        RECEIVING
    }

    /**
     * Until the returned action runs, the node does not send to the other nodes, or receive from them, or neither. Its clients
     * notice nothing.
     *
     * @param clients address of clients that use the same proxies
     */
    public Runnable isolate(String node, Set<Lost> lost, Predicate<InetAddress> clients) {
        Node isolated = find(node);
        var disturbed = new ArrayList<TcpProxy>();
        for (Node each : nodes) {
            boolean own = each.equals(isolated);
            var directions = EnumSet.noneOf(NetworkFault.Direction.class);
            for (Lost one : lost) {
                // It is the server of connections to it, and the client of those that it opened.
                directions.add(
                        (one == Lost.SENDING) == own
                                ? NetworkFault.Direction.REPLIES
                                : NetworkFault.Direction.REQUESTS);
            }
            each.proxy()
                    .disturb(
                            new NetworkFault.Partition(directions),
                            own ? clients.negate() : source -> source.equals(isolated.source()));
            disturbed.add(each.proxy());
        }
        return () -> disturbed.forEach(TcpProxy::heal);
    }

    @Override
    public void close() {
        nodes.forEach(each -> each.proxy().close());
    }
}
