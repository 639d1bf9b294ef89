package dev.doorbuster.runtime.amqp.publish;

import java.util.concurrent.atomic.AtomicReference;

/**
 * The channel in use, if any. Channels are opened, found to have ended, and closed on different threads: each channel is
 * given up by exactly one of them, which closes it, and none is in use after {@link #close}.
 *
 * @param <C> the channel
 */
final class CurrentChannel<C> {
    private record Use<C>(C channel, boolean closed) {}

    private final AtomicReference<Use<C>> use = new AtomicReference<>(new Use<>(null, false));

    /** Null while there is none. */
    C get() {
        return use.get().channel();
    }

    /** Uses the channel from now on; false if there is one already, or after {@link #close}: the caller closes it then. */
    boolean open(C channel) {
        Use<C> before = use.get();
        return before.channel() == null && !before.closed() && use.compareAndSet(before, new Use<>(channel, false));
    }

    /** Gives up this channel; false if another thread has: only one closes it. */
    boolean end(C channel) {
        Use<C> before = use.get();
        return channel != null
                && before.channel() == channel
                && use.compareAndSet(before, new Use<>(null, before.closed()));
    }

    /** Gives up the channel, if any, and uses no other. */
    C close() {
        return use.getAndSet(new Use<>(null, true)).channel();
    }
}
