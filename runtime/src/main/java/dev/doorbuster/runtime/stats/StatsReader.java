package dev.doorbuster.runtime.stats;

import dev.doorbuster.runtime.stats.InstanceStats.InstanceState;
import dev.doorbuster.runtime.store.DedicatedRedisConnection;
import dev.doorbuster.runtime.store.RedisStore;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the stats of all live instances. Fails if more instances live than may be read, because partial sums would be wrong. An
 * instance is live while its hash in Redis has not expired; the sorted set gives the names to read and may still contain dead
 * instances.
 */
public final class StatsReader {
    private static final Logger LOG = LoggerFactory.getLogger(StatsReader.class);

    private final DedicatedRedisConnection redis;
    private final StatsConfig config;
    private final Clock clock = Clock.systemUTC();
    private final AtomicBoolean warnedOfTooMany = new AtomicBoolean();

    public StatsReader(RedisStore redis, StatsConfig config) {
        this.redis = redis.line();
        this.config = config;
    }

    /** Fails if Redis does not answer, or if more instances live than may be read. */
    public Future<List<InstanceStats>> read() {
        long since = clock.millis() - config.life().toMillis() * StatsWriter.FORGOTTEN_AFTER_LIVES;
        Request recentNames = Request.cmd(Command.ZRANGE, StatsKeys.INSTANCES, since, "+inf", "BYSCORE");
        return redis.batch(List.of(recentNames)).compose(replies -> {
            List<String> all = names(replies.get(0));
            List<String> recent = all.subList(Math.max(0, all.size() - config.instancesMax()), all.size());
            return read(recent).compose(live -> requireComplete(live, all.size() - recent.size()));
        });
    }

    /** The most recent writers were read: if one of them is dead, all older ones are dead, too. */
    private Future<List<InstanceStats>> requireComplete(List<InstanceStats> live, int skipped) {
        if (skipped == 0 || live.size() < config.instancesMax()) {
            warnedOfTooMany.set(false);
            return Future.succeededFuture(live);
        }
        String problem = "more than %d instances publish stats, so that sums would be incomplete"
                .formatted(config.instancesMax());
        if (warnedOfTooMany.compareAndSet(false, true)) {
            LOG.warn("{}", problem);
        }
        return Future.failedFuture(problem);
    }

    private static List<String> names(Response reply) {
        var names = new ArrayList<String>();
        reply.forEach(name -> names.add(name.toString()));
        return names;
    }

    private Future<List<InstanceStats>> read(List<String> names) {
        if (names.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        List<Request> requests = names.stream()
                .flatMap(name -> Stream.of(StatsKeys.instance(name), StatsKeys.state(name)))
                .map(key -> Request.cmd(Command.HGETALL).arg(key))
                .toList();
        return redis.batch(requests).map(replies -> {
            var live = new ArrayList<InstanceStats>();
            for (int i = 0; i < names.size(); i++) {
                if (replies.get(2 * i).size() > 0) {
                    live.add(values(names.get(i), replies.get(2 * i), replies.get(2 * i + 1)));
                }
            }
            return live;
        });
    }

    private static Optional<InstanceState> state(Response hash) {
        if (hash.size() == 0) {
            return Optional.empty();
        }
        var problems = new TreeMap<String, String>();
        for (String field : hash.getKeys()) {
            if (field.startsWith(StatsWriter.PROBLEM)) {
                problems.put(
                        field.substring(StatsWriter.PROBLEM.length()),
                        hash.get(field).toString());
            }
        }
        return Optional.of(new InstanceState(
                hash.get(StatsWriter.VERSION).toString(),
                Instant.ofEpochMilli(hash.get(StatsWriter.STARTED_AT).toLong()),
                problems));
    }

    private static InstanceStats values(String name, Response hash, Response state) {
        Map<String, Double> values = new HashMap<>();
        String service = "";
        for (String field : hash.getKeys()) {
            String value = hash.get(field).toString();
            if (field.equals(StatsWriter.SERVICE)) {
                service = value;
            } else {
                values.put(field, Double.valueOf(value));
            }
        }
        return new InstanceStats(name, service, values, state(state));
    }

    public void close() {
        redis.close();
    }
}
