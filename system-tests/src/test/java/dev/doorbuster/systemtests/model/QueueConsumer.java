package dev.doorbuster.systemtests.model;

import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.systemtests.model.Broker.Delivery;
import dev.doorbuster.systemtests.model.Broker.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The single active consumer of a queue: takes a gathering, works on it step by step, acknowledges it. */
final class QueueConsumer {
    private static final int GATHERED_MAX = 3;

    /** The work on a gathering; its steps end with {@link Gathering#acknowledged}. */
    interface Work {
        Step begin(Gathering gathering);
    }

    private final World world;
    private final Line line;
    private final Work work;
    private List<Delivery> unacknowledged = List.of();
    private Step next;
    /** Whoever worked before is deposed: nothing it acknowledges counts. */
    private int incarnation;

    QueueConsumer(World world, Line line, Work work) {
        this.world = world;
        this.line = line;
        this.work = work;
    }

    /** What was delivered to one incarnation. */
    final class Gathering {
        private final int of = incarnation;
        private final List<Delivery> deliveries = List.copyOf(unacknowledged);

        boolean alive() {
            return of == incarnation;
        }

        List<Message> messages() {
            return deliveries.stream().map(Delivery::message).toList();
        }

        /** Of what somebody had in hand before. */
        <E extends Element> List<E> redelivered(Class<E> type) {
            return elements(type, Delivery::isRedelivered);
        }

        <E extends Element> List<E> elements(Class<E> type) {
            return elements(type, each -> true);
        }

        private <E extends Element> List<E> elements(Class<E> type, Predicate<Delivery> which) {
            return deliveries.stream()
                    .filter(which)
                    .flatMap(each -> each.message().elements(type).stream())
                    .toList();
        }

        /** Acknowledges one message a step; what is said afterwards is said by the living only. */
        Step acknowledged(Runnable afterwards) {
            var acknowledgements = new ArrayList<Runnable>();
            for (Delivery delivery : deliveries) {
                acknowledgements.add(() -> acknowledge(delivery));
            }
            return Step.each(acknowledgements, () -> () -> {
                if (alive()) {
                    afterwards.run();
                }
                return null;
            });
        }

        void acknowledgeAll() {
            deliveries.forEach(this::acknowledge);
        }

        private void acknowledge(Delivery delivery) {
            if (alive()) {
                unacknowledged.remove(delivery);
            }
        }
    }

    boolean hasWork() {
        return next != null || world.broker().holds(line);
    }

    void step() {
        if (next == null) {
            unacknowledged = world.broker().take(line, 1 + world.random().nextInt(GATHERED_MAX));
            world.note("%s takes %s", line, unacknowledged.size());
            next = work.begin(new Gathering());
        } else {
            next = next.take();
        }
    }

    /** Dies, or is only taken for dead. */
    void lose(boolean goesOn, boolean toTheTail) {
        world.note("FAULT %s %s", line, goesOn ? "deposed" : "crashes");
        world.broker().takeBack(line, unacknowledged, toTheTail);
        if (goesOn && next != null) {
            world.errand(next);
        }
        unacknowledged = List.of();
        next = null;
        incarnation++;
    }
}
