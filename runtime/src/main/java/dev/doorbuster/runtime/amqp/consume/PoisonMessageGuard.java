package dev.doorbuster.runtime.amqp.consume;

import com.rabbitmq.client.Delivery;
import dev.doorbuster.runtime.start.OneShotTimer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Isolates a message that crashes its consumer from the other messages.
 *
 * <p>The broker counts deliveries and dead-letters a message after its limit. When a consumer dies, the count of every
 * unacknowledged message rises, whether or not the message caused the crash. If a queue were always consumed with the full
 * prefetch, the messages behind the poison message would be counted with it at each crash and be dead-lettered with it. So each
 * subscription starts with a prefetch of one and switches to the full prefetch only after a message with a low delivery count
 * was handled, or a few with a high one: after three deaths a full prefetch of messages has one. Each crash at full prefetch thus follows a handled message, and the poison message soon is the first of the
 * queue, where it crashes the consumer alone: other messages are counted a few times, never up to the limit.
 *
 * <p>The other queues of the same consumer are consumed at the same time and are lost with it. So a message with a high
 * delivery count waits for a short random time before it is handled, while the others make progress.
 *
 * <p>A message that takes long to handle is assumed harmless, so after some time the full prefetch is used behind it: a sale
 * whose store is down must not block the others of its queue.
 */
public final class PoisonMessageGuard {
    /** Unacknowledged deliveries from which on a message is suspected. */
    static final int DELIVERIES_SUSPECT = 3;

    /** So many suspected messages are handled one by one; 50 deliveries, the broker's limit, are far more than a prefetch has of them. */
    static final int SUSPECTS_ALONE = 8;

    /** A suspected message delays the full prefetch by at most this many {@code pauseMax}. */
    private static final int PAUSES_MAX = 10;

    private static final String DELIVERIES_BEFORE = "x-delivery-count";

    private final Vertx vertx;
    private final Duration pauseMax;
    private final OneShotTimer late;
    private Supplier<Future<Void>> widen;
    private boolean begun;
    private int suspectsHandled;

    /**
     * Starts with a prefetch of one.
     *
     * @param pauseMax longest wait of a suspected message; the shortest is half of it
     * @param widen ends the consumer with prefetch one and starts the one with full prefetch; to be called while a delivery is
     *     unacknowledged, so that no other delivery can be in flight to the first
     */
    PoisonMessageGuard(Vertx vertx, Duration pauseMax, Supplier<Future<Void>> widen) {
        this.vertx = vertx;
        this.pauseMax = pauseMax;
        this.widen = widen;
        this.late = new OneShotTimer(vertx);
    }

    public static long deliveriesBefore(Delivery delivery) {
        Map<String, Object> headers = delivery.getProperties().getHeaders();
        return headers != null && headers.get(DELIVERIES_BEFORE) instanceof Number count ? count.longValue() : 0;
    }

    /** To be awaited before the deliveries are handled. */
    Future<Void> before(List<Delivery> deliveries) {
        boolean suspected = suspected(deliveries);
        if (!begun) {
            begun = true;
            widenAfter(suspected ? PAUSES_MAX * pauseMax.toMillis() : pauseMax.toMillis());
        }
        if (!suspected) {
            return Future.succeededFuture();
        }
        long halfMs = pauseMax.toMillis() / 2;
        return vertx.timer(halfMs + ThreadLocalRandom.current().nextLong(halfMs + 1) + 1)
                .mapEmpty();
    }

    /** To be awaited after handling and before acknowledging. */
    Future<Void> after(List<Delivery> deliveries) {
        begun = false;
        late.cancel();
        boolean alone = suspected(deliveries) && ++suspectsHandled < SUSPECTS_ALONE;
        return alone ? Future.succeededFuture() : widen();
    }

    private void widenAfter(long ms) {
        if (widen != null) {
            late.after(Duration.ofMillis(ms + 1), () -> widen().onFailure(gone -> {}));
        }
    }

    private Future<Void> widen() {
        if (widen == null) {
            return Future.succeededFuture();
        }
        Supplier<Future<Void>> widenOnce = widen;
        widen = null;
        return widenOnce.get();
    }

    private static boolean suspected(List<Delivery> deliveries) {
        return deliveries.stream().anyMatch(each -> deliveriesBefore(each) >= DELIVERIES_SUSPECT);
    }
}
