package dev.doorbuster.systemtests.model;

import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.systemtests.model.Broker.Delivery;
import dev.doorbuster.systemtests.model.Broker.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The single active consumer of a queue: takes a batch, processes it step by step, acknowledges it. */
final class QueueConsumer {
    private static final int GATHERED_MAX = 3;

    /** Processes a batch; its steps end with {@link TakenBatch#acknowledged}. */
    interface Work {
        Step begin(TakenBatch gathering);
    }

    private final World world;
    private final Line line;
    private final Work work;
    private List<Delivery> unacknowledged = List.of();
    private Step next;
    /** Replaces the active consumer: acknowledgements of the previous one are ignored. */
    private int incarnation;

    QueueConsumer(World world, Line line, Work work) {
        this.world = world;
        this.line = line;
        this.work = work;
    }

    /** The messages delivered to one incarnation. */
    final class TakenBatch {
        private final int of = incarnation;
        private final List<Delivery> deliveries = List.copyOf(unacknowledged);

        boolean alive() {
            return of == incarnation;
        }

        List<Message> messages() {
            return deliveries.stream().map(Delivery::message).toList();
        }

        /** The redelivered ones among them. */
        <E extends Element> List<E> redelivered(Class<E> type) {
            return elements(type, Delivery::isRedelivered);
        }

        <E extends Element> List<E> elements(Class<E> type) {
            return elements(type, each -> true);
        }

        private <E extends Element> List<E> elements(Class<E> type, Predicate<Delivery> which) {
            return deliveries.stream()
                    .filter(which)
                    .filter(each -> each.message().type().elementClass() == type)
                    .flatMap(each -> each.message().elements(type).stream())
                    .toList();
        }

        /** Acknowledges one message per step; a crashed or replaced consumer publishes nothing afterwards. */
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
            next = work.begin(new TakenBatch());
        } else {
            next = next.take();
        }
    }

    /** Crashes, or is only replaced. */
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
