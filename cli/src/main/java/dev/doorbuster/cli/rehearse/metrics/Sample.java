package dev.doorbuster.cli.rehearse.metrics;

import java.util.Map;

/** One figure of a page of metrics. */
record Sample(String name, Map<String, String> labels, double value) {
    Sample {
        labels = Map.copyOf(labels);
    }

    /** Whether it has the label with this value; a null label asks for nothing. */
    boolean has(String label, String wanted) {
        return label == null || wanted.equals(labels.get(label));
    }
}
