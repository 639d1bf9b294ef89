package dev.doorbuster.devservices.net;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** What a network can do to a connection. Neither end is told. */
public sealed interface NetworkFault {
    /** The direction of the bytes. */
    enum Direction {
        /** From the client. */
        REQUESTS,
        /** From the server. */
        REPLIES
    }

    /** Bytes, new connections and the ends of connections arrive only when the fault is over, as if sent again by TCP. */
    record Partition(Set<Direction> directions) implements NetworkFault {
        public Partition {
            directions = Set.copyOf(directions);
        }

        /** Neither side reaches the other. */
        public static Partition full() {
            return new Partition(EnumSet.allOf(Direction.class));
        }
    }

    /** As a router that forgets its connections: bytes of those that are open vanish for good; new ones work. */
    record HalfOpen() implements NetworkFault {}

    /** Once: the reply to the next request that contains this text is lost, with its connection. */
    record LostReply(String request) implements NetworkFault {}

    /** Each open connection is reset after half of its next reply. */
    record Reset() implements NetworkFault {}

    /**
     * All bytes are late.
     *
     * @param jitter random addition to the delay, at most
     */
    record Latency(Duration delay, Duration jitter) implements NetworkFault {}

    /**
     * Bytes come in pieces, one each interval.
     *
     * @param bytes of a piece; a few are a slow drip, many a narrow bandwidth
     */
    record Pieces(int bytes, Duration interval) implements NetworkFault {}
}
