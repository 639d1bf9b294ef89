package dev.doorbuster.runtime.amqp;

import dev.doorbuster.contracts.message.Message;
import java.util.ArrayList;
import java.util.List;

/** The messages of one sale that had come on one queue while the last gathering of it was being handled, in order. */
public final class Gathering {
    private final List<Message> messages;
    private final List<Runnable> afterwards = new ArrayList<>();

    public Gathering(List<Message> messages) {
        this.messages = List.copyOf(messages);
    }

    public List<Message> messages() {
        return messages;
    }

    /**
     * Runs once the messages were acknowledged on a channel that is still alive: for what must not be said by a consumer
     * that was deposed meanwhile. Best effort.
     */
    public void afterAcknowledge(Runnable step) {
        afterwards.add(step);
    }

    public void acknowledged() {
        afterwards.forEach(Runnable::run);
    }
}
