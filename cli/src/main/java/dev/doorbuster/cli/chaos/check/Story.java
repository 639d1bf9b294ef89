package dev.doorbuster.cli.chaos.check;

import dev.doorbuster.cli.chaos.history.Exchange;
import dev.doorbuster.cli.chaos.history.Request;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** All that was asked and heard of one order, in the order of the answers. */
record Story(List<Exchange> exchanges) {
    /** What orders are told apart by. */
    record Id(String sale, String buyer, String key) {}

    Story {
        exchanges = List.copyOf(exchanges);
    }

    Optional<Exchange> firstTakenIn() {
        return exchanges.stream().filter(Exchange::isTakenIn).findFirst();
    }

    Optional<Exchange> refusedAfter(Exchange takenIn) {
        return exchanges.stream()
                .filter(exchange -> exchange.is(Request.Kind.ORDER) || exchange.is(Request.Kind.LOOK))
                .filter(Exchange::isRefused)
                .filter(exchange -> exchange.sentMicros() > takenIn.answeredMicros())
                .findFirst();
    }

    /**
     * Every request for it got a clear no: at once, or as the end of what had been accepted.
     *
     * @param decidedMicros by when the order had its row. Each request is decided by itself: a repeat that was refused before
     *     then says nothing about one that had been accepted and was under way still
     */
    boolean isRefused(long decidedMicros) {
        return requests().stream().anyMatch(exchange -> exchange.isRefused() || exchange.isPending())
                && requests().stream()
                        .allMatch(exchange -> exchange.isRefused()
                                || exchange.isNeverTaken()
                                || isClearlyRefusedLater(exchange, decidedMicros));
    }

    /** Accepted, and nothing final was heard afterwards. */
    Optional<Exchange> waitingStill() {
        return firstTakenIn().isPresent()
                ? Optional.empty()
                : requests().stream()
                        .filter(Exchange::isPending)
                        .filter(exchange -> !isRefusedLater(exchange))
                        .findFirst();
    }

    Set<String> orders() {
        return exchanges.stream()
                .map(exchange -> exchange.answer().id())
                .filter(id -> id != null)
                .collect(Collectors.toSet());
    }

    private List<Exchange> requests() {
        return exchanges.stream()
                .filter(exchange -> exchange.is(Request.Kind.ORDER))
                .toList();
    }

    /** Where several were taken under one key, a look that says REJECTED tells of one of them. */
    private boolean isClearlyRefusedLater(Exchange accepted, long decidedMicros) {
        boolean only =
                requests().stream().filter(request -> !request.isNeverTaken()).count() == 1;
        return accepted.isPending()
                && exchanges.stream()
                        .filter(Exchange::isRefused)
                        .filter(exchange ->
                                exchange.is(Request.Kind.ORDER) ? exchange.sentMicros() > decidedMicros : only)
                        .anyMatch(exchange -> exchange.sentMicros() >= accepted.answeredMicros());
    }

    private boolean isRefusedLater(Exchange accepted) {
        return accepted.isPending()
                && exchanges.stream()
                        .filter(Exchange::isRefused)
                        .anyMatch(exchange -> exchange.sentMicros() >= accepted.answeredMicros());
    }
}
