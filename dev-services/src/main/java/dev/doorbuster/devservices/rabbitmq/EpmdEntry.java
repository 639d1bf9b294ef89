package dev.doorbuster.devservices.rabbitmq;

import dev.doorbuster.devservices.process.command.ReadyProbe;
import dev.doorbuster.devservices.support.UncheckedIo;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A node's name in an Erlang name server (epmd), with a port of our choice, until it is closed: ALIVE2_REQ of the <a
 * href="https://www.erlang.org/doc/apps/erts/erl_dist_protocol.html">distribution protocol</a>.
 */
record EpmdEntry(Socket socket) implements AutoCloseable {
    private static final int ALIVE2_REQ = 120;
    private static final int ALIVE2_RESP = 121;
    private static final int ALIVE2_X_RESP = 118;
    private static final int NORMAL_NODE = 77;
    private static final int TCP_IPV4 = 0;
    private static final int VERSION_MAX = 6;
    private static final int VERSION_MIN = 5;
    private static final int FIXED_BYTES = 13;
    private static final int TIMEOUT_MILLIS = (int) ReadyProbe.PROBE_TIMEOUT.toMillis();

    /** The entry lasts as long as its connection. */
    static EpmdEntry add(int epmd, String name, int port) {
        var socket = new Socket();
        try {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), epmd), TIMEOUT_MILLIS);
            byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
            var out = new DataOutputStream(socket.getOutputStream());
            out.writeShort(FIXED_BYTES + bytes.length);
            out.writeByte(ALIVE2_REQ);
            out.writeShort(port);
            out.writeByte(NORMAL_NODE);
            out.writeByte(TCP_IPV4);
            out.writeShort(VERSION_MAX);
            out.writeShort(VERSION_MIN);
            out.writeShort(bytes.length);
            out.write(bytes);
            out.writeShort(0);
            out.flush();
            var in = new DataInputStream(socket.getInputStream());
            int response = in.readUnsignedByte();
            int result = in.readUnsignedByte();
            if ((response != ALIVE2_RESP && response != ALIVE2_X_RESP) || result != 0) {
                throw new IOException("epmd answered %d, %d to the name %s".formatted(response, result, name));
            }
            return new EpmdEntry(socket);
        } catch (IOException e) {
            try {
                socket.close();
            } catch (IOException closing) {
                e.addSuppressed(closing);
            }
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        UncheckedIo.run(() -> socket.close());
    }
}
