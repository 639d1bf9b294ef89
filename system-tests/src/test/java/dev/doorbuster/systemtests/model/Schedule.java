package dev.doorbuster.systemtests.model;

import dev.doorbuster.contracts.message.OrderCancel;
import dev.doorbuster.contracts.message.OrderPayment;
import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.contracts.value.OrderView;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.ledger.read.LedgerOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;

/** A random sale drawn from a seed: first events and faults, then none, until every guarantee must hold. */
final class Schedule {
    private static final int CHOICES = 1_000;

    private final Plan plan;
    private final World world;
    private final SplittableRandom random;
    private final Jobs jobs;
    private final FinalChecks aftermath;
    private final int buyers;
    private final int arrivals;
    private final int commands;
    private final int faults;
    private Object snapshot;
    private long requests;

    private Schedule(Plan plan, Consumer<String> notes) {
        this.plan = plan;
        this.world = new World(plan, notes);
        this.random = world.random();
        this.jobs = new Jobs(world);
        this.aftermath = new FinalChecks(world, jobs);
        this.buyers = 3 + random.nextInt(10);
        this.arrivals = 20 + random.nextInt(70);
        this.commands = random.nextInt(70);
        this.faults = random.nextInt(60);
    }

    /** Runs it; throws {@link Violation} for a broken guarantee. */
    static Map<Promise, Integer> play(Plan plan) {
        return new Schedule(plan, null).play();
    }

    /** Runs it with a log of its events. */
    static Map<Promise, Integer> play(Plan plan, Consumer<String> notes) {
        return new Schedule(plan, notes).play();
    }

    private Map<Promise, Integer> play() {
        int events = 50 + random.nextInt(400);
        world.note("%s: %s, limit %s, possible: %s", plan, world.ledger().sale(), world.limit(), world.chaos());
        if (random.nextBoolean()) {
            world.operator().open();
        } else {
            jobs.openOrClose();
        }
        for (int i = 0; i < Math.min(events, plan.eventsMax()); i++) {
            happen();
        }
        world.note("---- calm");
        aftermath.comesRight();
        return world.promises().excused();
    }

    private void happen() {
        int choice = random.nextInt(CHOICES);
        if (choice < arrivals) {
            arrive();
        } else if ((choice -= arrivals) < commands) {
            command();
        } else if ((choice -= commands) < faults) {
            fault();
        } else if ((choice -= faults) < 20) {
            jobs.reconcile();
        } else if (choice < 50) {
            world.edges().read();
        } else if (choice < 60) {
            jobs.sweep();
        } else if (choice < 70) {
            endOfAWait();
        } else if (choice < 80) {
            world.operator().operate();
        } else if (choice < 83) {
            jobs.openOrClose();
        } else if (choice < 103 && world.broker().hasLate()) {
            world.broker().lateArrives();
        } else if (choice < 108) {
            world.pass(random.nextInt(60));
        } else if (choice < 123) {
            world.edges().check();
        } else {
            boolean unused = world.step();
        }
    }

    private void arrive() {
        var together = new ArrayList<ModelRequest>();
        int size = 1 + random.nextInt(3);
        for (int i = 0; i < size; i++) {
            together.add(random.nextInt(3) == 0 ? repeat().orElseGet(this::wish) : wish());
        }
        world.edges().arrive(together);
    }

    private ModelRequest wish() {
        return world.edges().newOrder("buyer-" + random.nextInt(buyers), 1 + random.nextInt(world.limit()));
    }

    private Optional<ModelRequest> repeat() {
        return anyRequest().map(world.edges()::again);
    }

    private Optional<ModelRequest> anyRequest() {
        List<ModelRequest> all = List.copyOf(world.edges().requests());
        return all.isEmpty() ? Optional.empty() : Optional.of(world.oneOf(all));
    }

    private void command() {
        if (random.nextInt(3) == 0) {
            anyRequest().ifPresent(this::pay);
        } else {
            cancel();
        }
    }

    /** Payments arrive for any order, held or not. */
    private void pay(ModelRequest asked) {
        world.publish(new OrderPayment(
                request(),
                asked.orderId,
                asked.buyer,
                "payment-" + random.nextInt(3),
                null,
                null,
                "edge-1",
                world.now(),
                null));
    }

    /**
     * Cancels only orders visible as held. A cancel sent before its order's decision has no effect, as does one
     * taken by a replaced ledger that crashes before it answers.
     */
    private void cancel() {
        List<LedgerOrder> reserved = world.ledger().orders().stream()
                .filter(order -> order.view().status() == OrderStatus.RESERVED)
                .toList();
        if (!reserved.isEmpty()) {
            OrderView order = world.oneOf(reserved).view();
            world.publish(new OrderCancel(request(), order.id(), order.buyer(), "edge-1", world.now(), null));
        }
    }

    private UUID request() {
        return new UUID(3, ++requests);
    }

    private void endOfAWait() {
        List<ModelRequest> waiting = world.edges().waiting();
        if (!waiting.isEmpty()) {
            world.edges().endOfWait(world.oneOf(waiting));
        }
        world.operator().endOfWait();
    }

    private void fault() {
        Fault fault = world.oneOf(List.of(
                Fault.CRASH,
                Fault.CRASH,
                Fault.DEPOSED,
                Fault.DEPOSED,
                Fault.EMPTIED,
                Fault.EVICTED,
                Fault.ROLLED_BACK,
                Fault.BROKER_LOSES,
                Fault.BROKER_LOSES,
                Fault.EDGE_CRASHES));
        if (!world.chaos().mayBe(fault)) {
            return;
        }
        switch (fault) {
            case EMPTIED -> {
                world.store().empty();
                world.storeLost("everything");
            }
            case EVICTED -> world.storeLost(world.store().evict(random));
            case ROLLED_BACK -> rollBack();
            case BROKER_LOSES -> world.broker().lose();
            case EDGE_CRASHES -> {
                world.edges().die();
                world.chaos().struck();
            }
            default -> lose(fault);
        }
    }

    private void lose(Fault fault) {
        boolean goesOn = fault == Fault.DEPOSED;
        boolean toTheTail = world.chaos().mayBe(Fault.TO_THE_TAIL) && random.nextInt(4) == 0;
        world.oneOf(world.consumers()).lose(goesOn, toTheTail);
        world.chaos().struck();
        if (goesOn) {
            world.chaos().deposed(world.tick());
        }
    }

    private void rollBack() {
        if (snapshot == null || random.nextInt(3) == 0) {
            snapshot = world.store().snapshot();
        } else {
            world.store().rollBack(snapshot);
            world.storeLost("what was written since a snapshot");
        }
    }

    static boolean isOpen(SaleView sale) {
        return sale.state() == SaleState.OPEN || sale.state() == SaleState.SOLD_OUT;
    }

    static boolean holds(LedgerOrder order) {
        return order.view().status().holdsUnits();
    }
}
