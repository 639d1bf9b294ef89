package dev.doorbuster.runtime.stats;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Meters as a flat map. A name is the meter's name followed by its tags as {@code
 * tag=value}. A timer gives several entries: {@code
 * count}, {@code
 * seconds} (the sum), and {@code
 * le=seconds} for each cumulative bucket.
 */
final class MeterSnapshot {
    private MeterSnapshot() {}

    static Map<String, Double> of(MeterRegistry registry, List<String> names) {
        var values = new HashMap<String, Double>();
        for (String name : names) {
            registry.find(name).meters().forEach(meter -> add(meter, values));
        }
        return values;
    }

    private static void add(Meter meter, Map<String, Double> values) {
        String name = name(meter);
        if (meter instanceof Timer timer) {
            add(name, timer.takeSnapshot(), values);
        } else if (meter instanceof Counter counter) {
            values.put(name, counter.count());
        } else if (meter instanceof Gauge gauge && Double.isFinite(gauge.value())) {
            values.put(name, gauge.value());
        }
    }

    private static void add(String name, HistogramSnapshot times, Map<String, Double> values) {
        values.put(name + "|count", (double) times.count());
        values.put(name + "|seconds", times.total(TimeUnit.SECONDS));
        for (CountAtBucket bucket : times.histogramCounts()) {
            values.put(name + "|le=" + bucket.bucket(TimeUnit.SECONDS), bucket.count());
        }
    }

    private static String name(Meter meter) {
        return meter.getId().getName()
                + meter.getId().getTags().stream()
                        .map(tag -> "|" + tag.getKey() + "=" + tag.getValue())
                        .collect(Collectors.joining());
    }
}
