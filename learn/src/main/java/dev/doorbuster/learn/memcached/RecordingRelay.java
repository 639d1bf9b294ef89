package dev.doorbuster.learn.memcached;

import dev.doorbuster.runtime.config.Endpoint;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;

/**
 * Between the client and the server, on loopback: records what both send, because the client exposes neither. Bytes are recorded
 * before they are passed on, so the record is complete when the client has its reply.
 */
final class RecordingRelay {
    /** Recorded bytes in each direction; the rest of a large value is passed on only. */
    private static final int RECORDED_MAX = 16 * 1024;

    private final Endpoint target;
    private final NetClient client;
    private final NetServer server;
    private final StringBuilder sent = new StringBuilder();
    private final StringBuilder received = new StringBuilder();

    private RecordingRelay(Vertx vertx, Endpoint target) {
        this.target = target;
        this.client = vertx.createNetClient();
        this.server = vertx.createNetServer().connectHandler(this::connect);
    }

    static Future<RecordingRelay> start(Vertx vertx, Endpoint target) {
        var relay = new RecordingRelay(vertx, target);
        return relay.server.listen(0, "127.0.0.1").map(relay);
    }

    int port() {
        return server.actualPort();
    }

    private void connect(NetSocket near) {
        near.pause();
        client.connect(target.port(), target.host())
                .onSuccess(far -> {
                    pass(near, far, sent);
                    pass(far, near, received);
                    near.resume();
                })
                .onFailure(cause -> near.close());
    }

    private void pass(NetSocket from, NetSocket to, StringBuilder record) {
        from.handler(bytes -> {
                    record(record, bytes);
                    to.write(bytes);
                })
                .exceptionHandler(cause -> to.close())
                .closeHandler(closed -> to.close());
    }

    private synchronized void record(StringBuilder record, Buffer bytes) {
        int room = Math.min(bytes.length(), RECORDED_MAX - record.length());
        record.append(bytes.slice(0, Math.max(0, room)).toString(StandardCharsets.ISO_8859_1));
    }

    synchronized void clear() {
        sent.setLength(0);
        received.setLength(0);
    }

    synchronized String sent() {
        return sent.toString();
    }

    synchronized String received() {
        return received.toString();
    }

    Future<Void> close() {
        return server.close().transform(closed -> client.close());
    }
}
