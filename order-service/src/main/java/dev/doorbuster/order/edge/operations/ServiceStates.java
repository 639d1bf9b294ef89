package dev.doorbuster.order.edge.operations;

import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.runtime.stats.InstanceStats;
import dev.doorbuster.runtime.stats.InstanceStats.InstanceState;
import dev.doorbuster.runtime.stats.StatsReader;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.Map;

/** {@code GET /api/services}: the running instances, as they were a second ago. */
public final class ServiceStates {
    private static final Comparator<InstanceStats> BY_SERVICE =
            Comparator.comparing(InstanceStats::service).thenComparing(InstanceStats::instance);

    private final StatsReader stats;

    public ServiceStates(StatsReader stats) {
        this.stats = stats;
    }

    public void list(ApiRequest request) {
        request.answer(stats.read(), instances -> {
            var list = new JsonArray();
            instances.stream().sorted(BY_SERVICE).forEach(each -> list.add(json(each)));
            request.json(200, new JsonObject().put("instances", list));
        });
    }

    private static JsonObject json(InstanceStats each) {
        var json = new JsonObject()
                .put("instance", each.instance())
                .put("service", each.service())
                .put("version", each.state().map(InstanceState::version).orElse(""))
                .put(
                        "startedAt",
                        each.state().map(state -> state.startedAt().toString()).orElse(null));
        Map<String, String> problems = each.state().map(InstanceState::problems).orElse(Map.of());
        return json.put("ready", problems.isEmpty()).put("problems", new JsonObject(Map.copyOf(problems)));
    }
}
