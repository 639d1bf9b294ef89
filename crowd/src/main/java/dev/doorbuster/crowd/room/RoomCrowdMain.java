package dev.doorbuster.crowd.room;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.doorbuster.crowd.client.Futures;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Entry point of a process with one part of a crowd, so that the crowd may open more connections than one process may. It reads
 * a {@link RoomPlan} as a line of JSON and fills the lobby, answers with a line, waits for a line, lets the others come, and
 * answers with the {@link RoomReport} once all are done. It ends at the end of its standard input, also while
 * buyers wait.
 */
public final class RoomCrowdMain {
    /** Until a part's buyers are in the lobby, and until all are done. */
    public static final Duration STEP_MAX = Duration.ofMinutes(15);

    private static final Duration STOP_MAX = Duration.ofSeconds(10);

    private static final JsonMapper MAPPER = new JsonMapper();

    private RoomCrowdMain() {}

    public static void main(String[] arguments) throws Exception {
        BlockingQueue<String> commands = new LinkedBlockingQueue<>();
        var reader = new Thread(() -> readUntilTheEnd(commands), "commands");
        reader.setDaemon(true);
        reader.start();
        Vertx vertx = Vertx.vertx();
        try {
            var crowd = new RoomCrowd(vertx, MAPPER.readValue(commands.take(), RoomPlan.class));
            Futures.await(crowd.enterLobby(), STEP_MAX);
            answer(Map.of("lobby", true));
            String unusedLate = commands.take();
            Futures.await(crowd.comeLate(), STEP_MAX);
            answer(Futures.await(crowd.report(), STEP_MAX));
            // The streams stay open, as pages do, until the sale was judged.
            String unusedEnd = commands.take();
        } finally {
            Futures.await(vertx.close(), STOP_MAX);
        }
    }

    /** The parent may be killed at any time, and leaves nothing but the end of the input. */
    private static void readUntilTheEnd(BlockingQueue<String> commands) {
        try (var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                commands.add(line);
            }
        } catch (IOException e) {
            System.err.println("the input cannot be read: " + e);
        } finally {
            Runtime.getRuntime().halt(0);
        }
    }

    private static void answer(Object answer) throws IOException {
        System.out.println(MAPPER.writeValueAsString(answer));
    }
}
