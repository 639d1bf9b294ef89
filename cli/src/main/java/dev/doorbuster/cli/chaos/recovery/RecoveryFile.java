package dev.doorbuster.cli.chaos.recovery;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Recovery times of several runs in one file, one line of JSON each. */
public final class RecoveryFile {
    private static final JsonMapper MAPPER = new JsonMapper();

    private RecoveryFile() {}

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
