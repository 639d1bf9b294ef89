package dev.doorbuster.runtime.amqp.publish;

import io.vertx.core.Context;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The accepted messages that are not settled, in the order of their acceptance. Event loops accept them, one writer thread sends
 * them, and the client's threads settle them: safe for all of these.
 */
final class UnconfirmedMessages {
    private static final long NONE = -1;

    private final int max;
    private final TreeMap<Long, UnconfirmedMessage> byNumber = new TreeMap<>();
    private long accepted;
    /** The last number sent on this channel. */
    private long sentUpTo = NONE;

    /** @param max limit of messages at once */
    UnconfirmedMessages(int max) {
        this.max = max;
    }

    /**
     * Empty at the limit.
     *
     * @param confirmMax longest time until it is settled
     */
    synchronized Optional<UnconfirmedMessage> accept(OutgoingMessage message, Context context, Duration confirmMax) {
        if (byNumber.size() >= max) {
            return Optional.empty();
        }
        var each = new UnconfirmedMessage(accepted++, message, context, confirmMax);
        byNumber.put(each.number(), each);
        return Optional.of(each);
    }

    /** Whether it had not been removed before: of its confirm, refusal and deadline, only one settles a message. */
    synchronized boolean remove(long number) {
        return byNumber.remove(number) != null;
    }

    /** The next message to send, which counts as sent from now on; null if all were sent. */
    synchronized UnconfirmedMessage next() {
        Map.Entry<Long, UnconfirmedMessage> next = byNumber.higherEntry(sentUpTo);
        if (next == null) {
            return null;
        }
        sentUpTo = next.getKey();
        next.getValue().sending();
        return next.getValue();
    }

    /** On another channel all are sent again. */
    synchronized void sendAgain() {
        sentUpTo = NONE;
    }

    /** Those past their deadlines, which have the order of their acceptance. */
    synchronized List<UnconfirmedMessage> late() {
        return byNumber.values().stream().takeWhile(UnconfirmedMessage::isLate).toList();
    }

    synchronized List<UnconfirmedMessage> all() {
        return List.copyOf(byNumber.values());
    }

    synchronized int size() {
        return byNumber.size();
    }
}
