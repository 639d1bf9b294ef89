package dev.doorbuster.cli.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.doorbuster.devservices.rabbitmq.RabbitApi;
import dev.doorbuster.devservices.support.Credentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A management API that fails, as a real one does for a connection that ends at that moment. */
class BrokerAdminTest {
    private static final String CONNECTIONS = "/api/connections";

    private final List<String> open = new ArrayList<>(List.of("edge 1", "ledger 1"));
    /** How often closing this connection fails. */
    private final Map<String, Integer> failures = new HashMap<>();

    private HttpServer server;
    private BrokerAdmin admin;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(CONNECTIONS, this::answer);
        server.start();
        admin = new BrokerAdmin(
                List.of(new RabbitApi(server.getAddress().getPort(), new Credentials("admin", "secret"))));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void closesAConnectionAgainThatTheBrokerCouldNotClose() {
        failures.put("edge 1", 2);

        assertThat(admin.closeConnections()).isEqualTo(2);
        assertThat(open).isEmpty();
    }

    @Test
    void countsAConnectionThatEndedByItself() {
        failures.put("edge 1", Integer.MAX_VALUE);
        open.remove("ledger 1");
        server.removeContext(CONNECTIONS);
        server.createContext(CONNECTIONS, exchange -> {
            answer(exchange);
            open.clear();
        });

        assertThat(admin.closeConnections()).isEqualTo(1);
    }

    @Test
    void givesUpOnAConnectionThatStaysOpen() {
        failures.put("edge 1", Integer.MAX_VALUE);

        assertThatThrownBy(() -> admin.closeConnections())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("DELETE /api/connections/edge%201: 500");
        assertThat(open).containsExactly("edge 1");
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestMethod().equals("GET")) {
                byte[] list = open.stream()
                        .map(name -> "{\"name\":\"" + name + "\"}")
                        .toList()
                        .toString()
                        .getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, list.length);
                exchange.getResponseBody().write(list);
                return;
            }
            String name = exchange.getRequestURI().getPath().substring(CONNECTIONS.length() + 1);
            int left = failures.getOrDefault(name, 0);
            if (left > 0) {
                failures.put(name, left - 1);
                exchange.sendResponseHeaders(500, -1);
            } else {
                open.remove(name);
                exchange.sendResponseHeaders(204, -1);
            }
        }
    }
}
