package dev.doorbuster.deadletters;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.ShutdownSignalException;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Route;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * The queues in which messages lie that were set aside. To see one is to take it: it stays unacknowledged, and out of
 * everybody else's sight, until it is put back, or until this connection ends, which puts it back in its place too. Only
 * what has been done with is acknowledged, each for itself. Blocks; to be used by one thread.
 */
public final class DeadLetterQueues implements AutoCloseable {
    /** Where letters lie, in the order in which they are taken. */
    public static final List<String> QUEUES = List.of(
            DoorbusterTopology.SECOND_CHANCE_QUEUE,
            DoorbusterTopology.DEAD_LETTERS_QUEUE,
            DoorbusterTopology.UNROUTED_QUEUE,
            DoorbusterTopology.UNDELIVERED_QUEUE);

    private static final int PERSISTENT = 2;
    private static final int CONFIRM_MAX_MS = 10_000;
    private static final int CLOSE_MAX_MS = 5_000;
    /** With "multiple": all that this channel delivered. */
    private static final long ALL = 0;

    private final Connection connection;
    private final Channel channel;
    private final int lettersMax;
    private final long deadlineNanos;
    /** Written by the client's thread before the confirm that follows it. */
    private volatile boolean returned;

    private DeadLetterQueues(Connection connection, Channel channel, int lettersMax, long deadlineNanos) {
        this.connection = connection;
        this.channel = channel;
        this.lettersMax = lettersMax;
        this.deadlineNanos = deadlineNanos;
    }

    /**
     * What was taken.
     *
     * @param more letters that were left where they are
     */
    public record Taken(List<FetchedDeadLetter> letters, long more) {}

    /**
     * The connection is the box's from now on.
     *
     * @param lettersMax letters in hand at once
     * @param timeMax after which nothing more is taken, sent or thrown away
     */
    public static DeadLetterQueues open(Connection connection, int lettersMax, Duration timeMax) throws IOException {
        long deadlineNanos = System.nanoTime() + timeMax.toNanos();
        try {
            Channel channel = connection.createChannel();
            var box = new DeadLetterQueues(connection, channel, lettersMax, deadlineNanos);
            channel.addReturnListener(back -> box.returned = true);
            var unused = channel.confirmSelect();
            return box;
        } catch (IOException | RuntimeException e) {
            connection.abort(CLOSE_MAX_MS);
            throw e;
        }
    }

    /** Takes all there are, oldest first in each queue, up to the limit. */
    public Taken take() throws IOException {
        return take(QUEUES);
    }

    /** Takes what lies in these queues only. */
    public Taken take(List<String> queues) throws IOException {
        var letters = new ArrayList<FetchedDeadLetter>();
        long more = 0;
        for (String queue : queues) {
            more += take(queue, letters);
        }
        return new Taken(letters, more);
    }

    private long take(String queue, List<FetchedDeadLetter> into) throws IOException {
        while (into.size() < lettersMax) {
            if (isLate()) {
                throw new IOException("it took too long to look into " + queue);
            }
            GetResponse taken = read(queue, () -> channel.basicGet(queue, false));
            if (taken == null) {
                return 0;
            }
            into.add(FetchedDeadLetter.of(queue, taken));
        }
        return read(queue, () -> channel.messageCount(queue));
    }

    private interface Reading<T> {
        T get() throws IOException;
    }

    private static <T> T read(String queue, Reading<T> reading) throws IOException {
        try {
            return reading.get();
        } catch (IOException | ShutdownSignalException e) {
            throw new IOException(
                    "the queue " + queue + " cannot be read; is this the broker of a Doorbuster, and may its user read"
                            + " there? " + told(e),
                    e);
        }
    }

    /** Puts back all that was taken and not removed, in its old places. */
    public void putBack() throws IOException {
        channel.basicNack(ALL, true, true);
    }

    /**
     * Publishes a copy to where the letter had come from, and takes the letter out once the broker has said that it has it.
     *
     * @throws IOException where it has not, and then the letter stays
     */
    public void sendBack(FetchedDeadLetter fetchedDeadLetter) throws IOException {
        refuseWhenLate();
        publishAgain(fetchedDeadLetter);
        acknowledge(fetchedDeadLetter);
    }

    private void publishAgain(FetchedDeadLetter fetchedDeadLetter) throws IOException {
        Route origin = fetchedDeadLetter.told().origin();
        BasicProperties again = fetchedDeadLetter
                .properties()
                .builder()
                .deliveryMode(PERSISTENT)
                .headers(fetchedDeadLetter
                        .told()
                        .replayHeaders(fetchedDeadLetter.properties().getHeaders()))
                .build();
        returned = false;
        try {
            channel.basicPublish(origin.exchange(), origin.routingKey(), true, again, fetchedDeadLetter.body());
            if (!channel.waitForConfirms(CONFIRM_MAX_MS)) {
                throw new IOException("the broker refused it: its queue may be full");
            }
        } catch (TimeoutException e) {
            throw new IOException("no confirm within " + CONFIRM_MAX_MS + " ms: it may or may not have been sent");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted: it may or may not have been sent");
        } catch (ShutdownSignalException e) {
            throw new IOException("the broker ended the channel: " + told(e));
        }
        if (returned) {
            throw new IOException("no queue takes " + origin.routingKey() + " of " + origin.exchange());
        }
    }

    /** Takes the letter out for good. */
    public void discard(FetchedDeadLetter fetchedDeadLetter) throws IOException {
        refuseWhenLate();
        acknowledge(fetchedDeadLetter);
    }

    private void acknowledge(FetchedDeadLetter fetchedDeadLetter) throws IOException {
        try {
            channel.basicAck(fetchedDeadLetter.tag(), false);
        } catch (ShutdownSignalException e) {
            throw new IOException("the broker ended the channel: " + told(e), e);
        }
    }

    /** False after the broker refused something in a way that ends the channel; all that was not done with is put back then. */
    public boolean isOpen() {
        return channel.isOpen();
    }

    private void refuseWhenLate() throws IOException {
        if (isLate()) {
            throw new IOException("there was no time left for it");
        }
    }

    private boolean isLate() {
        return System.nanoTime() - deadlineNanos > 0;
    }

    private static String told(Exception failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause.getMessage();
    }

    /**
     * Puts back what is left in hand, and waits for the broker's own goodbye, which it says after all acknowledgements that
     * came before: without it nobody knows whether those have arrived.
     *
     * @throws IOException where the connection had ended by itself, or the goodbye does not come in time
     */
    @Override
    public void close() throws IOException {
        try {
            connection.close(CLOSE_MAX_MS);
        } catch (ShutdownSignalException e) {
            throw new IOException("the connection to the broker was lost: " + told(e), e);
        }
    }
}
