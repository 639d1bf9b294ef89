package dev.doorbuster.cli.chaos.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.doorbuster.devservices.ServerGroup;
import dev.doorbuster.devservices.rabbitmq.RabbitApi;
import dev.doorbuster.devservices.rabbitmq.RabbitServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Client of the broker's management API, as its administrator. */
public final class BrokerAdmin {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
    private static final String HOST = "%2F";
    /** Attempts to close a connection that the broker reports as open after it was told to close it. */
    private static final int CLOSE_ATTEMPTS_MAX = 5;

    private final List<RabbitApi> nodes;

    /** Any node of the cluster answers for all. */
    public BrokerAdmin(ServerGroup group) {
        this(group.nodes().stream()
                .map(RabbitServer.class::cast)
                .map(broker -> new RabbitApi(broker.managementPort(), broker.user(), ANSWER_MAX))
                .toList());
    }

    BrokerAdmin(List<RabbitApi> nodes) {
        this.nodes = List.copyOf(nodes);
    }

    /**
     * Closes all client connections that are open now; returns their number. The broker answers 500 for a connection that
     * does not end in time, or ends meanwhile, so what is still listed afterwards is closed again.
     */
    public int closeConnections() {
        Set<String> open = connections();
        Set<String> left = open;
        for (int attempt = 1; !left.isEmpty(); attempt++) {
            var failures = new ArrayList<IllegalStateException>();
            for (String name : left) {
                try {
                    JsonNode unused = send("DELETE", "/api/connections/" + name, null);
                } catch (IllegalStateException e) {
                    failures.add(e);
                }
            }
            left = failures.isEmpty() ? Set.of() : stillOpen(open);
            if (attempt == CLOSE_ATTEMPTS_MAX && !left.isEmpty()) {
                throw failures.get(0);
            }
        }
        return open.size();
    }

    private Set<String> stillOpen(Set<String> before) {
        Set<String> now = connections();
        now.retainAll(before);
        return now;
    }

    /** The names of the open connections, encoded for a path. */
    private Set<String> connections() {
        var names = new TreeSet<String>();
        for (JsonNode connection : send("GET", "/api/connections", null)) {
            names.add(URLEncoder.encode(connection.get("name").asText(), StandardCharsets.UTF_8)
                    .replace("+", "%20"));
        }
        return names;
    }

    /** Declares a durable queue bound to the exchange with the given routing keys. */
    public void bind(String queue, String exchange, String routingKeys) {
        JsonNode unusedQueue = send(
                "PUT",
                "/api/queues/" + HOST + "/" + queue,
                Map.of("durable", true, "arguments", Map.of("x-queue-type", "quorum")));
        JsonNode unusedBinding = send(
                "POST",
                "/api/bindings/" + HOST + "/e/" + exchange + "/q/" + queue,
                Map.of("routing_key", routingKeys, "arguments", Map.of()));
    }

    /** Consumes up to the given number of messages from a queue. */
    public JsonNode take(String queue, int countMax) {
        return send(
                "POST",
                "/api/queues/" + HOST + "/" + queue + "/get",
                Map.of("count", countMax, "ackmode", "ack_requeue_false", "encoding", "auto"));
    }

    /** Removes the messages that no consumer has fetched. */
    public void purge(String queue) {
        JsonNode unused = send("DELETE", "/api/queues/" + HOST + "/" + queue + "/contents", null);
    }

    /** All queues as of the broker's last statistics, which may be some seconds old. */
    public JsonNode queues() {
        return send("GET", "/api/queues/" + HOST, null);
    }

    /** Sends the request to the first reachable node. */
    private JsonNode send(String method, String path, Map<String, ?> body) {
        var unreachable = new IllegalStateException("no broker can be reached: " + nodes);
        for (RabbitApi node : nodes) {
            try {
                return MAPPER.readTree(node.send(method, path, body == null ? "" : MAPPER.writeValueAsString(body)));
            } catch (ConnectException e) {
                unreachable.addSuppressed(e);
            } catch (RabbitApi.StatusException e) {
                throw new IllegalStateException(e.getMessage(), e);
            } catch (IOException e) {
                throw new UncheckedIOException(method + " " + path + ": " + e, e);
            }
        }
        throw unreachable;
    }
}
