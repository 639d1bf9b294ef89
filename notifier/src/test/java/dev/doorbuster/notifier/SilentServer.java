package dev.doorbuster.notifier;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;

/** Accepts connections and never sends a byte, not even for TLS. */
public final class SilentServer {
    private final NetServer server;

    public SilentServer(Vertx vertx) {
        server = Stage.get(vertx.createNetServer().connectHandler(socket -> {}).listen(0, "127.0.0.1"));
    }

    public String httpsUrl() {
        return "https://127.0.0.1:" + server.actualPort();
    }
}
