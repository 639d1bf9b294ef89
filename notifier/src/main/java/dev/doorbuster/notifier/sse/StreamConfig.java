package dev.doorbuster.notifier.sse;

import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;

/**
 * Limits of streams.
 *
 * @param subscribersMax open streams of this instance
 * @param streamsPerBuyerMax open streams of one buyer on this instance
 * @param historyMax events remembered over all topics, for clients that reconnect
 * @param backlogMax events queued for one slow client
 * @param writeQueueBytesMax bytes in a socket's write queue from which on a client counts as slow
 * @param heartbeat interval of comments that detect dead connections; less than the HTTP server's idle timeout of
 *     one minute
 * @param retry time clients should wait before they reconnect
 * @param lifeMax maximum lifetime of a stream
 * @param farewellMax time limit for ending all streams when the server stops
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
    private static final Duration LIFE_MAX = Duration.ofHours(1);
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
                LIFE_MAX,
                FAREWELL_MAX);
    }
}
