package dev.doorbuster.crowd.room;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A sale's stream over a plain connection. A crowd reads thousands of them: events are looked for in the bytes, without
 * decoding HTTP, and bytes that another stream of the crowd had last are not read again.
 */
final class RoomStream {
    private static final String OK = "HTTP/1.1 200 ";
    /** Ends each chunk; no event has it inside. */
    private static final String CHUNK_END = "\r\n";

    private final Shared shared;
    private final NetSocket socket;
    private final Consumer<RoomMoved> moved;
    private Buffer rest;
    private boolean accepted;

    /** What the streams of a crowd share. */
    static final class Shared {
        private final NetClient client;
        private byte[] lastPart = {};
        private RoomMoved lastMoved;

        Shared(NetClient client) {
            this.client = client;
        }

        private RoomMoved read(Buffer part) {
            // Arrays compare words at a time.
            byte[] bytes = part.getBytes();
            if (!Arrays.equals(bytes, lastPart)) {
                lastPart = bytes;
                lastMoved = RoomMoved.lastIn(new String(bytes, StandardCharsets.UTF_8));
            }
            return lastMoved;
        }

        Future<Void> close() {
            return client.close();
        }
    }

    private RoomStream(Shared shared, NetSocket socket, Consumer<RoomMoved> moved) {
        this.shared = shared;
        this.socket = socket;
        this.moved = moved;
    }

    /** Opens the stream; fails if there is no connection. A refused stream is closed. */
    static Future<Void> open(Shared shared, URI notifier, String sale, Consumer<RoomMoved> moved, Runnable closed) {
        return shared.client.connect(notifier.getPort(), notifier.getHost()).map(socket -> {
            var stream = new RoomStream(shared, socket, moved);
            socket.handler(stream::take)
                    .exceptionHandler(lost -> stream.close())
                    .closeHandler(v -> closed.run());
            Future<Void> unused = socket.write("GET /api/sales/%s/events HTTP/1.1\r\nHost: %s:%d\r\n\r\n"
                    .formatted(sale, notifier.getHost(), notifier.getPort()));
            return null;
        });
    }

    private void close() {
        Future<Void> unused = socket.close();
    }

    private void take(Buffer part) {
        Buffer all = rest == null ? part : rest.appendBuffer(part);
        if (!endsAChunk(all)) {
            rest = all;
            return;
        }
        rest = null;
        if (!accepted && !all.getString(0, Math.min(OK.length(), all.length())).equals(OK)) {
            close();
            return;
        }
        accepted = true;
        RoomMoved last = shared.read(all);
        if (last != null) {
            moved.accept(last);
        }
    }

    private static boolean endsAChunk(Buffer part) {
        int from = part.length() - CHUNK_END.length();
        return from >= 0 && part.getString(from, part.length()).equals(CHUNK_END);
    }
}
