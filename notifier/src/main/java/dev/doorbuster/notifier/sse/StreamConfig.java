package dev.doorbuster.notifier.sse;

import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;

/**
 * What streams may take.
 *
 * @param subscribersMax streams open at once on this instance
 * @param streamsPerBuyerMax streams open at once for one buyer on this instance
 * @param historyMax events remembered, of all topics together, for who connects again
 * @param backlogMax events that may wait for one slow reader
 * @param writeQueueBytesMax bytes handed to the socket before a reader counts as slow
 * @param heartbeat how often a comment is sent, so that dead connections are noticed; less than the server's idle limit of a
 *     minute
 * @param retry how long clients should wait before they connect again
 * @param lifeMax how long a stream may live
 * @param farewellMax how long saying goodbye to everybody may take when the server stops
 */
public record StreamConfig(
        int subscribersMax,
        int streamsPerBuyerMax,
        int historyMax,
        int backlogMax,
        int writeQueueBytesMax,
        Duration heartbeat,
        Duration retry,
        Duration lifeMax,
        Duration farewellMax) {
    private static final int BACKLOG_MAX = 256;
    private static final Duration FAREWELL_MAX = Duration.ofSeconds(2);
    private static final int HISTORY_MAX = 10_000;
    private static final Duration RETRY = Duration.ofSeconds(3);
    private static final int STREAMS_PER_BUYER_MAX = 8;
    private static final int WRITE_QUEUE_BYTES_MAX = 64 * 1024;

    public static StreamConfig fromEnv(Environment env) {
        return new StreamConfig(
                env.integer("DOORBUSTER_SSE_SUBSCRIBERS_MAX", 10_000, 1, 1_000_000),
                STREAMS_PER_BUYER_MAX,
                HISTORY_MAX,
                BACKLOG_MAX,
                WRITE_QUEUE_BYTES_MAX,
                env.millis("DOORBUSTER_SSE_HEARTBEAT_MS", 15_000, 100, 45_000),
                RETRY,
                env.millis(
                        "DOORBUSTER_SSE_LIFE_MAX_MS", Duration.ofHours(1), Duration.ofSeconds(1), Duration.ofDays(1)),
                FAREWELL_MAX);
    }
}
