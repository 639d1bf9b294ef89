package dev.doorbuster.order.edge.admission;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;

/**
 * A connection of an event loop to itself. A byte that is sent waits in its socket as long as a request does. Timers do not show
 * it: the selector reports 1,024 ready sockets at a time, and timers run between. To be used on one event loop only.
 */
public final class SocketReadProbe implements AdmissionControl.Probe {
    private static final String LOOPBACK = "127.0.0.1";
    private static final Buffer BYTE = Buffer.buffer(new byte[1]);

    private final NetServer server;
    private final NetClient client;
    private NetSocket socket;
    private Runnable read = () -> {};

    public SocketReadProbe(Vertx vertx) {
        this.server = vertx.createNetServer();
        this.client = vertx.createNetClient();
    }

    public Future<Void> start() {
        return server.connectHandler(accepted -> accepted.handler(bytes -> read.run()))
                .listen(0, LOOPBACK)
                .compose(listening -> client.connect(listening.actualPort(), LOOPBACK))
                .onSuccess(connected -> {
                    socket = connected;
                    connected.closeHandler(closed -> {
                        socket = null;
                        read.run();
                    });
                })
                .mapEmpty();
    }

    public Future<Void> stop() {
        return client.close().transform(closed -> server.close());
    }

    @Override
    public boolean send(Runnable whenRead) {
        if (socket == null) {
            return false;
        }
        read = whenRead;
        Future<Void> unused = socket.write(BYTE);
        return true;
    }
}
