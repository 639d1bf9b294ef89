package dev.doorbuster.notifier.pulse;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.notifier.pulse.PulseKeys.Part;
import dev.doorbuster.runtime.store.RedisStore;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Limits what the statistics keep. A finished sale is archived: its keys are renamed and expire. Beyond the limits the sale
 * without a message for the longest time, or archived for the longest time, is deleted.
 */
final class PulseArchive {
    /** Sales with live keys, each with up to 145 KB in Redis. */
    static final int LIVE_MAX = 128;
    /** Archived sales, each with as much. */
    static final int ARCHIVED_MAX = 64;

    static final Duration KEPT = Duration.ofDays(30);
    /** Keys looked at by one SCAN. */
    private static final int SCANNED = 500;

    private static final String FIRST = "0";

    private final RedisStore redis;
    private String cursor = FIRST;

    PulseArchive(RedisStore redis) {
        this.redis = redis;
    }

    /** Archives a sale. Idempotent: what was renamed already is not there. */
    Future<Void> archive(SaleId sale) {
        return redis.batch(requests(part -> Request.cmd(Command.EXISTS).arg(part.of(sale))))
                .compose(exist -> {
                    var requests = new ArrayList<Request>();
                    Iterator<Response> exists = exist.iterator();
                    for (Part part : Part.values()) {
                        if (exists.next().toInteger() == 1) {
                            requests.add(Request.cmd(Command.RENAME, part.of(sale), part.archived(sale)));
                        }
                        requests.add(Request.cmd(Command.EXPIRE, part.archived(sale), KEPT.toSeconds()));
                    }
                    requests.add(
                            Request.cmd(Command.ZADD, PulseKeys.ARCHIVED, System.currentTimeMillis(), sale.value()));
                    requests.add(Request.cmd(Command.ZREM, PulseKeys.SALES, sale.value()));
                    return redis.batch(requests).mapEmpty();
                });
    }

    /** Deletes what is beyond the limits, and makes known the sales of keys that no list has. */
    Future<Void> tidy() {
        return trim(PulseKeys.SALES, LIVE_MAX, Part::of)
                .compose(v -> trim(PulseKeys.ARCHIVED, ARCHIVED_MAX, Part::archived))
                .compose(v -> scan());
    }

    private Future<Void> trim(String list, int max, BiFunction<Part, SaleId, String> key) {
        Request eldest = Request.cmd(Command.ZRANGE, list, 0, -1 - max);
        return redis.send(eldest).compose(sales -> {
            var requests = new ArrayList<Request>();
            for (Response each : sales) {
                var sale = new SaleId(each.toString());
                requests.addAll(requests(part -> Request.cmd(Command.UNLINK).arg(key.apply(part, sale))));
                requests.add(Request.cmd(Command.ZREM, list, sale.value()));
            }
            return requests.isEmpty()
                    ? Future.succeededFuture()
                    : redis.batch(requests).mapEmpty();
        });
    }

    /** One step of a walk over all keys. A sale that is in no list becomes the first to be deleted. */
    private Future<Void> scan() {
        Request step = Request.cmd(Command.SCAN, cursor, "MATCH", PulseKeys.LIVE_PATTERN, "COUNT", SCANNED);
        return redis.send(step).compose(reply -> {
            cursor = reply.get(0).toString();
            List<Request> requests = reply.get(1).stream()
                    .map(key -> PulseKeys.saleIn(key.toString()))
                    .filter(SaleId::isValid)
                    .distinct()
                    .map(sale -> Request.cmd(Command.ZADD, PulseKeys.SALES, "NX", 0, sale))
                    .toList();
            return requests.isEmpty()
                    ? Future.succeededFuture()
                    : redis.batch(requests).mapEmpty();
        });
    }

    /** The sales without a message for some time, to be looked up. */
    Future<List<SaleId>> quietSince(long atMs) {
        return redis.send(Request.cmd(Command.ZRANGE, PulseKeys.SALES, "-inf", atMs, "BYSCORE"))
                .map(sales ->
                        sales.stream().map(each -> new SaleId(each.toString())).toList());
    }

    private static List<Request> requests(Function<Part, Request> request) {
        return Arrays.stream(Part.values()).map(request).toList();
    }
}
