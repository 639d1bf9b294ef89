package dev.doorbuster.order.edge.place;

import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** One published request, and everybody on this edge who is to hear what becomes of it. */
final class Waiter {
    final UUID requestId;
    final UUID orderId;
    final String buyer;
    final int quantity;
    private final List<Hold> holds = new ArrayList<>(1);
    /** The broker has it: from here on "pending" is true. */
    private boolean confirmed;

    /** One HTTP response that is kept open. */
    static final class Hold {
        private final Promise<Outcome> promise = Promise.promise();
        /** Whether its client wants to know the decision, not only that the order was taken. */
        final boolean wantsDecision;
        /** Its time is up: "pending" will do as soon as it is true. */
        private boolean due;

        Hold(boolean wantsDecision) {
            this.wantsDecision = wantsDecision;
            this.due = !wantsDecision;
        }

        Promise<Outcome> promise() {
            return promise;
        }

        void tell(Outcome outcome) {
            boolean unused = promise.tryComplete(outcome);
        }

        boolean isDue() {
            return due;
        }

        void becomeDue() {
            due = true;
        }
    }

    Waiter(Wish wish) {
        this.requestId = wish.requestId();
        this.orderId = wish.orderId();
        this.buyer = wish.buyer();
        this.quantity = wish.quantity();
    }

    boolean isConfirmed() {
        return confirmed;
    }

    void confirm() {
        confirmed = true;
    }

    void add(Hold hold) {
        holds.add(hold);
    }

    void remove(Hold hold) {
        holds.remove(hold);
    }

    /** A copy: telling one removes it. */
    List<Hold> holds() {
        return List.copyOf(holds);
    }

    boolean isAlone() {
        return holds.isEmpty();
    }

    void tell(Outcome outcome) {
        holds().forEach(hold -> hold.tell(outcome));
    }
}
