package dev.doorbuster.cli.chaos.recovery;

import io.vertx.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The seconds from the end of one fault, or from a kill, until an order that was sent after it was confirmed, in a sale that
 * cannot sell out; null if there was none.
 *
 * @param redis in the sale counted in Redis
 * @param memcached in the sale counted in Memcached
 */
public record Recovered(String topology, long seed, String fault, Double redis, Double memcached) {
    /** Of the two sales the longer; empty unless both recovered. */
    OptionalDouble longer() {
        return redis == null || memcached == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.max(redis, memcached));
    }

    /** Appends to a file with the recovery times of several runs, one line of JSON each. */
    public static void append(Path file, List<Recovered> recovered) throws IOException {
        List<String> lines = recovered.stream().map(Json::encode).toList();
        Path unused = Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    public static List<Recovered> read(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> Json.decodeValue(line, Recovered.class))
                .toList();
    }
}
