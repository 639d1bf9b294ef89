package dev.doorbuster.notifier.pulse;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.notifier.sale.SaleLookup;
import dev.doorbuster.runtime.start.OneShotTimer;
import dev.doorbuster.runtime.store.RedisStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Once a second: completes the statistics of the changed sales with the ledger's units, and publishes them and the rankings to
 * the notifiers' channel. A round that fails is repeated.
 */
final class PulsePublisher {
    private static final Duration ROUND_EVERY = Duration.ofSeconds(1);
    /** After this time without a message a sale is looked up: it may have ended unnoticed. */
    private static final Duration QUIET_AFTER = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(PulsePublisher.class);

    private final RedisStore redis;
    private final PulseArchive archive;
    private final SaleLookup lookup;
    private final OneShotTimer timer;
    private final Set<SaleId> changed = new LinkedHashSet<>();
    private final PulseRounds rounds = new PulseRounds();
    private boolean running;

    PulsePublisher(Vertx vertx, RedisStore redis, SaleLookup lookup) {
        this.redis = redis;
        this.archive = new PulseArchive(redis);
        this.lookup = lookup;
        this.timer = new OneShotTimer(vertx);
    }

    void start() {
        timer.every(ROUND_EVERY, this::round);
    }

    void stop() {
        timer.cancel();
    }

    /** The sale is published in the next round; beyond the limit of sales it waits for its next change. */
    void changed(SaleId sale) {
        publishSoon(sale);
        rounds.changed();
    }

    private void publishSoon(SaleId sale) {
        if (changed.size() < PulseArchive.LIVE_MAX) {
            changed.add(sale);
        }
    }

    private void round() {
        if (running || !rounds.isDue(!changed.isEmpty())) {
            return;
        }
        running = true;
        boolean tidies = rounds.begins();
        List<SaleId> sales = List.copyOf(changed);
        changed.clear();
        Future.join(sales.stream().map(this::publish).toList())
                .transform(published -> publishRankings())
                .compose(v -> tidies ? tidy() : Future.succeededFuture())
                .onComplete(done -> running = false)
                .onFailure(cause -> LOG.debug("statistics are not published: {}", cause.toString()));
    }

    private Future<Void> publish(SaleId sale) {
        return SaleUnits.read(lookup, sale)
                .compose(found -> redis.send(found.write(sale))
                        .compose(written -> found.isFinal() ? archive.archive(sale) : Future.succeededFuture()))
                .onFailure(cause -> LOG.debug("units of {} are not known: {}", sale, cause.toString()))
                .transform(known -> PulseReader.sale(redis, sale))
                .compose(json -> publish("sale.pulse", json))
                .onFailure(cause -> publishSoon(sale));
    }

    private Future<Void> tidy() {
        return archive.tidy()
                .compose(v -> archive.quietSince(System.currentTimeMillis() - QUIET_AFTER.toMillis()))
                .onSuccess(quiet -> quiet.forEach(this::publishSoon))
                .mapEmpty();
    }

    private Future<Void> publishRankings() {
        long now = System.currentTimeMillis();
        var requests = new ArrayList<Request>();
        Arrays.stream(Ranking.values()).forEach(ranking -> requests.addAll(ranking.united(now)));
        return redis.batch(requests)
                .compose(united -> PulseReader.rankings(redis))
                .compose(json -> publish("sales.pulse", json));
    }

    private Future<Void> publish(String event, JsonObject data) {
        return redis.send(Request.cmd(
                        Command.PUBLISH,
                        PulseKeys.CHANNEL,
                        new JsonObject().put("event", event).put("data", data).encode()))
                .mapEmpty();
    }
}
