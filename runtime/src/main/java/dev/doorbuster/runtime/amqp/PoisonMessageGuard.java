package dev.doorbuster.runtime.amqp;

import dev.doorbuster.runtime.start.OneShotTimer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.rabbitmq.RabbitMQMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Keeps a message that kills its consumer from taking its neighbours along.
 *
 * <p>The broker counts deliveries and gives a message up after so many; and when a consumer dies, everything that it held
 * unacknowledged has been delivered once more, be it the culprit or not. Were a queue always read with the full prefetch,
 * then whoever waits behind a culprit would be counted with it, death for death, and be given up with it. So a queue is
 * first read narrowly, one message at a time, and widely only once a message that was not delivered often has been handled. Each
 * death in a wide reading thus had a message handled before it, and the culprit soon stands first, where it dies alone:
 * an innocent message is counted a few times, never as often as the limit.
 *
 * <p>The other queues of the same consumer are read at the same time, and die with it. So a message that has been
 * delivered often waits a little, by chance, before it is handled: meanwhile the others get on.
 *
 * <p>What takes long to handle kills nobody, as it seems, so after a while the reading is widened behind it: a sale in
 * trouble must not hold up the others of its queue.
 */
final class PoisonMessageGuard {
    /** Deliveries that ended without an acknowledgement, from which on a message is suspected. */
    static final int OFTEN = 3;

    /** How many times {@code pauseMax} a suspected message may take before the reading is widened all the same. */
    private static final int PATIENCE = 10;

    private static final String DELIVERIES_BEFORE = "x-delivery-count";

    private final Vertx vertx;
    private final Duration pauseMax;
    private final OneShotTimer late;
    private Supplier<Future<Void>> widen;
    private boolean begun;

    /**
     * Begins narrowly.
     *
     * @param pauseMax longest wait of a suspected message; the shortest is half of it
     * @param widen ends the narrow reading and begins the wide one; to be called while a delivery is unacknowledged, so
     *     that no other can be on its way to the narrow one
     */
    PoisonMessageGuard(Vertx vertx, Duration pauseMax, Supplier<Future<Void>> widen) {
        this.vertx = vertx;
        this.pauseMax = pauseMax;
        this.widen = widen;
        this.late = new OneShotTimer(vertx);
    }

    static long deliveriesBefore(RabbitMQMessage delivery) {
        Map<String, Object> headers = delivery.properties().getHeaders();
        return headers != null && headers.get(DELIVERIES_BEFORE) instanceof Number count ? count.longValue() : 0;
    }

    /** To be awaited before the deliveries are handled. */
    Future<Void> before(List<RabbitMQMessage> deliveries) {
        boolean suspected = suspected(deliveries);
        if (!begun) {
            begun = true;
            widenIfItTakes(suspected ? PATIENCE * pauseMax.toMillis() : pauseMax.toMillis());
        }
        if (!suspected) {
            return Future.succeededFuture();
        }
        long halfMs = pauseMax.toMillis() / 2;
        return vertx.timer(halfMs + ThreadLocalRandom.current().nextLong(halfMs + 1) + 1)
                .mapEmpty();
    }

    /** To be awaited after they were handled and before they are acknowledged. */
    Future<Void> after(List<RabbitMQMessage> deliveries) {
        begun = false;
        late.cancel();
        return suspected(deliveries) ? Future.succeededFuture() : widen();
    }

    private void widenIfItTakes(long ms) {
        if (widen != null) {
            late.after(Duration.ofMillis(ms + 1), () -> widen().onFailure(gone -> {}));
        }
    }

    private Future<Void> widen() {
        if (widen == null) {
            return Future.succeededFuture();
        }
        Supplier<Future<Void>> once = widen;
        widen = null;
        return once.get();
    }

    private static boolean suspected(List<RabbitMQMessage> deliveries) {
        return deliveries.stream().anyMatch(each -> deliveriesBefore(each) >= OFTEN);
    }
}
