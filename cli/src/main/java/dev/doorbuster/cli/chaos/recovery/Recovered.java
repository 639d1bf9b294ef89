package dev.doorbuster.cli.chaos.recovery;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Recovery time of one kind of sale after one fault.
 *
 * @param counter {@code redis} or {@code memcached}
 * @param seconds from the fault to the first confirmation of an order placed after it; null if there was none
 */
public record Recovered(String topology, long seed, String fault, String counter, Double seconds) {
    private static final JsonMapper MAPPER = new JsonMapper();

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
