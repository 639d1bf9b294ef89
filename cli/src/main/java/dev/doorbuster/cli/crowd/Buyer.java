package dev.doorbuster.cli.crowd;

import dev.doorbuster.crowd.client.AnswerKind;
import dev.doorbuster.crowd.client.BuyerTokens;
import dev.doorbuster.crowd.client.ShopAnswer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.function.Consumer;

/**
 * One who wants something: asks, and keeps asking the same until the answer is clear or patience is at an end. A request
 * is only ever repeated under its key, which is what makes repeating it safe.
 */
final class Buyer {
    private static final Duration RETRY_AT_LEAST = Duration.ofMillis(200);

    private final Vertx vertx;
    private final CrowdPlan plan;
    private final Shop shop;
    private final Consumer<Entry> journal;
    private final Random random;
    private final long beganAtNanos;
    private final String name;
    private final String token;
    private String key;
    private boolean reserved;

    Buyer(Scene scene, String name, String key) {
        this.vertx = scene.vertx();
        this.plan = scene.plan();
        this.shop = scene.shop();
        this.journal = scene.journal();
        this.random = scene.random();
        this.beganAtNanos = scene.beganAtNanos();
        this.name = name;
        this.token = scene.tokens().mint(name, Instant.now());
        this.key = key;
    }

    /** What all buyers share. */
    record Scene(
            Vertx vertx,
            CrowdPlan plan,
            Shop shop,
            BuyerTokens tokens,
            Consumer<Entry> journal,
            Random random,
            long beganAtNanos) {}

    /** Asks, once or twice at the same time; completes when no more will be done about it. */
    Future<Void> come(long dueAtNanos, boolean twice) {
        Future<Void> first = ask(Entry.Kind.FIRST, dueAtNanos, 0);
        return twice ? Future.join(first, ask(Entry.Kind.TWIN, now(), 0)).mapEmpty() : first;
    }

    boolean hasReserved() {
        return reserved;
    }

    /** Asks the same again; only for who has a reservation and so knows the key. */
    Future<Void> encore() {
        return ask(Entry.Kind.ENCORE, now(), 0);
    }

    private Future<Void> ask(Entry.Kind kind, long sentAtNanos, int retries) {
        String sentKey = key;
        return shop.place(token, sentKey).compose(answer -> {
            if (key == null) {
                key = answer.key();
            }
            write(kind, sentAtNanos, sentKey == null ? answer.key() : sentKey, answer);
            return switch (answer.kind()) {
                case RESERVED, REFUSED, UNEXPECTED -> Future.succeededFuture();
                case PENDING -> look(kind, answer, retries, 0);
                case BUSY, LOST -> askAgain(kind, answer, retries);
            };
        });
    }

    /** What an encore asks again is still an encore: it has to end in the same answer. */
    private Future<Void> askAgain(Entry.Kind kind, ShopAnswer last, int retries) {
        if (retries >= plan.patience().retriesMax() || key == null) {
            return Future.succeededFuture();
        }
        Entry.Kind next = kind == Entry.Kind.ENCORE ? kind : Entry.Kind.RETRY;
        return pause(retryWait(last)).compose(v -> ask(next, now(), retries + 1));
    }

    private Future<Void> look(Entry.Kind kind, ShopAnswer accepted, int retries, int looks) {
        if (looks >= plan.patience().looksMax()) {
            return askAgain(kind, accepted, retries);
        }
        return pause(plan.patience().lookEvery()).compose(v -> {
            long sentAtNanos = now();
            return shop.look(token, accepted.orderId()).compose(answer -> {
                write(Entry.Kind.LOOK, sentAtNanos, key, answer);
                return switch (answer.kind()) {
                    case RESERVED, REFUSED, UNEXPECTED -> Future.succeededFuture();
                    case PENDING, BUSY, LOST -> look(kind, accepted, retries, looks + 1);
                };
            });
        });
    }

    private void write(Entry.Kind kind, long sentAtNanos, String underKey, ShopAnswer answer) {
        reserved |= answer.kind() == AnswerKind.RESERVED;
        journal.accept(new Entry(kind, sentAtNanos, now(), name, plan.quantity(), underKey, answer));
    }

    /** As the server asks, within reason, and spread, so that those who were sent away do not come back together. */
    private Duration retryWait(ShopAnswer answer) {
        long asked = Math.max(answer.retryAfterSeconds() * 1000L, RETRY_AT_LEAST.toMillis());
        long spread = asked + (long) (asked * 0.5 * random.nextDouble());
        return Duration.ofMillis(Math.min(spread, plan.patience().retryWaitMax().toMillis()));
    }

    private Future<Void> pause(Duration length) {
        return vertx.timer(length.toMillis()).mapEmpty();
    }

    private long now() {
        return System.nanoTime() - beganAtNanos;
    }
}
