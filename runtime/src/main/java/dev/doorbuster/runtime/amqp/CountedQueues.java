package dev.doorbuster.runtime.amqp;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** What one look may do with queues, which is to count: nothing is taken out of anybody's sight. */
public final class CountedQueues {
    private final Channel channel;
    private final long deadlineNanos;

    CountedQueues(Channel channel, long deadlineNanos) {
        this.channel = channel;
        this.deadlineNanos = deadlineNanos;
    }

    /** How many messages wait there; those in a consumer's hands are not among them. */
    public long count(String queue) throws IOException, TimeoutException {
        if (System.nanoTime() - deadlineNanos > 0) {
            throw new TimeoutException("the look took too long");
        }
        return channel.messageCount(queue);
    }
}
