package dev.doorbuster.crowd.judge.evidence;

import dev.doorbuster.crowd.client.AnswerKind;
import dev.doorbuster.crowd.client.RequestRecord;
import dev.doorbuster.crowd.client.ShopRequest;
import dev.doorbuster.crowd.client.ShopRequest.Attempt;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot.LedgerOrderRow;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** All requests about one order with their answers, in the order of the answers. */
public record OrderHistory(List<RequestRecord> requests) {
    /** Identifies an order. */
    public record Id(String sale, String buyer, String key) {
        public static Id of(RequestRecord request) {
            return new Id(request.request().sale(), request.request().buyer(), request.key());
        }

        public static Id of(LedgerOrderRow row) {
            return new Id(row.sale(), row.buyer(), row.key());
        }
    }

    public OrderHistory {
        requests = List.copyOf(requests);
    }

    public Optional<RequestRecord> firstReserved() {
        return requests.stream()
                .filter(request -> request.is(AnswerKind.RESERVED))
                .findFirst();
    }

    /** Sent when the reservation was known: of two requests in flight one may be refused. */
    public Optional<RequestRecord> refusedAfter(RequestRecord reserved) {
        return requests.stream()
                .filter(request -> request.is(ShopRequest.Kind.ORDER) || request.is(ShopRequest.Kind.LOOK))
                .filter(request -> request.is(AnswerKind.REFUSED) && request.isSentAfter(reserved))
                .findFirst();
    }

    /** Every request was refused: at once, or as the end of an accepted one. */
    public boolean isRefused() {
        return orders().stream().anyMatch(order -> order.is(AnswerKind.REFUSED) || order.is(AnswerKind.PENDING))
                && holdsNothing();
    }

    /** The same, or no request was accepted at all: the ledger holds nothing for the order then. */
    public boolean holdsNothing() {
        return holdsNothing(this::isRefusedLater);
    }

    /**
     * The same where units may come back. Each request is decided by itself then: a repetition that is refused proves nothing
     * about an earlier one that was accepted and is still undecided, unless it {@link #refusedAfterMarkers followed it}.
     */
    public boolean holdsNothingByEachAnswer() {
        return holdsNothing(this::isTheOnlyOneAndRefusedLater);
    }

    /**
     * The refusals of requests with a key, one for each accepted request, that say that the accepted one was refused: before
     * such a refusal a marker follows all earlier orders. Empty if an accepted request has none, or another answer leaves
     * open what happened.
     */
    public List<RequestRecord> refusedAfterMarkers() {
        if (!holdsNothing(request -> refusedAfterMarker(request).isPresent())) {
            return List.of();
        }
        return orders().stream()
                .filter(order -> order.is(AnswerKind.PENDING))
                .flatMap(accepted -> refusedAfterMarker(accepted).stream())
                .toList();
    }

    private boolean holdsNothing(Predicate<RequestRecord> refusedLater) {
        List<RequestRecord> orders = orders();
        return !orders.isEmpty()
                && orders.stream()
                        .allMatch(order -> order.is(AnswerKind.REFUSED)
                                || order.answer().isWithoutEffect()
                                || refusedLater.test(order));
    }

    /** Not one that was sent while another was under way: it may have joined that one, whose marker was sent before. */
    private Optional<RequestRecord> refusedAfterMarker(RequestRecord accepted) {
        if (!accepted.is(AnswerKind.PENDING)) {
            return Optional.empty();
        }
        return orders().stream()
                .filter(later -> later.request().key() != null
                        && later.is(AnswerKind.REFUSED)
                        && later.answer().httpStatus() == 409)
                .filter(later -> later.sentMicros() >= accepted.answeredMicros())
                .filter(later -> orders().stream()
                        .filter(other -> other.sentMicros() < later.sentMicros())
                        .allMatch(other -> other.answeredMicros() <= later.sentMicros()))
                .findFirst();
    }

    /** No final answer: units may be held of which the buyer does not know. */
    boolean isUnknown() {
        return firstReserved().isEmpty() && !isRefused();
    }

    /** An accepted request (202) without a final answer afterwards. */
    public Optional<RequestRecord> undecided() {
        return firstReserved().isPresent()
                ? Optional.empty()
                : orders().stream()
                        .filter(order -> order.is(AnswerKind.PENDING) && !isRefusedLater(order))
                        .findFirst();
    }

    public Set<String> orderIds() {
        return requests.stream()
                .map(request -> request.answer().orderId())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    List<RequestRecord> orders() {
        return requests.stream()
                .filter(request -> request.is(ShopRequest.Kind.ORDER))
                .toList();
    }

    public List<RequestRecord> repeats() {
        return requests.stream().filter(request -> request.is(Attempt.REPEAT)).toList();
    }

    public long firstSentMicros() {
        return requests.stream().mapToLong(RequestRecord::sentMicros).min().orElseThrow();
    }

    public RequestRecord last() {
        return requests.get(requests.size() - 1);
    }

    int quantity() {
        return orders().stream()
                .mapToInt(order -> order.request().quantity())
                .findFirst()
                .orElse(0);
    }

    /** Where several requests were accepted under one key, a look that says REJECTED tells of one of them only. */
    private boolean isTheOnlyOneAndRefusedLater(RequestRecord accepted) {
        boolean only = orders().stream()
                        .filter(order -> !order.answer().isWithoutEffect())
                        .count()
                == 1;
        return only && isRefusedLater(accepted);
    }

    private boolean isRefusedLater(RequestRecord accepted) {
        return accepted.is(AnswerKind.PENDING)
                && requests.stream()
                        .filter(later -> later.is(AnswerKind.REFUSED))
                        .anyMatch(later -> later.sentMicros() >= accepted.answeredMicros());
    }
}
