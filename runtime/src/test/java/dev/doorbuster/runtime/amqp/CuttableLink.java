package dev.doorbuster.runtime.amqp;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A connection that can be interrupted: to the server its client then looks dead, with all its unacknowledged messages. */
public final class CuttableLink {
    private final Vertx vertx;
    private final int serverPort;
    private final Set<NetSocket> ends = ConcurrentHashMap.newKeySet();
    private NetServer listener;

    public CuttableLink(Vertx vertx, int serverPort) {
        this.vertx = vertx;
        this.serverPort = serverPort;
    }

    public Future<CuttableLink> open() {
        return vertx.createNetServer()
                .connectHandler(this::join)
                .listen(0, "127.0.0.1")
                .onSuccess(listening -> listener = listening)
                .map(this);
    }

    public int port() {
        return listener.actualPort();
    }

    public void cut() {
        ends.forEach(end -> end.close().onFailure(gone -> {}));
    }

    private void join(NetSocket client) {
        client.pause();
        ends.add(client);
        vertx.createNetClient()
                .connect(serverPort, "127.0.0.1")
                .onSuccess(server -> {
                    ends.add(server);
                    pipe(client, server);
                    pipe(server, client);
                })
                .onFailure(away -> client.close().onFailure(gone -> {}));
    }

    private void pipe(NetSocket from, NetSocket to) {
        from.handler(bytes -> to.write(bytes).onFailure(gone -> {}));
        from.closeHandler(closed -> {
            ends.remove(from);
            to.close().onFailure(gone -> {});
        });
        from.resume();
    }
}
