package dev.doorbuster.runtime.figures;

import dev.doorbuster.runtime.store.RedisLine;
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

/**
 * Reads what all living instances show. Whether one lives is decided by Redis, where its figures expire; the sorted set says
 * whom to ask for, and may still name the dead.
 */
public final class BoardReader {
    private final RedisLine redis;
    private final FiguresConfig config;
    private final Clock clock = Clock.systemUTC();

    public BoardReader(RedisStore redis, FiguresConfig config) {
        this.redis = redis.line();
        this.config = config;
    }

    /** Fails where Redis does not answer. */
    public Future<List<InstanceFigures>> read() {
        long since = clock.millis() - config.life().toMillis() * FiguresBoard.FORGOTTEN_AFTER_LIVES;
        Request lately = Request.cmd(Command.ZRANGE)
                .arg(FiguresKeys.INSTANCES)
                .arg(since)
                .arg("+inf")
                .arg("BYSCORE");
        return redis.batch(List.of(lately)).compose(replies -> read(names(replies.get(0))));
    }

    private List<String> names(Response reply) {
        var names = new ArrayList<String>();
        reply.forEach(name -> names.add(name.toString()));
        return names.subList(Math.max(0, names.size() - config.instancesMax()), names.size());
    }

    private Future<List<InstanceFigures>> read(List<String> names) {
        if (names.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        List<Request> questions = names.stream()
                .map(name -> Request.cmd(Command.HGETALL).arg(FiguresKeys.instance(name)))
                .toList();
        return redis.batch(questions).map(replies -> {
            var living = new ArrayList<InstanceFigures>();
            for (int i = 0; i < names.size(); i++) {
                if (replies.get(i).size() > 0) {
                    living.add(figures(names.get(i), replies.get(i)));
                }
            }
            return living;
        });
    }

    private static InstanceFigures figures(String name, Response hash) {
        Map<String, Double> figures = new HashMap<>();
        String service = "";
        for (String field : hash.getKeys()) {
            String value = hash.get(field).toString();
            if (field.equals(FiguresBoard.SERVICE)) {
                service = value;
            } else {
                figures.put(field, Double.valueOf(value));
            }
        }
        return new InstanceFigures(name, service, figures);
    }

    public void close() {
        redis.close();
    }
}
