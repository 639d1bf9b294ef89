package dev.doorbuster.cli.rehearse.metrics;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * All samples of one process at one moment.
 *
 * @param atNanos as of {@link System#nanoTime}
 */
public record Scrape(String process, long atNanos, List<Sample> samples) {
    public Scrape {
        samples = List.copyOf(samples);
    }

    /** Sum over all series of the name with the label; empty if there are none. */
    public OptionalDouble sum(String name, String label, String wanted) {
        return values(name, label, wanted).reduce(Double::sum);
    }

    OptionalDouble max(String name, String label, String wanted) {
        return values(name, label, wanted).max();
    }

    private DoubleStream values(String name, String label, String wanted) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name) && sample.has(label, wanted))
                .mapToDouble(Sample::value)
                .filter(Double::isFinite);
    }

    /** One sample of a metric. */
    public record Sample(String name, Map<String, String> labels, double value) {
        public Sample {
            labels = Map.copyOf(labels);
        }

        /** Whether it has the label with this value; true for a null label. */
        boolean has(String label, String wanted) {
            return label == null || wanted.equals(labels.get(label));
        }
    }
}
