package dev.doorbuster.systemtests.model;

import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderAnswered;
import dev.doorbuster.contracts.message.OrderGranted;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.message.SaleRecount;
import dev.doorbuster.contracts.value.OrderNumber;
import dev.doorbuster.counter.CounterDecisions;
import dev.doorbuster.counter.CounterDecisions.CounterDecision;
import dev.doorbuster.counter.CounterOutcome;
import dev.doorbuster.counter.ModelStore.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Counter, then granted orders to the ledger and refusals to the answer cache, then acknowledgement, then answers to
 * the refused.
 */
final class DeciderProcess implements QueueConsumer.Work {
    private static final int ASKED_AGAIN_AFTER = 6;

    private final World world;

    DeciderProcess(World world) {
        this.world = world;
    }

    @Override
    public Step begin(QueueConsumer.TakenBatch gathering) {
        List<OrderPlaced> placed = gathering.elements(OrderPlaced.class);
        placed.forEach(each -> world.edges().delivered(each.requestId()));
        Set<UUID> again = gathering.redelivered(OrderPlaced.class).stream()
                .map(OrderPlaced::requestId)
                .collect(Collectors.toSet());
        return placed.isEmpty()
                ? Step.each(markers(gathering), () -> gathering.acknowledged(() -> {}))
                : attempt(gathering, placed, again);
    }

    /** Markers are passed on after all orders before them. */
    private List<Runnable> markers(QueueConsumer.TakenBatch gathering) {
        return gathering.elements(SaleMarker.class).stream()
                .map(marker -> (Runnable) () -> world.broker().publishToLedger(Message.of(world.sale(), marker)))
                .toList();
    }

    private Step attempt(QueueConsumer.TakenBatch gathering, List<OrderPlaced> placed, Set<UUID> again) {
        Round<CounterDecisions> round = world.store().deciding(placed, again);
        return new Attempt<>(world, round)
                .take(
                        decided -> !decided.fresh().isEmpty(),
                        decided -> publish(gathering, decided),
                        () -> attempt(gathering, placed, again),
                        () -> askForRecount(gathering, placed, again));
    }

    private Step askForRecount(QueueConsumer.TakenBatch gathering, List<OrderPlaced> placed, Set<UUID> again) {
        world.publish(new SaleRecount(SaleRecount.Cause.MISSING));
        return Step.idle(ASKED_AGAIN_AFTER, () -> attempt(gathering, placed, again));
    }

    private Step publish(QueueConsumer.TakenBatch gathering, CounterDecisions decided) {
        world.note("  decided %s", decided);
        List<CounterDecision> refused =
                decided.all().stream().filter(each -> !each.outcome().granted()).toList();
        var acts = new ArrayList<Runnable>();
        Message.split(world.sale(), granted(decided))
                .forEach(message -> acts.add(() -> {
                    world.broker().publish(message);
                    message.elements(OrderGranted.class).forEach(world.promises()::passedOn);
                }));
        acts.add(
                () -> refused.forEach(each -> world.edges().cached(each.placed().requestId())));
        if (!world.plan().breaks(Mutation.REPORTS_NO_REFUSALS)) {
            Message.split(world.sale(), SaleMarker.ofDecided("edge", numbers(refused)))
                    .forEach(report -> acts.add(() -> world.broker().publishToLedger(report)));
        }
        acts.addAll(markers(gathering));
        return Step.each(acts, () -> gathering.acknowledged(() -> tell(refused)));
    }

    private static List<OrderNumber> numbers(List<CounterDecision> refused) {
        return refused.stream().map(each -> each.placed().number()).toList();
    }

    private static List<OrderGranted> granted(CounterDecisions decided) {
        return decided.all().stream()
                .filter(each -> each.outcome().granted())
                .map(each -> OrderGranted.of(
                        each.placed(),
                        each.outcome() == CounterOutcome.GRANTED_COUNTED,
                        decided.after().epoch()))
                .toList();
    }

    private void tell(List<CounterDecision> refused) {
        for (CounterDecision each : refused) {
            Element answer = OrderAnswered.refused(
                    each.placed(), each.outcome().refusal().orElseThrow());
            world.broker().tell(Message.of(world.sale(), answer));
        }
    }
}
