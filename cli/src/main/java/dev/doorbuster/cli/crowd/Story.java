package dev.doorbuster.cli.crowd;

import dev.doorbuster.crowd.client.AnswerKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that one buyer asked and heard under one key, in the order of the answers. */
record Story(String buyer, String key, List<Entry> entries) {
    /** What a buyer's orders are told apart by. */
    record Id(String buyer, String key) {}

    Story {
        entries = List.copyOf(entries);
    }

    Optional<Entry> firstReserved() {
        return entries.stream()
                .filter(entry -> entry.answerKind() == AnswerKind.RESERVED)
                .findFirst();
    }

    /** Every request got a clear no: at once, or as an accepted order's end. */
    boolean isRefused() {
        return requests().allMatch(entry -> entry.answerKind() == AnswerKind.REFUSED || isRefusedLater(entry));
    }

    /** No clear answer: something may have been taken of which the buyer does not know. */
    boolean isUnknown() {
        return firstReserved().isEmpty() && !isRefused();
    }

    /** Accepted (202), and nothing final was heard afterwards. */
    boolean waitsStill() {
        return firstReserved().isEmpty()
                && requests().anyMatch(entry -> entry.answerKind() == AnswerKind.PENDING && !isRefusedLater(entry));
    }

    /** Asked again only after the reservation was known: one in flight at the same time may lose its race. */
    Optional<Entry> refusedAfterReserved() {
        return firstReserved()
                .flatMap(reserved -> entries.stream()
                        .filter(entry -> entry.answerKind() == AnswerKind.REFUSED)
                        .filter(entry -> entry.sentAtNanos() > reserved.answeredAtNanos())
                        .findFirst());
    }

    List<Entry> encores() {
        return entries.stream()
                .filter(entry -> entry.kind() == Entry.Kind.ENCORE)
                .toList();
    }

    /** What was heard last of those who asked again, be it by a look at what a 202 had named. */
    Optional<Entry> lastOfEncore() {
        return encores().isEmpty() ? Optional.empty() : Optional.of(entries.get(entries.size() - 1));
    }

    Set<String> orderIds() {
        return entries.stream()
                .map(entry -> entry.answer().orderId())
                .filter(id -> id != null)
                .collect(Collectors.toSet());
    }

    int units() {
        return entries.get(0).quantity();
    }

    private Stream<Entry> requests() {
        return entries.stream().filter(entry -> entry.kind() != Entry.Kind.LOOK);
    }

    private boolean isRefusedLater(Entry accepted) {
        return accepted.answerKind() == AnswerKind.PENDING
                && entries.stream()
                        .filter(entry -> entry.answerKind() == AnswerKind.REFUSED)
                        .anyMatch(entry -> entry.sentAtNanos() >= accepted.answeredAtNanos());
    }
}
