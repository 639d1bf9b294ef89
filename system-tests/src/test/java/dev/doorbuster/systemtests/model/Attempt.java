package dev.doorbuster.systemtests.model;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.counter.ModelStore.Round;
import dev.doorbuster.counter.StockCounter.MissingCounterException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** One optimistic transaction, one step at a time. */
final class Attempt<D> {
    interface After<D> {
        Step next(D decided);
    }

    private final World world;
    private final Round<D> round;

    Attempt(World world, Round<D> round) {
        this.world = world;
        this.round = round;
    }

    /** Reads, decides, writes, records; calls {@code again} on a conflict or an unknown outcome. */
    Step take(Predicate<D> hasWrites, After<D> done, Supplier<Step> again, Supplier<Step> missing) {
        return Step.each(round.reads(), () -> {
            D decided;
            try {
                decided = round.decide();
            } catch (MissingCounterException e) {
                return missing.get();
            }
            return hasWrites.test(decided) ? () -> write(decided, done, again) : done.next(decided);
        });
    }

    private Step write(D decided, After<D> done, Supplier<Step> again) {
        boolean replyLost = world.chaos().strikes(Fault.REPLY_LOST);
        boolean arrived = !replyLost || world.random().nextBoolean();
        Optional<CounterValue> before = world.store().counter();
        boolean won = arrived && round.write(decided);
        world.promises().counted(before, world.store().counter());
        world.note("  write %s%s -> %s", won ? "done" : "not done", replyLost ? ", reply lost" : "", world.store());
        if (!won || replyLost) {
            return again.get();
        }
        return Step.each(unlessLost(round.records(decided)), () -> done.next(decided));
    }

    private List<Runnable> unlessLost(List<Runnable> records) {
        var acts = new ArrayList<Runnable>();
        for (Runnable record : records) {
            acts.add(() -> {
                if (world.chaos().strikes(Fault.RECORD_LOST)) {
                    world.storeLost("a record");
                } else {
                    record.run();
                }
            });
        }
        return acts;
    }
}
