package dev.doorbuster.loadtest;

import dev.doorbuster.crowd.client.AnswerKind;
import dev.doorbuster.crowd.client.RequestRecord;
import dev.doorbuster.crowd.client.ShopAnswer;
import dev.doorbuster.crowd.client.ShopRequest;
import dev.doorbuster.crowd.history.CrowdHistory;
import dev.doorbuster.crowd.history.CrowdStats;
import dev.doorbuster.crowd.history.HistoryRecorder;
import dev.doorbuster.crowd.judge.Judge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** All answers, and what was wrong with them. Filled by all virtual users at once. */
final class LoadReport {
    private static final double[] SHARES = {0.5, 0.95, 0.99, 1};

    private final HistoryRecorder history = HistoryRecorder.inMemory();
    private final Map<String, LongAdder> wrongs = new ConcurrentSkipListMap<>();
    private final Map<AnswerKind, Queue<Long>> ended = new ConcurrentHashMap<>();

    /** The clock of {@link #answered}. */
    long now() {
        return history.now();
    }

    void answered(ShopRequest request, long sentMicros, ShopAnswer answer) {
        history.add(new RequestRecord(request, "shop", sentMicros, sentMicros, now(), answer));
    }

    /** A buyer's last answer, and how long after the arrival it came. */
    void ended(ShopAnswer last, Duration after) {
        switch (last.kind()) {
            case RESERVED, REFUSED ->
                ended.computeIfAbsent(last.kind(), kind -> new ConcurrentLinkedQueue<>())
                        .add(after.toNanos());
            case PENDING, BUSY, LOST -> wrong("buyers without a final answer");
            case UNEXPECTED -> {}
        }
    }

    void wrong(String what) {
        wrongs.computeIfAbsent(what, name -> new LongAdder()).increment();
    }

    /** Everything that must not be, with how often it was; empty where all was well. */
    List<String> wrongs(Duration p99Max) {
        var all = new ArrayList<String>();
        wrongs.forEach((what, count) -> all.add(what + ": " + count));
        Judge.judgeAnswers(history.read())
                .byViolation()
                .forEach((violation, found) ->
                        all.add("%s, %s: %d".formatted(violation, violation.meaning(), found.size())));
        for (AnswerKind kind : ended.keySet()) {
            if (quantile(sorted(kind), 0.99) > p99Max.toNanos()) {
                all.add("p99 later than P99_MS_MAX, " + kind);
            }
        }
        return all;
    }

    String describe() {
        var counts = new TreeMap<String, Integer>();
        CrowdHistory all = history.read();
        all.requests().forEach(request -> counts.merge(CrowdStats.outcome(request.answer()), 1, Integer::sum));
        var text = new StringBuilder("answers\n");
        counts.forEach((what, count) -> text.append("  %-28s %,9d%n".formatted(what, count)));
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

    private List<Long> sorted(AnswerKind kind) {
        return ended.getOrDefault(kind, new ConcurrentLinkedQueue<>()).stream()
                .sorted()
                .toList();
    }

    /** Nearest rank. */
    private static long quantile(List<Long> sorted, double share) {
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.max(0, Math.ceil(share * sorted.size()) - 1));
    }
}
