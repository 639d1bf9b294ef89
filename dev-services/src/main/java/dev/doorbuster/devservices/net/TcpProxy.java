package dev.doorbuster.devservices.net;

import dev.doorbuster.devservices.support.UncheckedIo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fixed address in front of a local server, whose network can be disturbed. Its target may change: then all connections are
 * closed, so that no client stays connected to a former leader. Two threads a connection.
 */
public final class TcpProxy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TcpProxy.class);
    private static final int NOWHERE = 0;
    private static final int BACKLOG = 128;
    private static final int CONNECT_MILLIS_MAX = 2_000;

    private final ServerSocket listener;
    private final Set<ProxiedConnection> open = ConcurrentHashMap.newKeySet();
    private int target = NOWHERE;
    private NetworkFault fault;
    private Predicate<InetAddress> sources = any -> true;

    private TcpProxy(ServerSocket listener) {
        this.listener = listener;
    }

    /** Without a target: connections are closed at once. */
    public static TcpProxy listen() {
        return UncheckedIo.get(() -> {
            var proxy = new TcpProxy(Ports.listen(BACKLOG));
            start("proxy", proxy::accept);
            return proxy;
        });
    }

    public static TcpProxy to(int port) {
        TcpProxy proxy = listen();
        proxy.leadTo(port);
        return proxy;
    }

    public int port() {
        return listener.getLocalPort();
    }

    synchronized int target() {
        return target;
    }

    /** Forwards to this local port from now on. */
    public synchronized void leadTo(int port) {
        if (port != target) {
            cut();
            target = port;
        }
    }

    /** Removes the target. */
    public synchronized void cut() {
        target = NOWHERE;
        closeConnections();
    }

    /** Closes all connections; new ones are accepted. */
    public void closeConnections() {
        open.forEach(ProxiedConnection::close);
        open.clear();
    }

    /** Until {@link #heal()}, which ends it for all connections. */
    public void disturb(NetworkFault next) {
        disturb(next, any -> true);
    }

    /** As {@link #disturb(NetworkFault)}, for connections from these addresses only. */
    public synchronized void disturb(NetworkFault next, Predicate<InetAddress> from) {
        fault = next;
        sources = from;
        open.stream().filter(connection -> from.test(connection.source())).forEach(each -> each.disturbed(next));
        notifyAll();
    }

    /** Connections that a half-open fault has broken are reset: their ends learn of it at last. */
    public synchronized void heal() {
        fault = null;
        open.forEach(ProxiedConnection::healed);
        notifyAll();
    }

    synchronized Optional<NetworkFault> fault(InetAddress source) {
        return Optional.ofNullable(fault).filter(active -> sources.test(source));
    }

    /** Ends a fault that happens once; false if it has ended before. */
    synchronized boolean takeOnce(NetworkFault once) {
        if (fault != once) {
            return false;
        }
        fault = null;
        return true;
    }

    /** Returns when the fault is not this one any more, at the latest after {@code max}. */
    synchronized void awaitChange(NetworkFault seen, Duration max) throws InterruptedException {
        long end = System.nanoTime() + max.toNanos();
        for (long left = max.toNanos(); fault == seen && left > 0; left = end - System.nanoTime()) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
    }

    /** Returns when bytes of this direction pass. */
    synchronized void awaitPassage(NetworkFault.Direction direction, InetAddress source) throws InterruptedException {
        while (!listener.isClosed()
                && fault instanceof NetworkFault.Partition partition
                && partition.directions().contains(direction)
                && sources.test(source)) {
            wait();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                start("proxy-requests", () -> join(client));
            } catch (IOException closed) {
                LOG.debug("the proxy stopped accepting: {}", closed.toString());
            }
        }
    }

    private void join(Socket client) {
        try {
            awaitPassage(NetworkFault.Direction.REQUESTS, client.getInetAddress());
            ProxiedConnection connection = admit(client);
            start("proxy-replies", () -> connection.pump(NetworkFault.Direction.REPLIES));
            connection.pump(NetworkFault.Direction.REQUESTS);
        } catch (IOException | InterruptedException e) {
            LOG.trace("not connected: {}", e.toString());
            ProxiedConnection.close(client);
        }
    }

    /** Connects and registers atomically: no connection may be opened to a target that was just removed. */
    private synchronized ProxiedConnection admit(Socket client) throws IOException {
        if (target == NOWHERE) {
            throw new IOException("the proxy has no target");
        }
        Socket server = new Socket();
        try {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), CONNECT_MILLIS_MAX);
        } catch (IOException e) {
            ProxiedConnection.close(server);
            throw e;
        }
        var connection = new ProxiedConnection(this, client, server);
        open.add(connection);
        return connection;
    }

    void ended(ProxiedConnection connection) {
        open.remove(connection);
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            LOG.debug("cannot close the proxy: {}", e.toString());
        }
        heal();
        cut();
    }
}
