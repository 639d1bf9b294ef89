package dev.doorbuster.systemtests.model;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.message.SaleCounted;
import java.util.Comparator;

/** Installs the newest of the delivered recounts. */
final class RecountProcess implements QueueConsumer.Work {
    private final World world;

    RecountProcess(World world) {
        this.world = world;
    }

    @Override
    public Step begin(QueueConsumer.TakenBatch gathering) {
        SaleCounted newest = gathering.elements(SaleCounted.class).stream()
                .max(Comparator.comparingLong(SaleCounted::epoch))
                .orElseThrow();
        return install(gathering, new CounterValue(newest.epoch(), newest.available()));
    }

    private Step install(QueueConsumer.TakenBatch gathering, CounterValue recount) {
        return new Attempt<>(world, world.store().installing(recount))
                .take(
                        replaces -> replaces,
                        done -> gathering.acknowledged(() -> {}),
                        () -> install(gathering, recount),
                        () -> null);
    }
}
