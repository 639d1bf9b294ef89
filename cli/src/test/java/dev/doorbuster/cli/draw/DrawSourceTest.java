package dev.doorbuster.cli.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Draws of pages of two entries, the last of them withdrawn; with each answer one entrant more has won. */
class DrawSourceTest {
    private static final int PAGE = 2;

    private final List<Integer> asked = new ArrayList<>();
    private int entrants = 5;
    private int withdrawals;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/draw", exchange -> {
            int from = Integer.parseInt(exchange.getRequestURI().getQuery().replace("from=", ""));
            asked.add(from);
            byte[] page = page(from).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String page(int from) {
        int all = entrants + withdrawals;
        int to = Math.min(entrants, from + PAGE);
        String withdrawn = names(Math.max(from, entrants), Math.min(all, from + PAGE));
        int won = Math.max(from, Math.min(to, asked.size()));
        return "{\"drawn\":true,\"entrants\":%d,\"withdrawals\":%d,\"order\":[%s],\"winners\":[%s],\"withdrawn\":[%s]}"
                .formatted(entrants, withdrawals, names(from, to), names(from, won), withdrawn);
    }

    private static String names(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "\"e" + i + "\"").collect(Collectors.joining(","));
    }

    private JsonNode read() throws Exception {
        return DrawSource.read("http://127.0.0.1:" + server.getAddress().getPort() + "/draw");
    }

    @Test
    void readsThePagesFromTheLastToTheFirstSoThatWinnersHaveNoGap() throws Exception {
        JsonNode draw = read();

        assertThat(asked).containsExactly(0, 4, 2, 0);
        assertThat(draw.get("order").toString()).isEqualTo("[" + names(0, 5) + "]");
        assertThat(draw.get("winners").toString()).isEqualTo("[" + names(0, 3) + "]");
    }

    @Test
    void readsTheWithdrawnEntriesBehindAllOthers() throws Exception {
        withdrawals = 4;

        JsonNode draw = read();

        assertThat(draw.get("order").toString()).isEqualTo("[" + names(0, 5) + "]");
        assertThat(draw.get("withdrawn").toString()).isEqualTo("[" + names(5, 9) + "]");
    }

    @Test
    void readsOnePageOnce() throws Exception {
        entrants = 2;

        assertThat(read().get("order").toString()).isEqualTo("[" + names(0, 2) + "]");
        assertThat(asked).containsExactly(0);
    }

    @Test
    void readsADrawOfNone() throws Exception {
        entrants = 0;

        assertThat(read().get("order")).isEmpty();
    }

    @Test
    void failsWhereThereIsNone() {
        String missing = "http://127.0.0.1:" + server.getAddress().getPort() + "/missing";

        assertThatThrownBy(() -> DrawSource.read(missing)).hasMessageContaining("404");
    }
}
