package dev.doorbuster.racelab.schedule;

import dev.doorbuster.learn.redis.RedisReplies;
import dev.doorbuster.racelab.schedule.ScheduleResult.CommandReply;
import dev.doorbuster.racelab.schedule.ScheduleStrategy.ScheduleAction;
import dev.doorbuster.runtime.store.RedisStore;
import dev.doorbuster.runtime.store.RedisStore.RawRedis;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A connection for each buyer, and one for the client that the tutorial's example calls {@code watch} on. */
final class RedisScheduleSession implements ScheduleSession {
    private static final String CLIENT = "client";

    private final RedisStore redis;
    private final boolean watchesElsewhere;
    private final String key;
    private final long keyLifeMillis;
    private final Map<String, RawRedis> connections = new HashMap<>();
    private final Map<String, Long> read = new HashMap<>();
    private final List<String> owners = new ArrayList<>();
    private boolean closed;

    /** @param watchesElsewhere whether WATCH goes through the client's connection, and not through the buyer's */
    RedisScheduleSession(RedisStore redis, boolean watchesElsewhere, String key, long keyLifeMillis) {
        this.redis = redis;
        this.watchesElsewhere = watchesElsewhere;
        this.key = key;
        this.keyLifeMillis = keyLifeMillis;
    }

    @Override
    public Future<Void> open() {
        var names = new ArrayList<>(Schedule.BUYERS);
        names.add(CLIENT);
        return Future.all(names.stream().map(this::connect).toList())
                .compose(connected -> send(CLIENT, "SET", key, ScheduleResult.STOCK, "PX", keyLifeMillis))
                .mapEmpty();
    }

    private Future<Void> connect(String name) {
        return redis.raw()
                .onSuccess(raw -> {
                    if (closed) {
                        raw.close();
                    } else {
                        connections.put(name, raw);
                    }
                })
                .mapEmpty();
    }

    @Override
    public Future<List<CommandReply>> execute(String buyer, ScheduleAction action) {
        var replies = new ArrayList<CommandReply>();
        Future<Void> done = switch (action) {
            case WATCH ->
                send(replies, watchesElsewhere ? CLIENT : buyer, "WATCH", key).mapEmpty();
            case READ ->
                send(replies, buyer, "GET", key)
                        .map(left -> read.put(buyer, left.toLong()))
                        .mapEmpty();
            case WRITE -> nothingLeft(buyer) ? Future.succeededFuture() : write(replies, buyer);
            case EXEC -> nothingLeft(buyer) ? Future.succeededFuture() : transaction(replies, buyer);
        };
        return done.map(replies);
    }

    private boolean nothingLeft(String buyer) {
        return read.get(buyer) <= 0;
    }

    /** Only if the key exists, and with its expiry: a late command must not create a key without expiry. */
    private Future<Void> write(List<CommandReply> replies, String buyer) {
        return send(replies, buyer, "SET", key, read.get(buyer) - 1, "XX", "KEEPTTL")
                .onSuccess(set -> owners.add(buyer))
                .mapEmpty();
    }

    private Future<Void> transaction(List<CommandReply> replies, String buyer) {
        return send(replies, buyer, "MULTI")
                .compose(queueing -> send(replies, buyer, "DECR", key))
                .compose(queued -> send(replies, buyer, "EXEC"))
                .onSuccess(executed -> {
                    if (executed != null) {
                        owners.add(buyer);
                    }
                })
                .mapEmpty();
    }

    private Future<Response> send(List<CommandReply> replies, String connection, Object... words) {
        return send(connection, words)
                .onSuccess(reply -> replies.add(new CommandReply(connection, joined(words), RedisReplies.text(reply))));
    }

    private Future<Response> send(String connection, Object... words) {
        Request request = Request.cmd(Command.create(words[0].toString()));
        for (int word = 1; word < words.length; word++) {
            request.arg(words[word].toString());
        }
        return connections.get(connection).connection().send(request);
    }

    private static String joined(Object... words) {
        return Stream.of(words).map(Object::toString).collect(Collectors.joining(" "));
    }

    @Override
    public List<String> owners() {
        return owners;
    }

    @Override
    public Future<Long> left() {
        return send(CLIENT, "GET", key).map(Response::toLong);
    }

    @Override
    public Future<Void> delete() {
        return connections.containsKey(CLIENT) ? send(CLIENT, "DEL", key).mapEmpty() : Future.succeededFuture();
    }

    @Override
    public void close() {
        closed = true;
        connections.values().forEach(RawRedis::close);
    }
}
