package dev.doorbuster.cli.crowd;

import dev.doorbuster.crowd.client.AnswerKind;
import dev.doorbuster.crowd.client.ShopAnswer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A journal in figures.
 *
 * @param orders requests for an order answered while the crowd came, encores not counted
 * @param ordersPerSecond of these, from the first arrival until the last buyer knew
 * @param outcomes answers to requests for an order, encores not counted, by status code and reason
 * @param all from when a first request was due until its answer
 * @param reserved the same, of those who heard at once that they have it
 * @param refused the same, of those who heard at once that they do not
 * @param known from when a buyer was due until he knew, however often he had to ask
 * @param unclear buyers who never got a clear answer
 */
public record CrowdFigures(
        int orders,
        double ordersPerSecond,
        Map<String, Integer> outcomes,
        Latency all,
        Latency reserved,
        Latency refused,
        Latency known,
        int unclear) {
    /** Of {@code count} answers. */
    public record Latency(int count, Duration p50, Duration p99, Duration max) {
        static Latency of(Collection<Duration> durations) {
            List<Duration> sorted = durations.stream().sorted().toList();
            return new Latency(sorted.size(), quantile(sorted, 0.5), quantile(sorted, 0.99), quantile(sorted, 1));
        }

        /** Nearest rank. */
        private static Duration quantile(List<Duration> sorted, double share) {
            if (sorted.isEmpty()) {
                return Duration.ZERO;
            }
            int rank = (int) Math.ceil(share * sorted.size());
            return sorted.get(Math.max(rank, 1) - 1);
        }

        @Override
        public String toString() {
            return "p50 %.1f ms, p99 %.1f ms, max %.1f ms (%d)"
                    .formatted(p50.toNanos() / 1e6, p99.toNanos() / 1e6, max.toNanos() / 1e6, count);
        }
    }

    public static CrowdFigures of(Journal journal) {
        List<Entry> asked = journal.entries().stream()
                .filter(entry -> entry.kind() != Entry.Kind.LOOK && entry.kind() != Entry.Kind.ENCORE)
                .toList();
        var outcomes = new TreeMap<String, Integer>();
        asked.forEach(entry -> outcomes.merge(outcome(entry.answer()), 1, Integer::sum));
        Map<String, Duration> known = untilKnown(journal.entries());
        return new CrowdFigures(
                asked.size(),
                asked.size() / Math.max(journal.crowding().toNanos() / 1e9, 1e-9),
                outcomes,
                latency(asked, heard -> true),
                latency(asked, heard -> heard == AnswerKind.RESERVED),
                latency(asked, heard -> heard == AnswerKind.REFUSED),
                Latency.of(known.values()),
                Math.toIntExact(asked.stream()
                        .filter(entry -> entry.kind() == Entry.Kind.FIRST && !known.containsKey(entry.buyer()))
                        .count()));
    }

    /** Of each buyer who knows in the end: how long after he was due came the first answer that is clear. */
    private static Map<String, Duration> untilKnown(List<Entry> entries) {
        var due = new HashMap<String, Long>();
        entries.stream()
                .filter(entry -> entry.kind() == Entry.Kind.FIRST)
                .forEach(entry -> due.put(entry.buyer(), entry.sentAtNanos()));
        var known = new HashMap<String, Duration>();
        entries.stream()
                .filter(entry -> entry.answerKind() == AnswerKind.RESERVED || entry.answerKind() == AnswerKind.REFUSED)
                .filter(entry -> due.containsKey(entry.buyer()))
                .forEach(entry -> known.putIfAbsent(
                        entry.buyer(), Duration.ofNanos(entry.answeredAtNanos() - due.get(entry.buyer()))));
        return known;
    }

    private static Latency latency(List<Entry> entries, Predicate<AnswerKind> which) {
        return Latency.of(entries.stream()
                .filter(entry -> entry.kind() == Entry.Kind.FIRST && which.test(entry.answerKind()))
                .map(Entry::latency)
                .toList());
    }

    private static String outcome(ShopAnswer answer) {
        if (answer.httpStatus() == 0) {
            return "no answer";
        }
        String what = answer.reason() == null ? answer.status() : answer.reason();
        return what == null ? Integer.toString(answer.httpStatus()) : answer.httpStatus() + " " + what;
    }
}
