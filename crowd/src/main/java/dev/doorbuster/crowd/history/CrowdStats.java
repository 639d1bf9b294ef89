package dev.doorbuster.crowd.history;

import dev.doorbuster.crowd.client.AnswerKind;
import dev.doorbuster.crowd.client.RequestRecord;
import dev.doorbuster.crowd.client.ShopAnswer;
import dev.doorbuster.crowd.client.ShopRequest;
import dev.doorbuster.crowd.client.ShopRequest.Attempt;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A history of one sale in numbers. Repetitions of known reservations are not counted.
 *
 * @param orders requests for an order that were answered
 * @param ordersPerSecond of these, from the first arrival until the last buyer was done
 * @param outcomes of these, by status code and reason
 * @param all from when a first request was due until its answer
 * @param reserved the same, of first requests that were answered with a reservation
 * @param refused the same, of first requests that were answered with a final refusal
 * @param known from when a buyer was due until the first final answer, retries and looks included
 * @param unclear buyers without a final answer
 */
public record CrowdStats(
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
        public static Latency of(Collection<Duration> durations) {
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

    /**
     * Of a history of one sale.
     *
     * @param length from the first arrival until the last buyer was done
     */
    public static CrowdStats of(CrowdHistory history, Duration length) {
        List<RequestRecord> orders = history.requests().stream()
                .filter(request -> request.is(ShopRequest.Kind.ORDER) && !request.is(Attempt.REPEAT))
                .toList();
        var outcomes = new TreeMap<String, Integer>();
        orders.forEach(request -> outcomes.merge(outcome(request.answer()), 1, Integer::sum));
        Map<String, Duration> known = untilFinalAnswer(history.requests());
        List<RequestRecord> first =
                orders.stream().filter(order -> order.is(Attempt.FIRST)).toList();
        return new CrowdStats(
                orders.size(),
                orders.size() / Math.max(length.toNanos() / 1e9, 1e-9),
                outcomes,
                latency(first, order -> true),
                latency(first, order -> order.is(AnswerKind.RESERVED)),
                latency(first, order -> order.is(AnswerKind.REFUSED)),
                Latency.of(known.values()),
                Math.toIntExact(first.stream()
                        .map(order -> order.request().buyer())
                        .filter(buyer -> !known.containsKey(buyer))
                        .distinct()
                        .count()));
    }

    private static Map<String, Duration> untilFinalAnswer(List<RequestRecord> requests) {
        var due = new HashMap<String, Long>();
        requests.stream()
                .filter(request -> request.is(Attempt.FIRST))
                .forEach(request -> due.putIfAbsent(request.request().buyer(), request.dueMicros()));
        var known = new HashMap<String, Duration>();
        requests.stream()
                .filter(request -> request.is(AnswerKind.RESERVED) || request.is(AnswerKind.REFUSED))
                .filter(request -> due.containsKey(request.request().buyer()))
                .forEach(request -> known.putIfAbsent(
                        request.request().buyer(),
                        Duration.ofNanos(1_000
                                * (request.answeredMicros()
                                        - due.get(request.request().buyer())))));
        return known;
    }

    private static Latency latency(List<RequestRecord> requests, Predicate<RequestRecord> which) {
        return Latency.of(
                requests.stream().filter(which).map(RequestRecord::latency).toList());
    }

    /** An answer's status code with reason or status, as a line of a summary. */
    public static String outcome(ShopAnswer answer) {
        if (answer.httpStatus() == 0) {
            return "no answer";
        }
        String what = answer.reason() == null ? answer.status() : answer.reason();
        return what == null ? Integer.toString(answer.httpStatus()) : answer.httpStatus() + " " + what;
    }
}
