package dev.doorbuster.order.edge.place;

import dev.doorbuster.contracts.message.OrderAnswered;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.ledger.LedgerOrder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Who waits for which decision.
 *
 * <p>A request is registered here before it is published, because its answer may come before its confirm. It is told
 * whatever is first: the decision; "pending", once the broker has it and its time is up; or that it was not taken. Its
 * time being up, or its reply queue lost, the ledger is asked before "pending" is said, since the answer may have gone
 * astray. Another request for the same order and quantity joins the one in flight instead of entering again. To be used
 * on one event loop only.
 */
final class Waiters {
    private final Vertx vertx;
    private final Clock clock;
    private final int heldMax;
    private final Lookups lookups;
    private final AdmissionControl admission;
    private final Map<UUID, Waiter> byRequest = new HashMap<>();
    private final Map<Asked, Waiter> byOrder = new HashMap<>();
    private int held;
    private boolean stopping;

    private record Asked(UUID orderId, int quantity) {}

    Waiters(Vertx vertx, Clock clock, int heldMax, Lookups lookups, AdmissionControl admission) {
        this.vertx = vertx;
        this.clock = clock;
        this.heldMax = heldMax;
        this.lookups = lookups;
        this.admission = admission;
    }

    int held() {
        return held;
    }

    /** Nobody may wait any more: too many do, or the edge stops. */
    boolean isFull() {
        return stopping || held >= heldMax;
    }

    /** Whether one more order may be published and waited for. */
    boolean admits() {
        return !isFull() && admission.admits(byRequest.size());
    }

    /** When a request that was not admitted should be repeated. */
    int retryAfterSeconds() {
        return admission.retryAfterSeconds(byRequest.size());
    }

    /** The outcome of a request that is in flight for the same order and quantity, if there is one. */
    Optional<Future<Outcome>> join(Wish wish) {
        Waiter inFlight = byOrder.get(new Asked(wish.orderId(), wish.quantity()));
        if (inFlight == null) {
            return Optional.empty();
        } else if (isFull()) {
            // There is no place to wait, and yet the order may be taken: "overloaded" would deny it.
            return Optional.of(Future.succeededFuture(new Outcome.NotTaken(ProblemType.OUTCOME_UNKNOWN)));
        }
        return Optional.of(hold(inFlight, wish));
    }

    /** Holds one request more, which must be asked for first: see {@link #admits()}. */
    Future<Outcome> register(Wish wish) {
        var waiter = new Waiter(wish);
        byRequest.put(waiter.requestId, waiter);
        byOrder.put(new Asked(waiter.orderId, waiter.quantity), waiter);
        return hold(waiter, wish);
    }

    void confirmed(UUID requestId) {
        Waiter waiter = byRequest.get(requestId);
        if (waiter != null) {
            waiter.confirm();
            forgetIfAlone(waiter);
            waiter.holds().stream().filter(Waiter.Hold::isDue).forEach(hold -> endOfWait(waiter, hold));
        }
    }

    void notTaken(UUID requestId, ProblemType why) {
        Waiter waiter = byRequest.get(requestId);
        if (waiter != null) {
            settle(waiter, new Outcome.NotTaken(why));
        }
    }

    /** An answer for nobody is none of ours any more: its request was told "pending" already. */
    void answered(OrderAnswered answer) {
        admission.decided();
        Waiter waiter = byRequest.get(answer.requestId());
        if (waiter == null) {
            return;
        }
        switch (answer.verdict()) {
            case ACCEPTED, REJECTED -> {
                boolean accepted = answer.verdict() == OrderAnswered.Verdict.ACCEPTED;
                settle(waiter, Outcome.decided(answer.order(), accepted, waiter.quantity, answer.replayed()));
            }
            case REFUSED -> refused(waiter, ProblemType.of(answer.reason()));
        }
    }

    /** The reply queue was lost, and with it perhaps answers: asks the ledger about everything that is held. */
    void readLedger() {
        for (Waiter waiter : List.copyOf(byRequest.values())) {
            find(waiter).onSuccess(row -> row.ifPresent(order -> settle(waiter, decided(order, waiter))));
        }
    }

    /** Lets nobody wait for a decision any longer, nor begin to: the edge stops. */
    void hurry() {
        stopping = true;
        for (Waiter waiter : List.copyOf(byRequest.values())) {
            for (Waiter.Hold hold : waiter.holds()) {
                hold.becomeDue();
                if (waiter.isConfirmed()) {
                    endOfWait(waiter, hold);
                }
            }
        }
    }

    /** Whoever waits even so cannot be told more: a broker that is away confirms nothing, batch after batch. */
    void giveUp() {
        for (Waiter waiter : List.copyOf(byRequest.values())) {
            settle(waiter, new Outcome.NotTaken(ProblemType.OUTCOME_UNKNOWN));
        }
    }

    private Future<Outcome> hold(Waiter waiter, Wish wish) {
        var hold = new Waiter.Hold(!wish.patience().isZero());
        waiter.add(hold);
        held++;
        long timer = hold.wantsDecision ? vertx.setTimer(remainingMs(wish), tick -> timeIsUp(waiter, hold)) : -1;
        wish.gone().onComplete(gone -> hold.tell(new Outcome.Abandoned()));
        Future<Outcome> told = hold.promise().future().onComplete(outcome -> {
            boolean unused = vertx.cancelTimer(timer);
            held--;
            waiter.remove(hold);
            forgetIfAlone(waiter);
        });
        if (hold.isDue() && waiter.isConfirmed()) {
            endOfWait(waiter, hold);
        }
        return told;
    }

    private long remainingMs(Wish wish) {
        Duration passed = Duration.between(wish.receivedAt(), clock.instant());
        return Math.max(1, wish.patience().minus(passed).toMillis());
    }

    private void timeIsUp(Waiter waiter, Waiter.Hold hold) {
        hold.becomeDue();
        if (waiter.isConfirmed()) {
            endOfWait(waiter, hold);
        }
    }

    private void endOfWait(Waiter waiter, Waiter.Hold hold) {
        var pending = new Outcome.Pending(waiter.orderId);
        if (!hold.wantsDecision) {
            hold.tell(pending);
            return;
        }
        find(waiter)
                .map(row -> row.map(order -> decided(order, waiter)).orElse(pending))
                .otherwise(pending)
                .onSuccess(hold::tell);
    }

    /** A counter's refusal concerns one request; an earlier one may have got the order all the same. */
    private void refused(Waiter waiter, ProblemType why) {
        find(waiter)
                .map(row -> row.map(order -> decided(order, waiter)).orElse(new Outcome.Refused(why, false)))
                .otherwise(new Outcome.NotTaken(ProblemType.OUTCOME_UNKNOWN))
                .onSuccess(outcome -> settle(waiter, outcome));
    }

    /** The order's row; another buyer's is none of this one's. */
    private Future<Optional<LedgerOrder>> find(Waiter waiter) {
        return lookups.find(waiter.orderId)
                .map(row -> row.filter(order -> order.view().buyer().equals(waiter.buyer)));
    }

    private static Outcome decided(LedgerOrder order, Waiter waiter) {
        boolean replayed = !order.requestId().equals(waiter.requestId);
        return Outcome.decided(order, waiter.quantity, replayed);
    }

    private void settle(Waiter waiter, Outcome outcome) {
        forget(waiter);
        waiter.tell(outcome);
    }

    /** Until the broker has it, a request stays joinable even if its client has left. */
    private void forgetIfAlone(Waiter waiter) {
        if (waiter.isConfirmed() && waiter.isAlone()) {
            forget(waiter);
        }
    }

    private void forget(Waiter waiter) {
        byRequest.remove(waiter.requestId, waiter);
        byOrder.remove(new Asked(waiter.orderId, waiter.quantity), waiter);
    }
}
