package dev.doorbuster.cli.bench.client;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Entry point of the load client's process. It repeats: read a {@link LoadSpec} as a line of JSON, print a ready
 * line, wait for a line as start signal, print the {@link LoadResult} as a line of JSON. It ends at the end of its
 * standard input.
 */
public final class LoadClientMain {
    private static final JsonMapper MAPPER = new JsonMapper();

    private LoadClientMain() {}

    public static void main(String[] arguments) throws IOException {
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            try (var loop = new LoadLoop(MAPPER.readValue(line, LoadSpec.class))) {
                System.out.println(MAPPER.writeValueAsString(Map.of("ready", true)));
                if (commands.readLine() == null) {
                    return;
                }
                System.out.println(MAPPER.writeValueAsString(loop.run()));
            }
        }
    }
}
