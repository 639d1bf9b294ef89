package dev.doorbuster.learn.memcached;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/**
 * How clients distribute keys over servers, without a server: {@code modulo} as the tutorial's client does, {@code consistent}
 * as ketama. Commands: {@code modulo a:1 b:2} counts {@value #KEYS} keys, {@code modulo KEY a:1 b:2} names a key's server, {@code
 * modulo moved a:1 b:1 -> b:1} compares two lists of servers with weights.
 */
final class KeySpread {
    private static final int KEYS = 30_000;
    /** Ketama: 40 digests for each unit of weight, four points of each. */
    private static final int DIGESTS = 40;

    private static final int POINTS_OF_DIGEST = 4;
    private static final String MOVED = "moved";

    private KeySpread() {}

    static boolean has(String command) {
        return command.equals("modulo") || command.equals("consistent");
    }

    /** @param words the command */
    static String reply(List<String> words) {
        List<String> rest = words.subList(1, words.size());
        if (rest.get(0).equals(MOVED)) {
            int arrow = rest.indexOf("->");
            return moved(
                    rule(words.get(0), rest.subList(1, arrow)),
                    rule(words.get(0), rest.subList(arrow + 1, rest.size())));
        }
        return rest.get(0).contains(":")
                ? counts(rule(words.get(0), rest))
                : rule(words.get(0), rest.subList(1, rest.size())).apply(rest.get(0));
    }

    private static String moved(UnaryOperator<String> before, UnaryOperator<String> after) {
        long moved = IntStream.range(0, KEYS)
                .mapToObj(KeySpread::key)
                .filter(key -> !before.apply(key).equals(after.apply(key)))
                .count();
        return "%d%% of the keys moved".formatted(Math.round(100.0 * moved / KEYS));
    }

    private static String counts(UnaryOperator<String> rule) {
        return IntStream.range(0, KEYS)
                .mapToObj(key -> rule.apply(key(key)))
                .collect(Collectors.groupingBy(server -> server, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String key(int number) {
        return "key:" + number;
    }

    private static UnaryOperator<String> rule(String name, List<String> servers) {
        return name.equals("modulo") ? modulo(servers) : consistent(servers);
    }

    /** A list in which each server is as often as its weight says, and a CRC as the tutorial's client computes it. */
    private static UnaryOperator<String> modulo(List<String> servers) {
        var buckets = new ArrayList<String>();
        servers.forEach(server -> IntStream.range(0, weight(server)).forEach(copy -> buckets.add(name(server))));
        return key -> {
            var crc = new CRC32();
            crc.update(key.getBytes(StandardCharsets.UTF_8));
            return buckets.get((int) (crc.getValue() >> 16 & 0x7fff) % buckets.size());
        };
    }

    private static UnaryOperator<String> consistent(List<String> servers) {
        var ring = new TreeMap<Long, String>();
        for (String server : servers) {
            for (int digest = 0; digest < DIGESTS * weight(server); digest++) {
                byte[] points = md5(name(server) + "-" + digest);
                for (int point = 0; point < POINTS_OF_DIGEST; point++) {
                    ring.put(point(points, point), name(server));
                }
            }
        }
        return key -> {
            Map.Entry<Long, String> next = ring.ceilingEntry(point(md5(key), 0));
            return next == null ? ring.firstEntry().getValue() : next.getValue();
        };
    }

    private static long point(byte[] digest, int index) {
        return ByteBuffer.wrap(digest).order(ByteOrder.LITTLE_ENDIAN).getInt(index * Integer.BYTES) & 0xffff_ffffL;
    }

    private static String name(String server) {
        return server.substring(0, server.indexOf(':'));
    }

    private static int weight(String server) {
        return Integer.parseInt(server.substring(server.indexOf(':') + 1));
    }

    private static byte[] md5(String text) {
        try {
            return MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }
}
