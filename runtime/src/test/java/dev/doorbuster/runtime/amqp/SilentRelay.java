package dev.doorbuster.runtime.amqp;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A relay in front of a broker that drops one AMQP method on the first connections, as a queue without a leader does: the
 * connection and its heartbeats go on, and the reply or the confirm never comes.
 */
final class SilentRelay implements AutoCloseable {
    /** A client's request. */
    static final int BASIC_CONSUME = 60 << 16 | 20;
    /** A broker's confirm. */
    static final int BASIC_ACK = 60 << 16 | 80;

    private static final int PROTOCOL_HEADER_BYTES = 8;
    private static final int FRAME_METHOD = 1;

    private final ServerSocket listener;
    private final int brokerPort;
    private final int method;
    private final AtomicInteger toDrop;

    /** Drops the method in both directions. */
    SilentRelay(int brokerPort, int method, int connections) throws IOException {
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.brokerPort = brokerPort;
        this.method = method;
        this.toDrop = new AtomicInteger(connections);
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() throws IOException {
        while (!listener.isClosed()) {
            Socket client = listener.accept();
            Socket broker = new Socket(InetAddress.getLoopbackAddress(), brokerPort);
            boolean dropping = toDrop.getAndDecrement() > 0;
            start(() -> {
                try (client;
                        broker) {
                    broker.getOutputStream().write(client.getInputStream().readNBytes(PROTOCOL_HEADER_BYTES));
                    relay(client, broker, dropping);
                }
            });
            start(() -> {
                try (client;
                        broker) {
                    relay(broker, client, dropping);
                }
            });
        }
    }

    /** Frames of AMQP 0-9-1: type, channel, size, payload, end. */
    private void relay(Socket sender, Socket receiver, boolean dropping) throws IOException {
        var from = new DataInputStream(sender.getInputStream());
        // A frame in one packet: parts of it would wait for the delayed acknowledgement of the one before.
        var to = new DataOutputStream(new BufferedOutputStream(receiver.getOutputStream()));
        while (true) {
            int type = from.readUnsignedByte();
            int channel = from.readUnsignedShort();
            byte[] payload = new byte[from.readInt()];
            from.readFully(payload);
            int end = from.readUnsignedByte();
            if (dropping && type == FRAME_METHOD && method(payload) == method) {
                continue;
            }
            to.writeByte(type);
            to.writeShort(channel);
            to.writeInt(payload.length);
            to.write(payload);
            to.writeByte(end);
            to.flush();
        }
    }

    private static int method(byte[] payload) {
        return ByteBuffer.wrap(payload).getInt();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        var thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException closed) {
                        // One side has closed.
                    }
                },
                "relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
