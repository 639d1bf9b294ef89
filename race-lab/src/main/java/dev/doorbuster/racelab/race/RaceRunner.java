package dev.doorbuster.racelab.race;

import dev.doorbuster.racelab.race.Race.RaceOrder;
import dev.doorbuster.racelab.strategy.RaceStrategy;
import dev.doorbuster.runtime.batch.LimitedMap;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs races, one at a time, and keeps their results. To be used on its event loop only. */
public final class RaceRunner {
    private final List<RaceStrategy> strategies;
    private final RaceConfig config;
    private final Context loop;
    private final Map<String, Race> races;
    private Race running;
    private Future<Void> over = Future.succeededFuture();
    private boolean closed;

    public RaceRunner(List<RaceStrategy> strategies, RaceConfig config, Context loop) {
        this.strategies = strategies;
        this.config = config;
        this.loop = loop;
        this.races = new LimitedMap<>(config.racesKeptMax());
    }

    public List<RaceStrategy> strategies() {
        return strategies;
    }

    public RaceConfig config() {
        return config;
    }

    public Optional<RaceStrategy> strategy(String name) {
        return strategies.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** Empty while another race is running. */
    public Optional<Race> start(RaceOrder order, RaceStrategy strategy) {
        if (running != null || closed) {
            return Optional.empty();
        }
        var race = new Race(order, strategy, config, loop);
        running = race;
        races.put(race.result().id(), race);
        over = race.run().onComplete(done -> running = null);
        return Optional.of(race);
    }

    public Optional<Race> race(String id) {
        return Optional.ofNullable(races.get(id));
    }

    /** Completes when no race is running. */
    public Future<Void> stop() {
        closed = true;
        if (running != null) {
            running.stop("stopped");
        }
        return over;
    }
}
