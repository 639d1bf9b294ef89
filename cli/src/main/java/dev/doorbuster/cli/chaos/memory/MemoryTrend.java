package dev.doorbuster.cli.chaos.memory;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Memory growth of one service under load. Only the second half is judged: in the first one a JVM touches its heap,
 * loads classes and compiles them. It is judged only if that half is long enough to distinguish a slope from a step,
 * and if the service was not restarted during it, nor shortly before. A leak grows throughout: the medians of the
 * half's three thirds are compared, and the smaller growth counts. Memory is allocated in steps, such as a pool's chunk
 * of 4 MiB or a heap region, and a single step shows between two of the thirds only.
 *
 * @param slope the smaller growth between thirds of the second half, in MiB per hour
 */
public record MemoryTrend(String service, double first, double last, long lives, double slope, Verdict verdict) {
    /** Minimum load that is judged. */
    static final Duration LOAD_MIN = Duration.ofMinutes(10);
    /** What a JVM has run before it is judged. */
    private static final Duration WARM_UP = Duration.ofMinutes(5);
    /** Growth in MiB per hour that is tolerated: two thirds of a heap of 256 MiB in a day. */
    public static final double FLAT_MAX = 8;

    private static final int MINUTES_PER_HOUR = 60;
    private static final int THIRDS = 3;

    /**
     * Variables that let per-caller caches reach their limits in the half that is not judged: a cache that is
     * filling up looks like a leak.
     */
    public static final Map<String, String> SOON_FULL = Map.of("DOORBUSTER_BUYERS_TRACKED_MAX", "2000");

    enum Verdict {
        FLAT("flat"),
        GROWS("GROWS"),
        TOO_SHORT("not judged: less than %d min of load".formatted(LOAD_MIN.toMinutes())),
        YOUNG("not judged: it was restarted later than %d min before the second half".formatted(WARM_UP.toMinutes()));

        private final String text;

        Verdict(String text) {
            this.text = text;
        }
    }

    /** Resident memory at one moment, in minutes since the load began. */
    record Sample(long pid, double minutes, double mebibytes) {}

    static MemoryTrend of(String service, List<Sample> samples, Duration load) {
        double half = load.toSeconds() / 120.0;
        List<Sample> judged =
                samples.stream().filter(sample -> sample.minutes() >= half).toList();
        List<Sample> warm = samples.stream()
                .filter(sample -> sample.minutes() >= half - WARM_UP.toMinutes())
                .toList();
        double slope = slope(judged);
        return new MemoryTrend(
                service,
                samples.get(0).mebibytes(),
                samples.get(samples.size() - 1).mebibytes(),
                lives(samples),
                slope,
                verdict(slope, lives(warm), load));
    }

    private static long lives(List<Sample> samples) {
        return samples.stream().mapToLong(Sample::pid).distinct().count();
    }

    private static Verdict verdict(double slope, long lives, Duration load) {
        if (load.compareTo(LOAD_MIN) < 0) {
            return Verdict.TOO_SHORT;
        }
        if (lives != 1) {
            return Verdict.YOUNG;
        }
        return slope <= FLAT_MAX ? Verdict.FLAT : Verdict.GROWS;
    }

    public boolean grows() {
        return verdict == Verdict.GROWS;
    }

    private static double slope(List<Sample> samples) {
        List<Sample> least = leastOfEachMinute(samples);
        List<Sample> thirds = IntStream.range(0, THIRDS)
                .mapToObj(part -> least.subList(part * least.size() / THIRDS, (part + 1) * least.size() / THIRDS))
                .filter(part -> !part.isEmpty())
                .map(MemoryTrend::middle)
                .toList();
        return IntStream.range(1, thirds.size())
                .mapToDouble(part -> perHour(thirds.get(part - 1), thirds.get(part)))
                .min()
                .orElse(0);
    }

    /** Medians of time and memory. */
    private static Sample middle(List<Sample> part) {
        return new Sample(
                part.get(0).pid(),
                median(part.stream().mapToDouble(Sample::minutes)),
                median(part.stream().mapToDouble(Sample::mebibytes)));
    }

    /** The lower median: always a measured value, never half of a step. */
    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return sorted[(sorted.length - 1) / 2];
    }

    private static double perHour(Sample from, Sample to) {
        return MINUTES_PER_HOUR * (to.mebibytes() - from.mebibytes()) / (to.minutes() - from.minutes());
    }

    /** Garbage is collected once per minute, so the minimum of a minute is the live memory. */
    private static List<Sample> leastOfEachMinute(List<Sample> samples) {
        return List.copyOf(samples.stream()
                .collect(Collectors.toMap(
                        sample -> (int) sample.minutes(),
                        Function.identity(),
                        BinaryOperator.minBy(Comparator.comparingDouble(Sample::mebibytes)),
                        TreeMap::new))
                .values());
    }

    @Override
    public String toString() {
        String second = verdict == Verdict.FLAT || verdict == Verdict.GROWS
                ? "second half %+5.1f MiB/h, ".formatted(slope)
                : "";
        return "%-18s %4.0f MiB at first, %4.0f at last, %d %s; %s%s"
                .formatted(service, first, last, lives, lives == 1 ? "life" : "lives", second, verdict.text);
    }
}
