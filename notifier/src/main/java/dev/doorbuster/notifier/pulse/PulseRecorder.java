package dev.doorbuster.notifier.pulse;

import dev.doorbuster.contracts.message.BuyersVisited;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.message.OrderEvent;
import dev.doorbuster.contracts.value.OrderView;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.notifier.pulse.PulseKeys.Part;
import dev.doorbuster.runtime.amqp.consume.BatchHandler;
import dev.doorbuster.runtime.amqp.consume.MessageBatch;
import dev.doorbuster.runtime.batch.LimitedMap;
import dev.doorbuster.runtime.store.RedisStore;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Writes visits and order events to Redis, each batch in one pipeline. Everything but the rankings is a set or replaces what
 * was there; a batch that is retried may count twice in a ranking.
 */
final class PulseRecorder implements BatchHandler {
    /** Orders listed for a sale. */
    static final int ORDERS_MAX = 20;

    /** Less than the commands that a connection takes at once. */
    private static final int POSITIONS_AT_ONCE = 4_000;

    private static final int RECENT_MESSAGES_MAX = 10_000;

    private final RedisStore redis;
    private final Consumer<SaleId> changed;
    private final Set<UUID> recent = Collections.newSetFromMap(new LimitedMap<>(RECENT_MESSAGES_MAX));

    /** @param changed receives each sale with new statistics */
    PulseRecorder(RedisStore redis, Consumer<SaleId> changed) {
        this.redis = redis;
        this.changed = changed;
    }

    @Override
    public Future<Void> handle(MessageBatch batch) {
        List<Message> fresh = batch.messages().stream()
                .filter(message -> !recent.contains(message.id()))
                .toList();
        if (fresh.isEmpty()) {
            return Future.succeededFuture();
        }
        SaleId sale = fresh.get(0).sale();
        return isArchived(sale)
                .compose(archived -> archived ? Future.succeededFuture() : record(sale, fresh))
                .onSuccess(recorded -> fresh.forEach(message -> recent.add(message.id())));
    }

    /** The statistics of a finished sale are final. */
    private Future<Boolean> isArchived(SaleId sale) {
        return redis.send(Request.cmd(Command.ZSCORE, PulseKeys.ARCHIVED, sale.value()))
                .map(archivedAt -> archivedAt != null);
    }

    private Future<Void> record(SaleId sale, List<Message> messages) {
        return recordVisits(sale, positions(messages, true), 0)
                // After a loss of the store those count as visitors, not as visits of these minutes.
                .compose(newVisitors ->
                        recordVisits(sale, positions(messages, false), 0).map(newVisitors))
                .compose(newVisitors -> redis.batch(activity(sale, newVisitors, confirmed(messages))))
                .onSuccess(recorded -> changed.accept(sale))
                .mapEmpty();
    }

    private static int[] positions(List<Message> messages, boolean areNew) {
        return messages.stream()
                .filter(message -> message.type() == MessageType.BUYERS_VISITED)
                .flatMap(message -> message.elements(BuyersVisited.class).stream())
                .filter(visited -> visited.isNew() == areNew)
                .flatMapToInt(visited -> Arrays.stream(visited.decoded()))
                .distinct()
                .toArray();
    }

    private static List<OrderView> confirmed(List<Message> messages) {
        return messages.stream()
                .filter(message -> message.type() == MessageType.ORDER_CONFIRMED)
                .flatMap(message -> message.elements(OrderEvent.OrderConfirmed.class).stream())
                .map(OrderEvent.OrderConfirmed::order)
                .toList();
    }

    /** Writes the positions from an index on, some at a time; the number of those that were not taken. */
    private Future<Long> recordVisits(SaleId sale, int[] positions, int from) {
        if (from >= positions.length) {
            return Future.succeededFuture(0L);
        }
        int end = Math.min(positions.length, from + POSITIONS_AT_ONCE);
        Request added = Request.cmd(Command.PFADD).arg(Part.HYPERLOGLOG.of(sale));
        var requests = new ArrayList<Request>();
        for (int i = from; i < end; i++) {
            added.arg(positions[i]);
            requests.add(Request.cmd(Command.SETBIT, Part.VISITORS.of(sale), positions[i], 1));
        }
        requests.add(added);
        return redis.batch(requests)
                .map(replies -> replies.stream()
                        .limit(end - from)
                        .filter(before -> before.toInteger() == 0)
                        .count())
                .compose(here -> recordVisits(sale, positions, end).map(later -> here + later));
    }

    private List<Request> activity(SaleId sale, long newVisitors, List<OrderView> confirmed) {
        long now = System.currentTimeMillis();
        var requests = new ArrayList<Request>();
        requests.add(Request.cmd(Command.ZADD, PulseKeys.SALES, now, sale.value()));
        if (newVisitors > 0) {
            requests.addAll(Ranking.HOTTEST.added(sale, newVisitors, now));
        }
        if (!confirmed.isEmpty()) {
            long units = confirmed.stream().mapToLong(OrderView::quantity).sum();
            requests.addAll(Ranking.FASTEST.added(sale, units, now));
            Request pushed = Request.cmd(Command.LPUSH).arg(Part.ORDERS.of(sale));
            confirmed.stream()
                    .skip(Math.max(0, confirmed.size() - ORDERS_MAX))
                    .forEach(order -> pushed.arg(new JsonObject()
                            .put("placedAt", order.placedAt())
                            .put("quantity", order.quantity())
                            .encode()));
            requests.add(pushed);
            requests.add(Request.cmd(Command.LTRIM, Part.ORDERS.of(sale), 0, ORDERS_MAX - 1));
        }
        return requests;
    }
}
