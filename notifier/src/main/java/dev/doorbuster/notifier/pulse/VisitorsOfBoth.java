package dev.doorbuster.notifier.pulse;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.notifier.pulse.PulseKeys.Part;
import dev.doorbuster.runtime.store.RedisStore;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;

/** Estimates the buyers who came to both of two sales, from their bitmaps, archived ones included. */
final class VisitorsOfBoth {
    /** The intersection is of no use after it was counted. */
    private static final Duration KEPT = Duration.ofSeconds(10);

    private VisitorsOfBoth() {}

    static Future<Long> count(RedisStore redis, SaleId one, SaleId other) {
        return bitmaps(redis, one, other).compose(bitmaps -> {
            String both = PulseKeys.both(one, other);
            return redis.batch(List.of(
                            Request.cmd(Command.BITOP, "AND", both, bitmaps.get(0), bitmaps.get(1)),
                            Request.cmd(Command.EXPIRE, both, KEPT.toSeconds()),
                            Request.cmd(Command.BITCOUNT).arg(bitmaps.get(0)),
                            Request.cmd(Command.BITCOUNT).arg(bitmaps.get(1)),
                            Request.cmd(Command.BITCOUNT).arg(both)))
                    .map(replies -> VisitorEstimate.visitorsOfBoth(
                            replies.get(2).toLong(),
                            replies.get(3).toLong(),
                            replies.get(4).toLong()));
        });
    }

    private static Future<List<String>> bitmaps(RedisStore redis, SaleId one, SaleId other) {
        List<SaleId> sales = List.of(one, other);
        return redis.batch(sales.stream()
                        .map(sale -> Request.cmd(Command.ZSCORE, PulseKeys.ARCHIVED, sale.value()))
                        .toList())
                .map(archived -> List.of(
                        archived.get(0) == null ? Part.VISITORS.of(one) : Part.VISITORS.archived(one),
                        archived.get(1) == null ? Part.VISITORS.of(other) : Part.VISITORS.archived(other)));
    }
}
