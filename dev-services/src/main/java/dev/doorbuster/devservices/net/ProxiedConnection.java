package dev.doorbuster.devservices.net;

import dev.doorbuster.devservices.net.NetworkFault.Direction;
import dev.doorbuster.devservices.net.NetworkFault.HalfOpen;
import dev.doorbuster.devservices.net.NetworkFault.Latency;
import dev.doorbuster.devservices.net.NetworkFault.LostReply;
import dev.doorbuster.devservices.net.NetworkFault.Pieces;
import dev.doorbuster.devservices.net.NetworkFault.Reset;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two halves of a connection through a {@link TcpProxy}. */
final class ProxiedConnection {
    private static final Logger LOG = LoggerFactory.getLogger(ProxiedConnection.class);
    private static final int CHUNK_BYTES = 16 * 1024;
    /** Of a request whose reply is lost. */
    private static final int TEXT_LENGTH_MAX = 16;

    private final TcpProxy proxy;
    private final Socket client;
    private final Socket server;
    /** Its bytes vanish, and so does its end. */
    private volatile boolean broken;
    /** It is reset at its next reply. */
    private volatile boolean doomed;
    /** Its next reply is lost. */
    private volatile boolean losing;
    /** End of what the client sent; used by one thread only. */
    private String sent = "";

    ProxiedConnection(TcpProxy proxy, Socket client, Socket server) {
        this.proxy = proxy;
        this.client = client;
        this.server = server;
    }

    /** The client's address. */
    InetAddress source() {
        return client.getInetAddress();
    }

    void disturbed(NetworkFault fault) {
        broken |= fault instanceof HalfOpen;
        doomed |= fault instanceof Reset;
    }

    void healed() {
        doomed = false;
        if (broken) {
            reset();
        }
    }

    /** Until one side closes and the network lets the other learn it. */
    void pump(Direction direction) {
        Socket from = direction == Direction.REQUESTS ? client : server;
        Socket to = direction == Direction.REQUESTS ? server : client;
        byte[] chunk = new byte[CHUNK_BYTES];
        try {
            for (int length; (length = from.getInputStream().read(chunk)) >= 0; ) {
                if (!broken) {
                    pass(direction, chunk, length, to.getOutputStream());
                }
            }
        } catch (IOException ended) {
            LOG.trace("a proxied connection ended: {}", ended.toString());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        if (broken) {
            close(from);
        } else {
            end(direction, from, to);
        }
    }

    /** Each end learns it in its own direction. */
    private void end(Direction direction, Socket from, Socket to) {
        try {
            proxy.awaitPassage(direction, source());
            close(to);
            proxy.awaitPassage(direction == Direction.REQUESTS ? Direction.REPLIES : Direction.REQUESTS, source());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        close(from);
        proxy.ended(this);
    }

    private void pass(Direction direction, byte[] bytes, int length, OutputStream to)
            throws IOException, InterruptedException {
        proxy.awaitPassage(direction, source());
        if (broken) {
            return;
        }
        if (doomed && direction == Direction.REPLIES) {
            to.write(bytes, 0, length / 2);
            reset();
            return;
        }
        if (direction == Direction.REQUESTS) {
            look(bytes, length);
        } else if (losing) {
            close();
            return;
        }
        write(bytes, length, to);
    }

    private void look(byte[] bytes, int length) {
        sent = sent.substring(Math.max(0, sent.length() - TEXT_LENGTH_MAX))
                + new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        losing |= proxy.fault(source()).orElse(null) instanceof LostReply lost
                && sent.contains(lost.request())
                && proxy.takeOnce(lost);
    }

    private void write(byte[] bytes, int length, OutputStream to) throws IOException, InterruptedException {
        int begin = 0;
        while (begin < length) {
            NetworkFault fault = proxy.fault(source()).orElse(null);
            int piece = length - begin;
            if (fault instanceof Latency late) {
                proxy.awaitChange(fault, late.delay().plus(random(late.jitter())));
            } else if (fault instanceof Pieces pieces) {
                piece = Math.min(piece, pieces.bytes());
                proxy.awaitChange(fault, pieces.interval());
            }
            to.write(bytes, begin, piece);
            begin += piece;
        }
    }

    private static Duration random(Duration max) {
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(max.toNanos() + 1));
    }

    /** Both ends receive a reset instead of an orderly end. */
    private void reset() {
        for (Socket socket : new Socket[] {client, server}) {
            try {
                socket.setSoLinger(true, 0);
            } catch (IOException closed) {
                LOG.trace("already closed: {}", closed.toString());
            }
        }
        close();
        proxy.ended(this);
    }

    void close() {
        close(client);
        close(server);
    }

    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("cannot close a proxied connection: {}", e.toString());
        }
    }
}
