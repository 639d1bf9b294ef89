package dev.doorbuster.systemtests.model;

import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.edge.placement.ModelUnansweredOrders;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.edge.sale.cache.SaleReading;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One edge's knowledge of the sale. */
final class Edge {
    /** One second of the model is one step. */
    static final Duration FRESH = Duration.ofSeconds(60);

    private final World world;
    private final String id;
    private SaleReading reading;
    private boolean heardOfOpening = true;
    private ModelUnansweredOrders unanswered;

    Edge(World world, String id) {
        this.world = world;
        this.id = id;
        this.unanswered = newUnanswered();
    }

    private ModelUnansweredOrders newUnanswered() {
        return new ModelUnansweredOrders(
                world.publisher(), id, numbers -> world.ledger().undecided(numbers), world.random()::nextLong);
    }

    ModelUnansweredOrders unanswered() {
        return unanswered;
    }

    /** Crashes, and starts without what it knew. */
    void die() {
        unanswered = newUnanswered();
    }

    String id() {
        return id;
    }

    /** The sale as last read. */
    SaleView sale() {
        return reading.sale();
    }

    void read() {
        boolean closesForGood = world.plan().breaks(Mutation.GATE_WAITS_FOR_AN_ANNOUNCEMENT)
                && reading != null
                && reading.sale().state() == SaleState.SOLD_OUT;
        if (closesForGood && !heardOfOpening) {
            return;
        }
        reading = new SaleReading(world.ledger().sale(), nanos());
        heardOfOpening = false;
    }

    void announced() {
        heardOfOpening = true;
        read();
    }

    /** The reason for rejecting a request; reads the sale first if it has not yet. */
    Optional<ProblemType> refusal(int quantity) {
        if (reading == null) {
            read();
        }
        boolean forEver = world.plan().breaks(Mutation.GATE_WAITS_FOR_AN_ANNOUNCEMENT);
        return reading.refusal(quantity, nanos(), forEver ? Duration.ofDays(1) : FRESH);
    }

    private long nanos() {
        return TimeUnit.SECONDS.toNanos(world.tick());
    }
}
