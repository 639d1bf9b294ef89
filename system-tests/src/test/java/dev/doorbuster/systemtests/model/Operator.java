package dev.doorbuster.systemtests.model;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.SaleAnswered;
import dev.doorbuster.contracts.message.SaleChange;
import dev.doorbuster.contracts.message.SaleChange.Action;
import dev.doorbuster.contracts.message.SaleChange.SaleEdit;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Changes the sale by commands; gets the ledger's answer, or reads its rows after a timeout. */
final class Operator {
    private final World world;
    private final long initialStock;
    private final Map<UUID, SaleChange> changes = new LinkedHashMap<>();
    private final Set<UUID> told = new HashSet<>();

    Operator(World world) {
        this.world = world;
        this.initialStock = world.ledger().sale().stock();
    }

    /** Edits the stock several times, pauses or resumes the sale, sets an end, or ends it. */
    void operate() {
        int choice = world.random().nextInt(12);
        if (choice == 0) {
            send(Action.END, null);
        } else if (choice == 1) {
            var end = world.now().plusSeconds(1 + world.random().nextInt(100));
            send(Action.EDIT, new SaleEdit(null, null, null, null, null, end, false, null));
        } else if (choice < 4) {
            send(world.random().nextBoolean() ? Action.PAUSE : Action.RESUME, null);
        } else {
            for (int times = 1 + world.random().nextInt(3); times > 0; times--) {
                edit(Math.max(1, world.ledger().sale().stock() + world.random().nextInt(-3, 4)));
            }
        }
    }

    void open() {
        send(Action.OPEN, null);
    }

    void resume() {
        send(Action.RESUME, null);
    }

    void edit(long stock) {
        send(Action.EDIT, SaleEdit.ofStock(stock));
    }

    private void send(Action action, SaleEdit edit) {
        var request = new UUID(4, changes.size() + 1);
        var change = new SaleChange(request, action, edit, "edge-1", world.now(), null);
        changes.put(request, change);
        world.publish(change);
    }

    void answered(Message answers) {
        for (SaleAnswered answer : answers.elements(SaleAnswered.class)) {
            world.errand(() -> {
                tell(answer);
                return null;
            });
        }
    }

    /** The wait timed out, or the reply queue was lost: reads the ledger. */
    void endOfWait() {
        List<UUID> waiting =
                changes.keySet().stream().filter(each -> !told.contains(each)).toList();
        if (!waiting.isEmpty()) {
            world.ledger().change(world.oneOf(waiting)).ifPresent(this::tell);
        }
    }

    private void tell(SaleAnswered answer) {
        world.note("TOLD %s", answer);
        told.add(answer.requestId());
        world.promises().told(changes.get(answer.requestId()), answer);
    }

    SaleChange change(UUID request) {
        return changes.get(request);
    }

    Collection<SaleChange> changes() {
        return changes.values();
    }

    long initialStock() {
        return initialStock;
    }
}
