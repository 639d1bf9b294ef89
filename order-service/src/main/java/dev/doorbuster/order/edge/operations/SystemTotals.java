package dev.doorbuster.order.edge.operations;

import dev.doorbuster.runtime.stats.InstanceStats;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * Sums of the metrics of all instances since their start. A sum drops when an instance ends. Every ledger reports
 * the same values for sales, so there the maximum counts.
 */
final class SystemTotals {
    private static final String SALE = "doorbuster.sale.";
    private static final String LE = "|le=";

    private final TreeMap<String, Double> totals = new TreeMap<>();

    SystemTotals(List<InstanceStats> instances) {
        for (InstanceStats instance : instances) {
            instance.values().forEach((name, value) -> {
                BinaryOperator<Double> together = name.startsWith(SALE) ? Math::max : Double::sum;
                totals.merge(name, value, together);
            });
        }
    }

    /** Sum over all tags of the name. */
    long sum(String meter) {
        return Math.round(totals.entrySet().stream()
                .filter(each -> each.getKey().equals(meter) || each.getKey().startsWith(meter + "|"))
                .mapToDouble(Map.Entry::getValue)
                .sum());
    }

    /** Sums by the value of the meter's only tag. */
    JsonObject by(String meter, String tag) {
        var values = new JsonObject();
        String prefix = meter + "|" + tag + "=";
        totals.subMap(prefix, prefix + Character.MAX_VALUE)
                .forEach((name, value) -> values.put(name.substring(prefix.length()), Math.round(value)));
        return values;
    }

    /** A timer over all tags: count, total time, and counts by bucket. */
    JsonObject times(String timer) {
        double count = 0;
        double seconds = 0;
        var buckets = new TreeMap<Double, Double>();
        for (Map.Entry<String, Double> each :
                totals.subMap(timer + "|", timer + "|" + Character.MAX_VALUE).entrySet()) {
            String name = each.getKey();
            int le = name.lastIndexOf(LE);
            if (le >= 0) {
                buckets.merge(Double.valueOf(name.substring(le + LE.length())), each.getValue(), Double::sum);
            } else if (name.endsWith("|count")) {
                count += each.getValue();
            } else if (name.endsWith("|seconds")) {
                seconds += each.getValue();
            }
        }
        var upTo = new JsonArray();
        buckets.forEach((limit, within) ->
                upTo.add(new JsonObject().put("seconds", limit).put("count", Math.round(within))));
        return new JsonObject()
                .put("count", Math.round(count))
                .put("seconds", seconds)
                .put("upTo", upTo);
    }

    /** The sales' metrics, as last read by the ledgers. */
    JsonArray sales() {
        var sales = new TreeMap<String, JsonObject>();
        totals.subMap(SALE, SALE + Character.MAX_VALUE).forEach((name, value) -> {
            int tag = name.indexOf("|sale=");
            if (tag >= 0) {
                String sale = name.substring(tag + "|sale=".length());
                sales.computeIfAbsent(sale, id -> new JsonObject().put("saleId", id))
                        .put(name.substring(SALE.length(), tag), Math.round(value));
            }
        });
        return new JsonArray(List.copyOf(sales.values()));
    }
}
