package dev.doorbuster.runtime.stats;

import dev.doorbuster.runtime.store.DedicatedRedisConnection;
import dev.doorbuster.runtime.store.RedisStore;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final AtomicBoolean toldOfTooMany = new AtomicBoolean();

    public StatsReader(RedisStore redis, StatsConfig config) {
        this.redis = redis.line();
        this.config = config;
    }

    /** Fails if Redis does not answer, or if more instances live than may be read. */
    public Future<List<InstanceStats>> read() {
        long since = clock.millis() - config.life().toMillis() * StatsBoard.FORGOTTEN_AFTER_LIVES;
        Request lately = Request.cmd(Command.ZRANGE)
                .arg(StatsKeys.INSTANCES)
                .arg(since)
                .arg("+inf")
                .arg("BYSCORE");
        return redis.batch(List.of(lately)).compose(replies -> {
            List<String> all = names(replies.get(0));
            List<String> asked = all.subList(Math.max(0, all.size() - config.instancesMax()), all.size());
            return read(asked).compose(living -> whole(living, all.size() - asked.size()));
        });
    }

    /** The most recent writers were read: if one of them is dead, all older ones are dead, too. */
    private Future<List<InstanceStats>> whole(List<InstanceStats> living, int notAsked) {
        if (notAsked == 0 || living.size() < config.instancesMax()) {
            toldOfTooMany.set(false);
            return Future.succeededFuture(living);
        }
        String words =
                "more than %d instances publish stats, so that sums would be incomplete: raise DOORBUSTER_FIGURES_INSTANCES_MAX"
                        .formatted(config.instancesMax());
        if (toldOfTooMany.compareAndSet(false, true)) {
            LOG.warn("{}", words);
        }
        return Future.failedFuture(words);
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
        List<Request> questions = names.stream()
                .map(name -> Request.cmd(Command.HGETALL).arg(StatsKeys.instance(name)))
                .toList();
        return redis.batch(questions).map(replies -> {
            var living = new ArrayList<InstanceStats>();
            for (int i = 0; i < names.size(); i++) {
                if (replies.get(i).size() > 0) {
                    living.add(figures(names.get(i), replies.get(i)));
                }
            }
            return living;
        });
    }

    private static InstanceStats figures(String name, Response hash) {
        Map<String, Double> figures = new HashMap<>();
        String service = "";
        for (String field : hash.getKeys()) {
            String value = hash.get(field).toString();
            if (field.equals(StatsBoard.SERVICE)) {
                service = value;
            } else {
                figures.put(field, Double.valueOf(value));
            }
        }
        return new InstanceStats(name, service, figures);
    }

    public void close() {
        redis.close();
    }
}
