package dev.doorbuster.systemtests.model;

import dev.doorbuster.contracts.message.ClaimReleased;
import java.util.List;

/** Releases claims. */
final class ReleaseProcess implements QueueConsumer.Work {
    private final World world;

    ReleaseProcess(World world) {
        this.world = world;
    }

    @Override
    public Step begin(QueueConsumer.TakenBatch gathering) {
        return release(gathering, gathering.elements(ClaimReleased.class));
    }

    private Step release(QueueConsumer.TakenBatch gathering, List<ClaimReleased> released) {
        return new Attempt<>(world, world.store().releasing(released))
                .take(
                        claims -> claims > 0,
                        done -> gathering.acknowledged(() -> {}),
                        () -> release(gathering, released),
                        () -> null);
    }
}
