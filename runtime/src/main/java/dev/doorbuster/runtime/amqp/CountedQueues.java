package dev.doorbuster.runtime.amqp;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** Access of one inspection to the queues: counting only; no message is taken from a queue. */
public final class CountedQueues {
    private final Channel channel;
    private final long deadlineNanos;

    CountedQueues(Channel channel, long deadlineNanos) {
        this.channel = channel;
        this.deadlineNanos = deadlineNanos;
    }

    /** Number of ready messages; unacknowledged ones are not included. */
    public long count(String queue) throws IOException, TimeoutException {
        if (System.nanoTime() - deadlineNanos > 0) {
            throw new TimeoutException("the inspection took too long");
        }
        return channel.messageCount(queue);
    }
}
