package dev.doorbuster.order.edge.id;

import java.security.SecureRandom;
import java.util.UUID;

/**
 * Creates the ids of one edge's requests: 60 random bits of the edge and a counter, as a UUID of version 8 (RFC 9562). Such
 * an id must be unique, not secret, so it needs no random bits per request. To be used on one event loop only.
 */
public final class RequestIds {
    private static final long VERSION_MASK = 0x0000_0000_0000_F000L;
    private static final long VERSION_8 = 0x0000_0000_0000_8000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final long edge = (new SecureRandom().nextLong() & ~VERSION_MASK) | VERSION_8;
    private long made;

    public UUID next() {
        return new UUID(edge, VARIANT | made++);
    }
}
