package dev.doorbuster.systemtests.model;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.message.OrderHoldOver;
import dev.doorbuster.contracts.message.SaleClose;
import dev.doorbuster.contracts.message.SaleOpen;
import dev.doorbuster.contracts.message.SaleRecount;
import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.ledger.jobs.ModelDriftTracker;
import dev.doorbuster.order.ledger.read.LedgerOrder;
import java.util.List;
import java.util.Optional;

/** Jobs write nothing: they publish commands. */
final class Jobs {
    private static final int GRACE_SECONDS = 5;

    private final World world;
    private final ModelDriftTracker gaps = new ModelDriftTracker();

    Jobs(World world) {
        this.world = world;
    }

    /** Reads the counter, and in a later step the ledger. */
    void reconcile() {
        Optional<CounterValue> counter = world.store().counter();
        world.errand(() -> {
            gaps.look(world.ledger().sale(), counter).ifPresent(cause -> world.publish(new SaleRecount(cause)));
            return null;
        });
    }

    /** Finds an expired hold. */
    void sweep() {
        List<LedgerOrder> over = world.ledger().orders().stream()
                .filter(order -> order.view().status() == OrderStatus.RESERVED)
                .filter(order ->
                        order.view().holdExpiresAt().plusSeconds(GRACE_SECONDS).isBefore(world.now()))
                .toList();
        if (!over.isEmpty()) {
            world.publish(new OrderHoldOver(world.oneOf(over).view().id()));
        }
    }

    /** The sale clock. */
    void openOrClose() {
        SaleView sale = world.ledger().sale();
        if (sale.state() == SaleState.SCHEDULED) {
            world.publish(new SaleOpen(world.now()));
        } else if (sale.state() != SaleState.CLOSED
                && sale.closesAt() != null
                && !sale.closesAt().isAfter(world.now())) {
            world.publish(new SaleClose(world.now()));
        }
    }
}
