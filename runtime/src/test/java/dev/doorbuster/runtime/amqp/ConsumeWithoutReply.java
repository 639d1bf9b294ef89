package dev.doorbuster.runtime.amqp;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A relay in front of a broker that drops {@code basic.consume} on the first connections, as a queue without a leader does:
 * the connection and its heartbeats go on, and the reply never comes.
 */
final class ConsumeWithoutReply implements AutoCloseable {
    private static final int PROTOCOL_HEADER_BYTES = 8;
    private static final int FRAME_METHOD = 1;
    private static final int BASIC_CONSUME = 60 << 16 | 20;

    private final ServerSocket listener;
    private final int brokerPort;
    private final AtomicInteger toDrop;

    ConsumeWithoutReply(int brokerPort, int connections) throws IOException {
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.brokerPort = brokerPort;
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
                    toBroker(client.getInputStream(), new DataOutputStream(broker.getOutputStream()), dropping);
                }
            });
            start(() -> {
                try (client;
                        broker) {
                    long unused = broker.getInputStream().transferTo(client.getOutputStream());
                }
            });
        }
    }

    /** Frames of AMQP 0-9-1: type, channel, size, payload, end. */
    private static void toBroker(InputStream client, DataOutputStream broker, boolean dropping) throws IOException {
        var from = new DataInputStream(client);
        broker.write(from.readNBytes(PROTOCOL_HEADER_BYTES));
        while (true) {
            int type = from.readUnsignedByte();
            int channel = from.readUnsignedShort();
            byte[] payload = new byte[from.readInt()];
            from.readFully(payload);
            int end = from.readUnsignedByte();
            if (dropping && type == FRAME_METHOD && method(payload) == BASIC_CONSUME) {
                continue;
            }
            broker.writeByte(type);
            broker.writeShort(channel);
            broker.writeInt(payload.length);
            broker.write(payload);
            broker.writeByte(end);
            broker.flush();
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
