package dev.doorbuster.cli.chaos.recovery;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
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
    private static final JsonMapper MAPPER = new JsonMapper();

    /** Of the two sales the longer; empty unless both recovered. */
    OptionalDouble longer() {
        return redis == null || memcached == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.max(redis, memcached));
    }

    /** Appends to a file with the recovery times of several runs, one line of JSON each. */
    public static void append(Path file, List<Recovered> recovered) throws IOException {
        var lines = new ArrayList<String>();
        for (Recovered each : recovered) {
            lines.add(MAPPER.writeValueAsString(each));
        }
        Path unused = Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    public static List<Recovered> read(Path file) throws IOException {
        var recovered = new ArrayList<Recovered>();
        for (String line : Files.readAllLines(file)) {
            recovered.add(MAPPER.readValue(line, Recovered.class));
        }
        return recovered;
    }
}
