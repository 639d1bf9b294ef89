package dev.doorbuster.cli.bench.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One keep-alive connection with at most one outstanding request. */
final class ClientConnection {
    /** Small, because an overload needs thousands of connections. */
    private static final int RESPONSE_BYTES_MAX = 4 * 1024;

    private static final int REQUEST_BYTES_MAX = 2 * 1024;

    private final int port;
    private final ResponseParser parser = new ResponseParser();
    private final ByteBuffer in = ByteBuffer.allocate(RESPONSE_BYTES_MAX);
    private final ByteBuffer out = ByteBuffer.allocate(REQUEST_BYTES_MAX);
    private SocketChannel channel;
    private SelectionKey key;
    private long intendedNanos;
    private boolean outstanding;

    ClientConnection(int port) {
        this.port = port;
    }

    void connect(Selector selector) throws IOException {
        channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        key = channel.register(selector, SelectionKey.OP_READ, this);
        in.clear();
        outstanding = false;
    }

    void send(RequestEncoder requests, long intended) throws IOException {
        intendedNanos = intended;
        outstanding = true;
        out.clear();
        requests.encode(out);
        out.flip();
        flush();
    }

    /** Writes as much as the socket accepts; the rest follows when it is writable. */
    void flush() throws IOException {
        int unused = channel.write(out);
        int wanted = out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (key.interestOps() != wanted) {
            key.interestOps(wanted);
        }
    }

    /** Whether the response to the outstanding request is complete. */
    boolean receive() throws IOException {
        if (channel.read(in) < 0) {
            throw new IOException("the server closed the connection");
        }
        int end = parser.parse(in.array(), in.position());
        if (end == ResponseParser.INCOMPLETE) {
            if (!in.hasRemaining()) {
                throw new IOException("a response of more than " + RESPONSE_BYTES_MAX + " bytes");
            }
            return false;
        }
        in.flip().position(end);
        in.compact();
        boolean expected = outstanding;
        outstanding = false;
        return expected;
    }

    int status() {
        return parser.status();
    }

    long intendedNanos() {
        return intendedNanos;
    }

    boolean isOutstanding() {
        return outstanding;
    }

    void close() {
        try {
            channel.close();
        } catch (IOException closedAnyway) {
            outstanding = false;
        }
    }
}
