package dev.doorbuster.notifier.pulse;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.notifier.pulse.PulseKeys.Part;
import dev.doorbuster.runtime.store.RedisStore;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/** Reads the statistics as JSON, each call in one pipeline. */
final class PulseReader {
    private PulseReader() {}

    /** The statistics of a sale; those in the archive if it is archived. */
    static Future<JsonObject> sale(RedisStore redis, SaleId sale) {
        List<Request> live = parts(part -> part.of(sale));
        var requests = new ArrayList<Request>();
        requests.add(Request.cmd(Command.ZSCORE, PulseKeys.ARCHIVED, sale.value()));
        requests.addAll(live);
        requests.addAll(parts(part -> part.archived(sale)));
        return redis.batch(requests).map(replies -> {
            boolean archived = replies.get(0) != null;
            int from = archived ? 1 + live.size() : 1;
            return json(
                    sale, archived, replies.subList(from, from + live.size()).iterator());
        });
    }

    private static List<Request> parts(Function<Part, String> key) {
        return List.of(
                Request.cmd(Command.BITCOUNT).arg(key.apply(Part.VISITORS)),
                Request.cmd(Command.PFCOUNT).arg(key.apply(Part.HYPERLOGLOG)),
                Request.cmd(Command.HMGET, key.apply(Part.UNITS), SaleUnits.STOCK, SaleUnits.SOLD, SaleUnits.HELD),
                Request.cmd(Command.LRANGE, key.apply(Part.ORDERS), 0, PulseRecorder.ORDERS_MAX - 1));
    }

    /** The replies to {@link #parts}. */
    private static JsonObject json(SaleId sale, boolean archived, Iterator<Response> parts) {
        long positions = parts.next().toLong();
        long estimatedPositions = parts.next().toLong();
        Response units = parts.next();
        var orders = new JsonArray();
        parts.next().forEach(order -> orders.add(new JsonObject(order.toString())));
        return new JsonObject()
                .put("saleId", sale.value())
                .put("visitors", VisitorEstimate.visitors(positions))
                .put("visitorsByHyperLogLog", VisitorEstimate.visitors(estimatedPositions))
                .put("stock", number(units.get(0)))
                .put("sold", number(units.get(1)))
                .put("held", number(units.get(2)))
                .put("recentOrders", orders)
                .put("archived", archived);
    }

    /** Null until the ledger's units are known. */
    private static Long number(Response field) {
        return field == null ? null : field.toLong();
    }

    static Future<JsonObject> rankings(RedisStore redis) {
        return redis.batch(Arrays.stream(Ranking.values()).map(Ranking::read).toList())
                .map(replies -> {
                    Iterator<Response> reply = replies.iterator();
                    var json = new JsonObject().put("minutes", Ranking.MINUTES);
                    for (Ranking ranking : Ranking.values()) {
                        json.put(ranking.key(), Ranking.json(reply.next()));
                    }
                    return json;
                });
    }
}
