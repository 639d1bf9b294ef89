package dev.doorbuster.cli.rehearse.metrics;

import dev.doorbuster.cli.rehearse.metrics.Scrape.Sample;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/** Samples of one process before, during and after a load. */
record Series(String process, List<Scrape> scrapes) {
    private static final double NANOS_PER_SECOND = 1e9;

    Series {
        scrapes = List.copyOf(scrapes);
    }

    double seconds() {
        return (last().atNanos() - first().atNanos()) / NANOS_PER_SECOND;
    }

    OptionalDouble mean(String gauge, String label, String wanted) {
        return each(scrape -> scrape.sum(gauge, label, wanted)).average();
    }

    OptionalDouble max(String gauge, String label, String wanted) {
        return each(scrape -> scrape.max(gauge, label, wanted)).max();
    }

    /** Increase of a counter. A series that appeared meanwhile counts from 0, and so does a restarted process. */
    OptionalDouble growth(String counter, String label, String wanted) {
        OptionalDouble end = last().sum(counter, label, wanted);
        double begin = first().sum(counter, label, wanted).orElse(0);
        return end.isEmpty() || scrapes.size() < 2
                ? OptionalDouble.empty()
                : OptionalDouble.of(end.getAsDouble() >= begin ? end.getAsDouble() - begin : end.getAsDouble());
    }

    /** Increase per second. */
    OptionalDouble rate(String counter, String label, String wanted) {
        OptionalDouble growth = growth(counter, label, wanted);
        return growth.isEmpty() || seconds() <= 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(growth.getAsDouble() / seconds());
    }

    /**
     * Share of a histogram's new values above a bound; empty if there are none.
     *
     * @param bound must be one of its buckets
     */
    OptionalDouble shareOver(String histogram, String label, String wanted, double bound) {
        double count = growth(histogram + "_count", label, wanted).orElse(0);
        double within =
                within(last(), histogram, label, wanted, bound) - within(first(), histogram, label, wanted, bound);
        return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.max(0, 1 - within / count));
    }

    private static double within(Scrape scrape, String histogram, String label, String wanted, double bound) {
        return scrape.samples().stream()
                .filter(sample -> sample.name().equals(histogram + "_bucket") && sample.has(label, wanted))
                .filter(sample -> PrometheusText.number(sample.labels().get("le")) == bound)
                .mapToDouble(Sample::value)
                .sum();
    }

    private DoubleStream each(Function<Scrape, OptionalDouble> value) {
        return scrapes.stream().map(value).filter(OptionalDouble::isPresent).mapToDouble(OptionalDouble::getAsDouble);
    }

    private Scrape first() {
        return scrapes.get(0);
    }

    private Scrape last() {
        return scrapes.get(scrapes.size() - 1);
    }
}
