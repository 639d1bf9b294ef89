package dev.doorbuster.learn.memcached;

import dev.doorbuster.learn.lesson.Lesson;
import dev.doorbuster.learn.lesson.Step;
import dev.doorbuster.learn.run.LessonSession;
import dev.doorbuster.learn.run.LessonSession.LessonReply;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import net.rubyeye.xmemcached.GetsResponse;
import net.rubyeye.xmemcached.MemcachedClient;
import net.rubyeye.xmemcached.exception.MemcachedException;

/** One client for all actors; each actor keeps the versions that it has read. Replies are those that the server sent. */
final class MemcachedSession implements LessonSession {
    private static final String LINE_END = "\r\n";
    private static final int SHOWN_MAX = 2000;
    private static final String SETTINGS = "settings";

    private final MemcachedLessonServer server;
    private final MemcachedClient client;
    private final RecordingRelay relay;
    private final Lesson lesson;
    private final Map<String, Long> versions = new HashMap<>();

    MemcachedSession(MemcachedLessonServer server, MemcachedClient client, RecordingRelay relay, Lesson lesson) {
        this.server = server;
        this.client = client;
        this.relay = relay;
        this.lesson = lesson;
    }

    @Override
    public Future<LessonReply> execute(Step step) {
        var command = new MemcachedCommand(step.command());
        if (KeySpread.has(command.name())) {
            return Future.succeededFuture(new LessonReply(step.command(), KeySpread.reply(command.words())));
        }
        return server.blocking(() -> {
            relay.clear();
            try {
                call(step.actor(), command);
            } catch (MemcachedException e) {
                // An error reply: it is in the record.
                if (relay.received().isEmpty()) {
                    throw e;
                }
            }
            return new LessonReply(shown(relay.sent()), shown(reply(command)));
        });
    }

    private void call(String actor, MemcachedCommand command)
            throws TimeoutException, InterruptedException, MemcachedException {
        switch (command.name()) {
            case "set" -> client.set(command.key(1), expiry(command), command.value(2));
            case "add" -> client.add(command.key(1), expiry(command), command.value(2));
            case "replace" -> client.replace(command.key(1), expiry(command), command.value(2));
            case "append" -> client.append(command.key(1), command.value(2));
            case "prepend" -> client.prepend(command.key(1), command.value(2));
            case "get" -> client.get(command.key(1));
            case "gets" -> gets(actor, command.key(1));
            case "cas" -> {
                long version = versions.getOrDefault(actor + " " + command.key(1), 0L);
                client.cas(command.key(1), expiry(command), command.value(2), version);
            }
            case "incr" -> client.incr(command.key(1), command.number(2, 1), 0, opMax(), MemcachedCommand.EXPIRY);
            case "decr" -> client.decr(command.key(1), command.number(2, 1), 0, opMax(), MemcachedCommand.EXPIRY);
            case "touch" -> client.touch(command.key(1), command.number(2, MemcachedCommand.EXPIRY));
            case "delete" -> client.delete(command.key(1));
            case "get_multi" -> client.get(command.keys());
            case "set_multi" -> {
                for (int pair = 1; pair < command.size(); pair++) {
                    client.set(command.keys().get(pair - 1), MemcachedCommand.EXPIRY, command.pairValue(pair));
                }
            }
            case "delete_multi" -> {
                for (String key : command.keys()) {
                    client.delete(key);
                }
            }
            case "stats" -> client.getStatsByItem(command.is(1, SETTINGS) ? SETTINGS : null, opMax());
            case "version" -> client.getVersions();
            default -> throw new IllegalArgumentException("no Memcached command: " + command.name());
        }
    }

    private long opMax() {
        return client.getOpTimeout();
    }

    private static int expiry(MemcachedCommand command) {
        return command.number(3, MemcachedCommand.EXPIRY);
    }

    private void gets(String actor, String key) throws TimeoutException, InterruptedException, MemcachedException {
        GetsResponse<String> read = client.gets(key);
        if (read != null) {
            versions.put(actor + " " + key, read.getCas());
        }
    }

    /** Of the stats, those that the command names. */
    private String reply(MemcachedCommand command) {
        if (!command.name().equals("stats")) {
            return relay.received();
        }
        List<String> wanted = command.words().stream()
                .skip(1)
                .map(name -> "STAT " + name + " ")
                .toList();
        return relay.received()
                .lines()
                .filter(line -> wanted.stream().anyMatch(line::startsWith))
                .collect(Collectors.joining(LINE_END));
    }

    /** In one line: the ends of lines are shown as a sign. */
    private static String shown(String raw) {
        String text = new String(raw.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).strip();
        String bounded = text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "…" : text;
        return bounded.replace(LINE_END, " ⏎ ");
    }

    @Override
    public String expected(String reply) {
        return reply.replace("@", MemcachedCommand.PREFIX);
    }

    /** Deletes every key that the lesson names. */
    Future<Void> clear() {
        var keys = new TreeSet<String>();
        lesson.setup().forEach(command -> keys.addAll(new MemcachedCommand(command).keys()));
        lesson.steps().forEach(step -> keys.addAll(new MemcachedCommand(step.command()).keys()));
        return server.blocking(() -> {
            for (String key : keys) {
                client.delete(key);
            }
            return null;
        });
    }

    @Override
    public Future<Void> close() {
        return clear();
    }
}
