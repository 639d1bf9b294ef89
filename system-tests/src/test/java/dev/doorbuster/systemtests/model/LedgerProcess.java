package dev.doorbuster.systemtests.model;

import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.HoldAnswered;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderCancel;
import dev.doorbuster.contracts.message.OrderGranted;
import dev.doorbuster.contracts.message.OrderHoldOver;
import dev.doorbuster.contracts.message.OrderPayment;
import dev.doorbuster.contracts.message.SaleAnnounced;
import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.order.ledger.ModelLedger.Posted;
import dev.doorbuster.runtime.amqp.publish.Publisher.Addressed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One transaction, then answers, then consequences, then acknowledgement. */
final class LedgerProcess implements QueueConsumer.Work {
    private final World world;

    LedgerProcess(World world) {
        this.world = world;
    }

    @Override
    public Step begin(QueueConsumer.TakenBatch gathering) {
        if (world.plan().breaks(Mutation.ACKNOWLEDGES_BEFORE_THE_COMMIT)) {
            gathering.acknowledgeAll();
        }
        if (world.plan().breaks(Mutation.ANSWERS_BEFORE_THE_COMMIT)) {
            answer(world.ledger().rehearse(gathering.messages(), world.now()));
        }
        return () -> commit(gathering);
    }

    /** Repeats the transaction if its outcome is unknown. */
    private Step commit(QueueConsumer.TakenBatch gathering) {
        boolean replyLost = world.chaos().strikes(Fault.REPLY_LOST);
        if (replyLost && world.random().nextBoolean()) {
            return () -> commit(gathering);
        }
        List<UUID> cancels = cancelsOfHeldOrders(gathering.messages());
        Posted posted = world.ledger().post(gathering.messages(), world.now());
        requireCancelled(cancels, posted);
        world.note("  COMMIT %s, recount %s", posted.after(), posted.recounted());
        world.promises().committed();
        return replyLost ? () -> commit(gathering) : () -> said(gathering, posted);
    }

    /** Cancel requests whose order is held at this point: no earlier message of the batch concerns it. */
    private List<UUID> cancelsOfHeldOrders(List<Message> messages) {
        var touched = new HashSet<UUID>();
        var cancels = new ArrayList<UUID>();
        messages.stream().flatMap(message -> message.elements().stream()).forEach(element -> {
            if (element instanceof OrderCancel cancel
                    && isHeld(cancel.orderId())
                    && !touched.contains(cancel.orderId())) {
                cancels.add(cancel.requestId());
            }
            orderOf(element).ifPresent(touched::add);
        });
        return cancels;
    }

    private static Optional<UUID> orderOf(Element element) {
        if (element instanceof OrderCancel cancel) {
            return Optional.of(cancel.orderId());
        } else if (element instanceof OrderPayment payment) {
            return Optional.of(payment.orderId());
        } else if (element instanceof OrderHoldOver over) {
            return Optional.of(over.orderId());
        }
        return element instanceof OrderGranted granted ? Optional.of(granted.orderId()) : Optional.empty();
    }

    private boolean isHeld(UUID order) {
        return world.ledger()
                .order(order)
                .filter(row -> row.view().status() == OrderStatus.RESERVED)
                .isPresent();
    }

    /** A later message of the batch, such as a payment, must not turn the cancel into a refusal. */
    private void requireCancelled(List<UUID> cancels, Posted posted) {
        for (Addressed each : posted.answers()) {
            for (Element element : each.message().elements()) {
                if (element instanceof HoldAnswered answer && cancels.contains(answer.requestId())) {
                    world.promises()
                            .require(
                                    answer.order().status() == OrderStatus.CANCELLED,
                                    Promise.ANSWERS_ARE_TRUE,
                                    "cancel answered with %s",
                                    answer);
                }
            }
        }
    }

    private Step said(QueueConsumer.TakenBatch gathering, Posted posted) {
        if (!world.plan().breaks(Mutation.ANSWERS_BEFORE_THE_COMMIT)) {
            answer(posted);
        }
        announce(posted);
        return follow(gathering, posted);
    }

    private void answer(Posted posted) {
        posted.answers().forEach(answer -> world.broker().tell(answer.message()));
    }

    private void announce(Posted posted) {
        if (posted.announced()) {
            world.tell(new SaleAnnounced(posted.after()));
        }
    }

    private Step follow(QueueConsumer.TakenBatch gathering, Posted posted) {
        List<Runnable> acts = new ArrayList<>();
        for (Addressed each : posted.consequences()) {
            acts.add(() -> world.broker().publish(each.message()));
        }
        posted.markers().forEach(marker -> acts.add(() -> world.broker().tell(marker.message())));
        return Step.each(acts, () -> gathering.acknowledged(() -> {}));
    }
}
