package dev.doorbuster.systemtests.model;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.counter.ModelStore.Claim;
import dev.doorbuster.order.ledger.read.LedgerOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks after the last fault: all queues drain, the counter is right, and all requested units are sold. */
final class FinalChecks {
    private static final int STEPS_MAX = 20_000;
    /** After a long time without a counter the reconciler needs as many rounds from one request to the next. */
    private static final int LOOKS_MAX = 40;
    /** A report that was lost is repeated once. */
    private static final int CHECKS_MAX = 30;

    private final World world;
    private final Jobs jobs;
    private final Promises promises;

    FinalChecks(World world, Jobs jobs) {
        this.world = world;
        this.jobs = jobs;
        this.promises = world.promises();
    }

    void comesRight() {
        world.chaos().end();
        drain();
        lostOrdersAreFound();
        promises.atRest();
        nothingIsHidden();
        noClaimOutlivesItsHold();
        world.note("---- the reconciler looks");
        reconcile();
        balances();
        resume();
        if (Schedule.isOpen(world.ledger().sale())) {
            lateBuyersGetTheRest();
            everybodyCanBuyAgain();
        }
        promises.atRest();
    }

    private void drain() {
        for (int i = 0; i < STEPS_MAX; i++) {
            if (world.broker().hasLate() && world.random().nextInt(8) == 0) {
                world.broker().lateArrives();
            }
            if (!world.step() && !world.broker().hasLate()) {
                return;
            }
        }
        throw new Violation(Promise.IT_COMES_TO_REST, "not after " + STEPS_MAX + " steps");
    }

    private void lostOrdersAreFound() {
        int left = CHECKS_MAX;
        do {
            world.edges().check();
            drain();
        } while (world.edges().unanswered() > 0 && --left > 0);
        world.edges().check();
        drain();
        promises.lostOrdersAreFound();
    }

    /** A drift or a missing counter causes one recount: no message in flight makes another necessary. */
    private void reconcile() {
        long before = world.ledger().sale().epoch();
        for (int i = 0; i < LOOKS_MAX && !isBalanced(); i++) {
            jobs.reconcile();
            drain();
        }
        requireRecounts(world.ledger().sale().epoch() - before, 1);
    }

    private void requireRecounts(long were, long max) {
        promises.require(were <= max, Promise.RECOUNTS_ARE_FEW, "%s, and %s would do", were, max);
    }

    /** A pause changes no unit and no counter: after it the sale goes on as if there had been none. */
    private void resume() {
        SaleView paused = world.ledger().sale();
        if (paused.state() == SaleState.PAUSED) {
            world.operator().resume();
            drain();
            SaleView after = world.ledger().sale();
            promises.require(
                    after.epoch() == paused.epoch() && after.sold() == paused.sold() && Schedule.isOpen(after),
                    Promise.A_CHANGE_IS_MADE_ONCE,
                    "%s resumed as %s",
                    paused,
                    after);
        }
    }

    private void nothingIsHidden() {
        SaleView sale = world.ledger().sale();
        Optional<CounterValue> counter = world.store().counter();
        if (!world.chaos().anythingHappened()) {
            requireShown(sale, counter.map(CounterValue::available).orElse(0L));
        } else if (!world.chaos().forgetsInPart(world.plan().kind())) {
            counter.filter(there -> there.epoch() == sale.epoch())
                    .ifPresent(there -> requireShown(sale, there.available() + promises.unpublished(there.epoch())));
        }
    }

    private void requireShown(SaleView sale, long units) {
        promises.require(
                units >= sale.available(), Promise.NO_UNIT_IS_HIDDEN, "%s of %s are shown", units, sale.available());
    }

    /**
     * Claims remain only after a loss of the store, or of an order that no edge knows any more; in Memcached, where claims are independent items, after any
     * fault.
     */
    private void noClaimOutlivesItsHold() {
        boolean lost = world.chaos().hasBrokerLost()
                && world.edges().requests().stream().anyMatch(asked -> asked.forgotten);
        boolean mayRemain = world.plan().kind() == CounterKind.REDIS
                ? world.chaos().storeLost()
                : world.chaos().anythingHappened();
        if (mayRemain || lost) {
            return;
        }
        var reserved = new HashMap<String, Long>();
        for (Claim claim : world.store().claims()) {
            Optional<LedgerOrder> order = world.ledger().order(claim.order()).filter(Schedule::holds);
            boolean covered = claim.buyer() == null
                    ? order.isPresent()
                    : claim.quantity() <= reserved.getOrDefault(claim.buyer(), 0L);
            promises.require(covered, Promise.NO_CLAIM_OUTLIVES_ITS_HOLD, "%s", claim);
            order.ifPresent(held -> reserved.merge(held.view().buyer(), claim.quantity(), Long::sum));
        }
    }

    private boolean isBalanced() {
        long left = world.ledger().sale().available();
        return world.store().counter().map(CounterValue::available).equals(Optional.of(left));
    }

    private void balances() {
        SaleView sale = world.ledger().sale();
        Optional<CounterValue> counter = world.store().counter();
        promises.require(
                isBalanced(),
                Promise.AVAILABLE_AND_SOLD_ARE_THE_STOCK,
                "%s, but %s sold of %s",
                counter,
                sale.sold(),
                sale.stock());
    }

    /** The counter is right, and later buyers do not make it wrong. */
    private void lateBuyersGetTheRest() {
        world.note("---- late buyers");
        world.pass(Edge.FRESH.toSeconds());
        world.edges().readAll();
        SaleView before = world.ledger().sale();
        for (int i = 0; i < before.stock() + 2; i++) {
            ModelRequest asked = world.edges().newOrder("late-" + i, 1);
            world.edges().arrive(List.of(asked));
            for (int steps = world.random().nextInt(12); steps > 0; steps--) {
                boolean unused = world.step();
            }
            if (world.random().nextInt(3) == 0) {
                world.edges().read();
            }
        }
        drain();
        balances();
        SaleView after = world.ledger().sale();
        promises.require(
                after.available() == 0,
                Promise.NOTHING_ASKED_FOR_IS_LEFT_UNSOLD,
                "%s of %s left",
                after.available(),
                after.stock());
        requireRecounts(after.epoch() - before.epoch(), 0);
    }

    /** Every buyer who asked and has nothing can get a unit while units are left. */
    private void everybodyCanBuyAgain() {
        Set<String> holders = world.ledger().orders().stream()
                .filter(Schedule::holds)
                .map(order -> order.view().buyer())
                .collect(Collectors.toSet());
        List<String> without = world.edges().requests().stream()
                .map(asked -> asked.buyer)
                .distinct()
                .filter(buyer -> !holders.contains(buyer))
                .toList();
        world.note("---- one more for each of %s", without);
        SaleView sale = world.ledger().sale();
        world.operator().edit(sale.stock() + without.size());
        drain();
        reconcile();
        world.edges().readAll();
        var again = new ArrayList<ModelRequest>();
        for (String buyer : without) {
            again.add(world.edges().newOrder(buyer, 1));
            world.edges().arrive(List.of(again.get(again.size() - 1)));
        }
        drain();
        for (ModelRequest asked : again) {
            promises.require(asked.accepted(), Promise.WHO_HOLDS_NOTHING_CAN_BUY_AGAIN, "%s: %s", asked, asked.told);
        }
    }
}
