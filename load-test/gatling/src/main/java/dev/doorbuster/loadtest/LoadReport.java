package dev.doorbuster.loadtest;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.doorbuster.crowd.client.AnswerKind;
import dev.doorbuster.crowd.client.ShopAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** What the crowd heard and what was wrong with it. Filled by all virtual users at once. */
final class LoadReport {
    private static final double[] SHARES = {0.5, 0.95, 0.99, 1};

    private final Map<String, LongAdder> answers = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> wrongs = new ConcurrentSkipListMap<>();
    private final Map<AnswerKind, Queue<Long>> told = new ConcurrentHashMap<>();

    @CanIgnoreReturnValue
    ShopAnswer heard(ShopAnswer answer) {
        String what = answer.reason() == null ? answer.status() : answer.reason();
        count(answers, answer.httpStatus() == 0 ? "no answer" : answer.httpStatus() + " " + (what == null ? "" : what));
        if (answer.kind() == AnswerKind.UNEXPECTED) {
            wrong("answers that the interface does not have");
        }
        return answer;
    }

    /** A buyer's last word, and how long it took. */
    void told(ShopAnswer last, Duration after) {
        switch (last.kind()) {
            case RESERVED, REFUSED ->
                told.computeIfAbsent(last.kind(), heard -> new ConcurrentLinkedQueue<>())
                        .add(after.toNanos());
            case PENDING, BUSY, LOST -> wrong("buyers who never heard yes or no");
            case UNEXPECTED -> {}
        }
    }

    void wrong(String what) {
        count(wrongs, what);
    }

    /** Everything that must not be, with how often it was; empty where all was well. */
    List<String> wrongs(Duration p99Max) {
        for (AnswerKind heard : told.keySet()) {
            if (quantile(sorted(heard), 0.99) > p99Max.toNanos()) {
                wrong("buyers later than P99_MS_MAX, " + heard);
            }
        }
        return wrongs.entrySet().stream()
                .map(wrong -> wrong.getKey() + ": " + wrong.getValue())
                .toList();
    }

    String describe() {
        var text = new StringBuilder("answers\n");
        answers.forEach((what, count) -> text.append("  %-28s %,9d%n".formatted(what, count.sum())));
        text.append("%-22s%12s%12s%12s%12s%n".formatted("until a buyer", "p50", "p95", "p99", "max"));
        text.append(line("had it", sorted(AnswerKind.RESERVED)));
        text.append(line("heard no", sorted(AnswerKind.REFUSED)));
        return text.toString();
    }

    private static String line(String what, List<Long> sorted) {
        var text = new StringBuilder("  %-20s".formatted(what));
        for (double share : SHARES) {
            text.append("%9.1f ms".formatted(quantile(sorted, share) / 1e6));
        }
        return text.append("  (%,d)%n".formatted(sorted.size())).toString();
    }

    private List<Long> sorted(AnswerKind heard) {
        return told.getOrDefault(heard, new ConcurrentLinkedQueue<>()).stream()
                .sorted()
                .toList();
    }

    /** Nearest rank. */
    private static long quantile(List<Long> sorted, double share) {
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.max(0, Math.ceil(share * sorted.size()) - 1));
    }

    private static void count(Map<String, LongAdder> counts, String what) {
        counts.computeIfAbsent(what, name -> new LongAdder()).increment();
    }
}
