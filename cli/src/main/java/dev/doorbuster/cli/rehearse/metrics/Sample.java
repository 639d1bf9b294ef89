package dev.doorbuster.cli.rehearse.metrics;

import java.util.Map;

/** One sample of a metric. */
record Sample(String name, Map<String, String> labels, double value) {
    Sample {
        labels = Map.copyOf(labels);
    }

    /** Whether it has the label with this value; true for a null label. */
    boolean has(String label, String wanted) {
        return label == null || wanted.equals(labels.get(label));
    }
}
