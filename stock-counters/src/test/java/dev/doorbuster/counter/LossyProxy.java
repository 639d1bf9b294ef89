package dev.doorbuster.counter;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.atomic.AtomicReference;

/** A proxy between a store and its client that can drop a reply after the server has executed the command. */
public final class LossyProxy {
    private static final int TEXT_LENGTH_MAX = 16;

    private final Vertx vertx;
    private final int serverPort;
    private final AtomicReference<String> loseReplyTo = new AtomicReference<>();
    private final NetServer proxy;

    private LossyProxy(Vertx vertx, int serverPort) {
        this.vertx = vertx;
        this.serverPort = serverPort;
        this.proxy = vertx.createNetServer().connectHandler(this::connect);
    }

    public static Future<LossyProxy> start(Vertx vertx, int serverPort) {
        var lossy = new LossyProxy(vertx, serverPort);
        return lossy.proxy.listen(0, "127.0.0.1").map(lossy);
    }

    public int port() {
        return proxy.actualPort();
    }

    /** Drops the reply to the next command that contains this text, and closes the connection. */
    public void loseReplyTo(String text) {
        loseReplyTo.set(text);
    }

    public Future<Void> stop() {
        return proxy.close();
    }

    private void connect(NetSocket client) {
        client.pause();
        vertx.createNetClient()
                .connect(serverPort, "127.0.0.1")
                .onSuccess(server -> join(client, server))
                .onFailure(cause -> client.close());
    }

    private void join(NetSocket client, NetSocket server) {
        var link = new Object() {
            String sent = "";
            boolean losing;
        };
        client.handler(request -> {
            link.sent = link.sent.substring(Math.max(0, link.sent.length() - TEXT_LENGTH_MAX)) + request;
            link.losing |= isToBeLost(link.sent);
            server.write(request);
        });
        server.handler(reply -> {
            if (link.losing) {
                client.close();
            } else {
                client.write(reply);
            }
        });
        client.closeHandler(closed -> server.close());
        server.closeHandler(closed -> client.close());
        client.resume();
    }

    private boolean isToBeLost(String sent) {
        String text = loseReplyTo.get();
        return text != null && sent.contains(text) && loseReplyTo.compareAndSet(text, null);
    }
}
