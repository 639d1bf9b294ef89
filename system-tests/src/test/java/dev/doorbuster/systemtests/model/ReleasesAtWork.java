package dev.doorbuster.systemtests.model;

import dev.doorbuster.contracts.message.ClaimReleased;
import java.util.List;

/** Releases claims. */
final class ReleasesAtWork implements QueueConsumer.Work {
    private final World world;

    ReleasesAtWork(World world) {
        this.world = world;
    }

    @Override
    public Step begin(QueueConsumer.Gathering gathering) {
        return release(gathering, gathering.elements(ClaimReleased.class));
    }

    private Step release(QueueConsumer.Gathering gathering, List<ClaimReleased> released) {
        return new Attempt<>(world, world.store().releasing(released))
                .take(
                        claims -> claims > 0,
                        done -> gathering.acknowledged(() -> {}),
                        () -> release(gathering, released),
                        () -> null);
    }
}
