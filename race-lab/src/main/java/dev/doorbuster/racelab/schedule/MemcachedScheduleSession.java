package dev.doorbuster.racelab.schedule;

import dev.doorbuster.racelab.schedule.ScheduleResult.CommandReply;
import dev.doorbuster.racelab.schedule.ScheduleStrategy.ScheduleAction;
import dev.doorbuster.runtime.config.Endpoint;
import dev.doorbuster.runtime.store.StoreUnavailableException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A connection for each buyer. */
final class MemcachedScheduleSession implements ScheduleSession {
    private final NetClient client;
    private final Endpoint server;
    private final String key;
    private final long keyLifeSeconds;
    private final Map<String, MemcachedTextConnection> connections = new HashMap<>();
    private final Map<String, CounterItem> read = new HashMap<>();
    private final List<String> owners = new ArrayList<>();

    MemcachedScheduleSession(Vertx vertx, Endpoint server, String key, long keyLifeSeconds) {
        this.client = vertx.createNetClient();
        this.server = server;
        this.key = key;
        this.keyLifeSeconds = keyLifeSeconds;
    }

    /** A reply to gets. */
    private record CounterItem(long left, String version) {
        /** @throws IllegalStateException if the key is missing */
        static CounterItem of(String reply) {
            String[] lines = reply.split("\n", -1);
            if (lines.length != 3) {
                throw new IllegalStateException("no counter in: " + reply);
            }
            return new CounterItem(Long.parseLong(lines[1]), lines[0].substring(lines[0].lastIndexOf(' ') + 1));
        }
    }

    @Override
    public Future<Void> open() {
        return Future.all(Schedule.BUYERS.stream().map(this::connect).toList())
                .compose(connected -> any().send(storing("set", ScheduleResult.STOCK, "")))
                .mapEmpty();
    }

    private Future<Void> connect(String buyer) {
        return client.connect(server.port(), server.host())
                .onSuccess(socket -> connections.put(buyer, new MemcachedTextConnection(socket)))
                .mapEmpty();
    }

    /** @param version empty, or a space and the version */
    private String storing(String command, long left, String version) {
        String value = Long.toString(left);
        return command + " " + key + " 0 " + keyLifeSeconds + " " + value.length() + version + "\n" + value;
    }

    @Override
    public Future<List<CommandReply>> execute(String buyer, ScheduleAction action) {
        return switch (action) {
            case READ ->
                send(buyer, "gets " + key).map(sent -> {
                    read.put(buyer, CounterItem.of(sent.reply()));
                    return List.of(sent);
                });
            case WRITE ->
                read.get(buyer).left() <= 0
                        ? Future.succeededFuture(List.of())
                        : write(buyer).map(List::of);
            case WATCH, EXEC -> Future.failedFuture("Memcached has no " + action);
        };
    }

    private Future<CommandReply> write(String buyer) {
        CounterItem item = read.get(buyer);
        return send(buyer, storing("cas", item.left() - 1, " " + item.version()))
                .onSuccess(sent -> {
                    if (sent.reply().equals("STORED")) {
                        owners.add(buyer);
                    }
                });
    }

    private Future<CommandReply> send(String buyer, String command) {
        return connections.get(buyer).send(command).map(reply -> new CommandReply(buyer, command, reply));
    }

    private MemcachedTextConnection any() {
        return connections.get(Schedule.BUYERS.get(0));
    }

    @Override
    public List<String> owners() {
        return owners;
    }

    @Override
    public Future<Long> left() {
        return any().send("gets " + key).map(reply -> CounterItem.of(reply).left());
    }

    @Override
    public Future<Void> delete() {
        return any() == null
                ? Future.succeededFuture()
                : any().send("delete " + key).mapEmpty();
    }

    @Override
    public void close() {
        client.close();
    }

    /**
     * One connection that speaks Memcached's text protocol (its {@code protocol.txt}), because the client exposes neither commands
     * nor replies. One command at a time; without timeouts. Values are numbers.
     */
    private static final class MemcachedTextConnection {
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
}
