package dev.doorbuster.devservices.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fixed address that forwards to the current leader, for clients that support a single address. On a change all connections
 * are closed, so that no client stays connected to the previous leader.
 */
public final class TcpRelay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TcpRelay.class);
    private static final int NOWHERE = 0;
    private static final int BACKLOG = 128;
    private static final int CONNECT_MILLIS_MAX = 2_000;

    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private int target = NOWHERE;

    private TcpRelay(ServerSocket listener) {
        this.listener = listener;
    }

    /** Without a target: connections are closed at once. */
    public static TcpRelay listen() {
        try {
            var relay = new TcpRelay(new ServerSocket(Ports.free(), BACKLOG, InetAddress.getLoopbackAddress()));
            start("relay", relay::accept);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
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
        open.forEach(TcpRelay::close);
        open.clear();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                start("relay-connection", () -> join(client));
            } catch (IOException closed) {
                LOG.debug("the relay stopped accepting: {}", closed.toString());
            }
        }
    }

    private void join(Socket client) {
        Socket server = new Socket();
        if (!admit(client, server)) {
            return;
        }
        start("relay-answers", () -> pump(server, client));
        pump(client, server);
    }

    /** Connects and registers atomically: no connection may be opened to a target that was just removed. */
    private synchronized boolean admit(Socket client, Socket server) {
        try {
            if (target == NOWHERE) {
                throw new IOException("the relay has no target");
            }
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), CONNECT_MILLIS_MAX);
            open.add(client);
            open.add(server);
            return true;
        } catch (IOException e) {
            close(client);
            close(server);
            return false;
        }
    }

    /** Until one side closes; then both are closed. */
    private void pump(Socket from, Socket to) {
        try {
            long unused = from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ended) {
            LOG.trace("a relayed connection ended: {}", ended.toString());
        }
        close(from);
        close(to);
        open.remove(from);
        open.remove(to);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("cannot close a relayed connection: {}", e.toString());
        }
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
            LOG.debug("cannot close the relay: {}", e.toString());
        }
        cut();
    }
}
