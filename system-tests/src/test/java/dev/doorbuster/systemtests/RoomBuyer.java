package dev.doorbuster.systemtests;

import dev.doorbuster.crowd.client.BuyerTokens;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A buyer of a sale with a waiting room: takes a place, asks for it until admitted or told the end, then orders. */
public final class RoomBuyer {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI api;
    private final URI room;
    private final String sale;
    private final String name;
    private final String token;
    private String entrant;
    private long lastWaitingSentAt = Long.MIN_VALUE;
    private long admittedReceivedAt = Long.MAX_VALUE;
    private String sentPass = "";
    private int status;
    private String reason = "";

    public RoomBuyer(URI api, URI notifier, String jwtSecret, String sale, String name) {
        this.api = api;
        this.room = notifier.resolve("/api/sales/" + sale + "/waiting-room/place");
        this.sale = sale;
        this.name = name;
        this.token = new BuyerTokens(jwtSecret).mint(name, Instant.now());
    }

    /** An answer of the shop or the room. */
    public record Answer(int status, JsonObject json) {}

    String entrant() {
        return entrant;
    }

    /** Whether the order is decided, or the room has told that it ended. */
    boolean isDone() {
        return status != 0 || !reason.isEmpty();
    }

    boolean has() {
        return status == 201;
    }

    /** The last question that was answered with a place in the queue, by {@link System#nanoTime()}. */
    long lastWaitingSentAt() {
        return lastWaitingSentAt;
    }

    /** The first answer with a pass, by {@link System#nanoTime()}; the latest time if there was none. */
    long admittedReceivedAt() {
        return admittedReceivedAt;
    }

    /** Takes a place; the place that the room tells. */
    public JsonObject join() throws InterruptedException {
        JsonObject told = send("POST", room, null, "").orElseThrow().json();
        entrant = told.getString("entrant");
        return told;
    }

    JsonObject leave() throws InterruptedException {
        return send("DELETE", room, null, "").orElseThrow().json();
    }

    /**
     * One question, and what follows from its answer; a lost answer changes nothing. An order whose outcome is not known
     * is repeated, whatever the room tells: it may have been accepted.
     */
    void step() throws InterruptedException {
        if (!sentPass.isEmpty()) {
            buy(sentPass);
            return;
        }
        long sentAt = System.nanoTime();
        Optional<Answer> answer = send("GET", room, null, "");
        if (answer.isEmpty() || answer.get().status() != 200) {
            return;
        }
        JsonObject told = answer.get().json();
        if (told.getString("phase").equals("ENDED")) {
            reason = told.getString("reason");
            return;
        }
        switch (told.getString("place")) {
            case "QUEUE" -> lastWaitingSentAt = sentAt;
            case "ADMITTED" -> {
                admittedReceivedAt = Math.min(admittedReceivedAt, System.nanoTime());
                buy(told.getString("pass"));
            }
            // The room was lost.
            case "NOT_HERE" -> send("POST", room, null, "");
            default -> {}
        }
    }

    private void buy(String pass) throws InterruptedException {
        sentPass = pass;
        Optional<Answer> answer = order(pass);
        if (answer.isEmpty()) {
            return;
        }
        if (answer.get().status() == 403) {
            // The pass ended before an order came in.
            sentPass = "";
        } else {
            status = answer.get().status();
        }
    }

    @Override
    public String toString() {
        return name + ": order " + status + ", room " + reason;
    }

    /** Empty while it is not decided. */
    public Optional<Answer> order(String pass) throws InterruptedException {
        return send("POST", api.resolve("/api/sales/" + sale + "/orders"), new JsonObject().put("quantity", 1), pass)
                .filter(answer -> answer.status() != 202 && answer.status() < 500);
    }

    private Optional<Answer> send(String method, URI uri, JsonObject body, String pass) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(ANSWER_MAX)
                .header("Authorization", "Bearer " + token)
                .header("Prefer", "wait=10")
                .header("Idempotency-Key", name)
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.encode()));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (!pass.isEmpty()) {
            request.header("Queue-Pass", pass);
        }
        try {
            HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return Optional.of(new Answer(answer.statusCode(), new JsonObject(answer.body())));
        } catch (IOException e) {
            // A process is being killed: the question is repeated.
            return Optional.empty();
        }
    }
}
