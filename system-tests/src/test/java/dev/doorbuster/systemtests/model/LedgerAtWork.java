package dev.doorbuster.systemtests.model;

import dev.doorbuster.contracts.message.SaleAnnounced;
import dev.doorbuster.order.ledger.LedgerOnPaper.Posted;
import dev.doorbuster.runtime.amqp.Publisher.Addressed;
import java.util.ArrayList;
import java.util.List;

/** One transaction, then answers, then what follows, then acknowledge. */
final class LedgerAtWork implements QueueConsumer.Work {
    private final World world;

    LedgerAtWork(World world) {
        this.world = world;
    }

    @Override
    public Step begin(QueueConsumer.Gathering gathering) {
        if (world.plan().breaks(Mutation.ACKNOWLEDGES_BEFORE_THE_COMMIT)) {
            gathering.acknowledgeAll();
        }
        if (world.plan().breaks(Mutation.ANSWERS_BEFORE_THE_COMMIT)) {
            answer(world.ledger().rehearse(gathering.messages(), world.now()));
        }
        return () -> commit(gathering);
    }

    /** Where nobody knows whether it was committed, it is tried again. */
    private Step commit(QueueConsumer.Gathering gathering) {
        boolean replyLost = world.chaos().strikes(Fault.REPLY_LOST);
        if (replyLost && world.random().nextBoolean()) {
            return () -> commit(gathering);
        }
        Posted posted = world.ledger().post(gathering.messages(), world.now());
        world.note("  COMMIT %s, recount %s", posted.after(), posted.recounted());
        world.promises().committed();
        return replyLost ? () -> commit(gathering) : () -> said(gathering, posted);
    }

    private Step said(QueueConsumer.Gathering gathering, Posted posted) {
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
        if (posted.after().state() != posted.before().state()) {
            world.tell(new SaleAnnounced(posted.after()));
        }
    }

    private Step follow(QueueConsumer.Gathering gathering, Posted posted) {
        List<Runnable> acts = new ArrayList<>();
        for (Addressed each : posted.consequences()) {
            acts.add(() -> world.broker().publish(each.message()));
        }
        return Step.each(acts, () -> gathering.acknowledged(() -> {}));
    }
}
