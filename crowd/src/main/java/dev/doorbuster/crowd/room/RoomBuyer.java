package dev.doorbuster.crowd.room;

import dev.doorbuster.crowd.buyers.RetryPolicy;
import dev.doorbuster.crowd.buyers.RetryPolicy.RetryDelay;
import dev.doorbuster.crowd.client.BuyerTokens;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A buyer who behaves as the storefront's page does: takes a place, follows the sale's stream, asks for the place now and
 * then and after moves near the front, and orders once admitted. To be used on one event loop only.
 */
final class RoomBuyer {
    private static final long LOOK_MS = 5_000;
    private static final long SPREAD_MS = 800;
    private static final long AGAIN_MS = 1_000;
    private static final RetryPolicy RETRIES = RetryPolicy.unlimited();
    /** By all pages of a room together, but for those near the front: after the draw, and at all other times. */
    private static final long FIRST_READS_PER_SECOND = 1_000;

    private static final long READS_PER_SECOND = 250;

    private static final int NEAR = 50;
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final Clients clients;
    private final RoomPlan plan;
    private final RoomSamples samples;
    private final URI api;
    private final URI notifier;
    private final boolean lobby;
    private final String name;
    private final String token;
    private final Promise<Void> joined = Promise.promise();
    private final Promise<Void> done = Promise.promise();
    private final Set<String> passes = new HashSet<>();
    private RetryDelay waits = RETRIES.retryDelay(ThreadLocalRandom.current());
    private boolean streaming;
    private long timer = -1;
    private long dueAt;
    private boolean asking;
    private boolean ordering;
    private boolean decided;
    private long askedAhead;
    private long askedAdmitted;
    private long movedAt;
    private String entrant;
    private long joinSentAt;
    private long joinToldAt;
    private long waitingSentAt = Long.MIN_VALUE;
    private long admittedToldAt = Long.MAX_VALUE;
    private long endedToldAt = Long.MAX_VALUE;
    private long boughtToldAt = Long.MAX_VALUE;

    /** What the buyers share. */
    record Clients(HttpClient requests, RoomStream.Shared streams) {}

    RoomBuyer(Vertx vertx, Clients clients, RoomPlan plan, RoomSamples samples, BuyerTokens tokens, int number) {
        this.vertx = vertx;
        this.clients = clients;
        this.plan = plan;
        this.samples = samples;
        this.api = plan.apis().get(number % plan.apis().size());
        this.notifier = plan.notifiers().get(number % plan.notifiers().size());
        this.lobby = number < plan.lobby();
        this.name = "room-" + plan.sale() + "-" + plan.part() + "-" + number;
        this.token = tokens.mint(name, Instant.now());
    }

    /** Takes a place; completes with the first answer that tells one. */
    Future<Void> join() {
        if (joinSentAt == 0) {
            joinSentAt = System.nanoTime();
        }
        ask(HttpMethod.POST);
        return joined.future();
    }

    /** Completes when the order is decided, or the buyer was told that no unit is left or what no shop should say. */
    Future<Void> done() {
        return done.future();
    }

    ToldBuyer told() {
        return new ToldBuyer(
                lobby,
                entrant,
                joinSentAt,
                joinToldAt,
                waitingSentAt,
                admittedToldAt,
                endedToldAt,
                boughtToldAt,
                passes.size(),
                isDone() && (decided || endedToldAt != Long.MAX_VALUE));
    }

    private boolean isDone() {
        return done.future().isComplete();
    }

    private void ask(HttpMethod method) {
        if (asking || isDone()) {
            return;
        }
        asking = true;
        cancelTimer();
        long sentAt = System.nanoTime();
        String path = "/api/sales/" + plan.sale() + "/waiting-room/place";
        send(clients.requests(), method, notifier, path, null, null).onComplete(answer -> {
            asking = false;
            if (answer.failed()) {
                samples.answered("place: " + noAnswer(answer.cause()));
                later(waits.nextMillis(0));
            } else if (answer.result().status() != 200) {
                samples.answered("place: " + answer.result().kind());
                later(waits.nextMillis(0));
            } else {
                waits = RETRIES.retryDelay(ThreadLocalRandom.current());
                samples.places().record(System.nanoTime() - sentAt);
                placed(answer.result().json(), sentAt);
            }
        });
    }

    private void placed(JsonObject told, long sentAt) {
        entrant = told.getString("entrant");
        if (joinToldAt == 0) {
            joinToldAt = System.nanoTime();
        }
        String phase = told.getString("phase");
        String place = told.getString("place");
        samples.answered("place: " + (phase.equals("ENDED") ? "ENDED" : place));
        joined.tryComplete();
        if (phase.equals("ENDED")) {
            ended();
            return;
        }
        switch (place) {
            case "LOBBY", "QUEUE" -> {
                if (place.equals("QUEUE")) {
                    waitingSentAt = sentAt;
                    askedAhead = told.getLong("ahead");
                    askedAdmitted = told.getLong("admitted");
                }
                follow();
                long pause = Math.max(LOOK_MS, pause(told.getLong("waiting"), READS_PER_SECOND));
                later(pause * 2 / 3 + ThreadLocalRandom.current().nextLong(pause * 2 / 3));
            }
            case "ADMITTED" -> {
                admittedToldAt = Math.min(admittedToldAt, System.nanoTime());
                passes.add(told.getString("passUntil"));
                if (!ordering) {
                    ordering = true;
                    order(told.getString("pass"));
                }
            }
            // The room was lost: the place is taken anew.
            default -> ask(HttpMethod.POST);
        }
    }

    private static String noAnswer(Throwable cause) {
        return "no answer, " + cause.getClass().getSimpleName();
    }

    private void order(String pass) {
        send(clients.requests(), HttpMethod.POST, api, "/api/sales/" + plan.sale() + "/orders", pass, name)
                .onComplete(answer -> {
                    String kind = answer.failed()
                            ? noAnswer(answer.cause())
                            : answer.result().kind();
                    samples.answered("order: " + kind);
                    int status = answer.failed() ? 0 : answer.result().status();
                    if (status == 0 || status == 202 || status == 429 || status >= 500) {
                        vertx.setTimer(waits.nextMillis(0), again -> order(pass));
                    } else if (status == 403) {
                        ordering = false;
                        ask(HttpMethod.POST);
                    } else {
                        boughtToldAt = status == 201 ? System.nanoTime() : boughtToldAt;
                        decided = status == 201 || status == 409;
                        end();
                    }
                });
    }

    private void ended() {
        endedToldAt = Math.min(endedToldAt, System.nanoTime());
        end();
    }

    private void end() {
        cancelTimer();
        done.tryComplete();
    }

    /** A reading that comes earlier anyway stays. */
    private void later(long millis) {
        long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        if (timer >= 0 && dueAt - due <= 0) {
            return;
        }
        cancelTimer();
        dueAt = due;
        if (!isDone()) {
            timer = vertx.setTimer(millis, fired -> {
                timer = -1;
                ask(joined.future().isComplete() ? HttpMethod.GET : HttpMethod.POST);
            });
        }
    }

    private void cancelTimer() {
        boolean unused = vertx.cancelTimer(timer);
        timer = -1;
    }

    private void follow() {
        if (streaming || isDone()) {
            return;
        }
        streaming = true;
        RoomStream.open(clients.streams(), notifier, plan.sale(), this::moved, this::streamEnded)
                .onFailure(refused -> streamEnded());
    }

    private void streamEnded() {
        if (!isDone()) {
            vertx.setTimer(AGAIN_MS + ThreadLocalRandom.current().nextLong(SPREAD_MS), again -> {
                streaming = false;
                follow();
            });
        }
    }

    private void moved(RoomMoved room) {
        if (isDone() || ordering) {
            return;
        }
        if (room.phase().equals("ENDED")) {
            ended();
            return;
        }
        long now = System.nanoTime();
        boolean queued = waitingSentAt != Long.MIN_VALUE;
        if (movedAt != 0 && queued) {
            samples.moves().record(now - movedAt);
        }
        movedAt = now;
        if (!queued && room.phase().equals("LOBBY")) {
            return;
        }
        long ahead = askedAhead - (room.admitted() - askedAdmitted);
        if (!queued) {
            laterWithin(pause(room.waiting(), FIRST_READS_PER_SECOND));
        } else if (ahead < NEAR) {
            laterWithin(SPREAD_MS);
        }
    }

    private void laterWithin(long millis) {
        later(1 + ThreadLocalRandom.current().nextLong(Math.max(SPREAD_MS, millis)));
    }

    /** The pause between two readings, in milliseconds, if all pages read equally often. */
    private static long pause(long waiting, long readsPerSecond) {
        return TimeUnit.SECONDS.toMillis(waiting) / readsPerSecond;
    }

    private record Answer(int status, JsonObject json) {
        String kind() {
            String type = json.getString("type", "");
            return status + type.replaceFirst("^/problems/", " ");
        }
    }

    private Future<Answer> send(HttpClient client, HttpMethod method, URI at, String path, String pass, String key) {
        return client.request(options(method, at, path))
                .compose(request -> send(request, pass, key)
                        .compose(response ->
                                response.body().map(body -> new Answer(response.statusCode(), body.toJsonObject()))));
    }

    private Future<HttpClientResponse> send(HttpClientRequest request, String pass, String key) {
        request.putHeader("Authorization", "Bearer " + token);
        if (pass == null) {
            return request.send();
        }
        return request.putHeader("Queue-Pass", pass)
                .putHeader("Idempotency-Key", key)
                .putHeader("Prefer", "wait=10")
                .putHeader("Content-Type", "application/json")
                .send(new JsonObject().put("quantity", 1).toBuffer());
    }

    private static RequestOptions options(HttpMethod method, URI at, String path) {
        return new RequestOptions()
                .setMethod(method)
                .setHost(at.getHost())
                .setPort(at.getPort())
                .setURI(path)
                .setConnectTimeout(ANSWER_MAX.toMillis())
                .setIdleTimeout(ANSWER_MAX.toMillis());
    }
}
