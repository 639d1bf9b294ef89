package dev.doorbuster.racelab.schedule;

import dev.doorbuster.runtime.store.StoreUnavailableException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One connection that speaks Memcached's text protocol (its {@code protocol.txt}), because the client exposes neither commands
 * nor replies. One command at a time; without timeouts. Values are numbers.
 */
final class MemcachedTextConnection {
    private static final String LINE_END = "\r\n";
    private static final int LINE_BYTES_MAX = 512;
    /** The last line of a reply; a number or {@code VALUE …} is another one. */
    private static final Pattern LAST =
            Pattern.compile("END|STORED|NOT_STORED|EXISTS|NOT_FOUND|DELETED|ERROR|(CLIENT|SERVER)_ERROR.*");

    private final NetSocket socket;
    private final List<String> lines = new ArrayList<>();
    private Promise<String> reply = Promise.promise();

    MemcachedTextConnection(NetSocket socket) {
        this.socket = socket;
        socket.handler(RecordParser.newDelimited(LINE_END, this::receive).maxRecordSize(LINE_BYTES_MAX))
                .exceptionHandler(this::fail)
                .closeHandler(closed -> fail(new StoreUnavailableException("Memcached closed the connection")));
    }

    /** The reply's lines; those of the command are separated by a newline too. */
    Future<String> send(String command) {
        Promise<String> next = Promise.promise();
        reply = next;
        lines.clear();
        return socket.write(command.replace("\n", LINE_END) + LINE_END).compose(written -> next.future());
    }

    private void receive(Buffer line) {
        lines.add(line.toString());
        if (LAST.matcher(line.toString()).matches()) {
            boolean unused = reply.tryComplete(String.join("\n", lines));
        }
    }

    private void fail(Throwable cause) {
        boolean unused = reply.tryFail(cause);
    }
}
