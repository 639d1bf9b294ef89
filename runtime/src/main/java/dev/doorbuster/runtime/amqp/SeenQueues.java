package dev.doorbuster.runtime.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** What one look may do with queues. Its end puts back all that it took, in its place; so does the end of its connection. */
public final class SeenQueues implements AutoCloseable {
    /** With "multiple": all that this channel delivered. */
    private static final long ALL = 0;

    private final Channel channel;
    private final long deadlineNanos;
    private boolean taken;

    SeenQueues(Channel channel, long deadlineNanos) {
        this.channel = channel;
        this.deadlineNanos = deadlineNanos;
    }

    /** How many messages wait there; those in a consumer's hands are not among them. */
    public long count(String queue) throws IOException, TimeoutException {
        begin();
        return channel.messageCount(queue);
    }

    /** The oldest that wait there, out of everybody else's sight until this look ends. */
    public List<GetResponse> take(String queue, int most) throws IOException, TimeoutException {
        var all = new ArrayList<GetResponse>();
        while (all.size() < most) {
            begin();
            GetResponse oldest = channel.basicGet(queue, false);
            if (oldest == null) {
                break;
            }
            taken = true;
            all.add(oldest);
        }
        return all;
    }

    private void begin() throws TimeoutException {
        if (System.nanoTime() - deadlineNanos > 0) {
            throw new TimeoutException("the look took too long");
        }
    }

    @Override
    public void close() throws IOException {
        if (taken && channel.isOpen()) {
            channel.basicNack(ALL, true, true);
        }
    }
}
