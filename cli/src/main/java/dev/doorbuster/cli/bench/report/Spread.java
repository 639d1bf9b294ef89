package dev.doorbuster.cli.bench.report;

import java.util.List;
import java.util.Locale;

/** The values of one quantity, one per round. */
record Spread(List<Double> values) {
    Spread {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no value");
        }
    }

    /** For an even number of values, the mean of the middle two. */
    double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double min() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double max() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** The median, followed by the range in parentheses if there are several values. */
    String text(int decimals) {
        String number = "%,." + decimals + "f";
        return values.size() == 1
                ? String.format(Locale.ROOT, number, median())
                : String.format(Locale.ROOT, number + " (" + number + "–" + number + ")", median(), min(), max());
    }
}
