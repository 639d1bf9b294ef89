package dev.doorbuster.devservices;

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
 * One address that leads to whoever is in charge, for clients that know one address only. When that changes all
 * connections are cut, so that nobody goes on talking to the one before.
 */
final class TcpRelay implements AutoCloseable {
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

    /** Leads nowhere yet: what connects is closed at once. */
    static TcpRelay listen() {
        try {
            var relay = new TcpRelay(new ServerSocket(Ports.free(), BACKLOG, InetAddress.getLoopbackAddress()));
            start("relay", relay::accept);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** From now on leads to that port of this machine. */
    synchronized void leadTo(int port) {
        if (port != target) {
            cut();
            target = port;
        }
    }

    /** Leads nowhere until further notice. */
    synchronized void cut() {
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
                LOG.debug("the relay accepts no more: {}", closed.toString());
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

    /** Connected and entered as one step: nothing may be connected to a target that has just been given up. */
    private synchronized boolean admit(Socket client, Socket server) {
        try {
            if (target == NOWHERE) {
                throw new IOException("nobody is in charge");
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

    /** Until either side ends, and then both do. */
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
            LOG.debug("closing a relayed connection: {}", e.toString());
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
            LOG.debug("closing the relay: {}", e.toString());
        }
        cut();
    }
}
