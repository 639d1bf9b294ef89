package dev.doorbuster.notifier.pulse;

import dev.doorbuster.contracts.value.SaleId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The sales of the last five minutes, the first first: one sorted set for each minute, united each second. */
enum Ranking {
    /** By visitors who came for the first time. */
    HOTTEST,
    /** By units of confirmed orders. */
    FASTEST;

    static final int SALES_MAX = 10;
    static final int MINUTES = 5;
    private static final long MINUTE_MS = Duration.ofMinutes(1).toMillis();
    private static final long KEPT_SECONDS = Duration.ofMinutes(MINUTES + 1).toSeconds();

    private final String key = name().toLowerCase(Locale.ROOT);

    String key() {
        return key;
    }

    /** Adds to the sale's score in the minute of {@code nowMs}. */
    List<Request> added(SaleId sale, long amount, long nowMs) {
        String minute = PulseKeys.ranking(key, nowMs / MINUTE_MS);
        return List.of(
                Request.cmd(Command.ZINCRBY, minute, amount, sale.value()),
                Request.cmd(Command.EXPIRE, minute, KEPT_SECONDS));
    }

    /** Unites the last minutes and keeps the first sales. */
    List<Request> united(long nowMs) {
        Request union =
                Request.cmd(Command.ZUNIONSTORE).arg(PulseKeys.ranking(key)).arg(MINUTES);
        for (int i = 0; i < MINUTES; i++) {
            union.arg(PulseKeys.ranking(key, nowMs / MINUTE_MS - i));
        }
        return List.of(
                union,
                Request.cmd(Command.ZREMRANGEBYRANK, PulseKeys.ranking(key), 0, -1 - SALES_MAX),
                Request.cmd(Command.EXPIRE, PulseKeys.ranking(key), KEPT_SECONDS));
    }

    Request read() {
        return Request.cmd(Command.ZRANGE, PulseKeys.ranking(key), 0, SALES_MAX - 1, "REV", "WITHSCORES");
    }

    /** The reply to {@link #read}: pairs, or with RESP2 members and scores in turn. */
    static JsonArray json(Response reply) {
        var sales = new JsonArray();
        boolean pairs = reply.size() > 0 && reply.get(0).type() == ResponseType.MULTI;
        for (int i = 0; i < reply.size(); i += pairs ? 1 : 2) {
            Response sale = pairs ? reply.get(i).get(0) : reply.get(i);
            Response score = pairs ? reply.get(i).get(1) : reply.get(i + 1);
            sales.add(new JsonObject().put("saleId", sale.toString()).put("amount", Math.round(score.toDouble())));
        }
        return sales;
    }
}
