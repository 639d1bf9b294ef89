package dev.doorbuster.deadletters;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.ShutdownSignalException;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageCodec;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Route;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The dead-letter queues. Inspecting a message means taking it: it stays unacknowledged, and invisible to others, until it is
 * put back or the connection ends, which requeues it in its old position. So one client takes messages at a time, under a lock
 * that ends with its connection; the next one's basic.get is processed after these messages were requeued. Only replayed or
 * discarded messages are acknowledged, one by one. Blocks; to be used by one thread.
 */
public final class DeadLetterQueues implements AutoCloseable {
    /** The queues, in the order in which they are read. */
    public static final List<String> QUEUES = List.of(
            DoorbusterTopology.DEAD_LETTER_RETRY_QUEUE,
            DoorbusterTopology.DEAD_LETTERS_QUEUE,
            DoorbusterTopology.UNROUTED_QUEUE,
            DoorbusterTopology.UNDELIVERED_QUEUE);

    private static final int PERSISTENT = 2;
    private static final int CONFIRM_MAX_MS = 10_000;
    private static final int CLOSE_MAX_MS = 5_000;
    private static final int LOCKED_RETRY_MS = 20;
    /** With "multiple": all deliveries of this channel. */
    private static final long ALL = 0;

    private final Connection connection;
    private final Channel channel;
    private boolean locked;
    private final int deadLettersMax;
    private final long deadlineNanos;
    /** Written by the client's thread before the confirm that follows the return. */
    private volatile boolean returned;

    private DeadLetterQueues(Connection connection, Channel channel, int deadLettersMax, long deadlineNanos) {
        this.connection = connection;
        this.channel = channel;
        this.deadLettersMax = deadLettersMax;
        this.deadlineNanos = deadlineNanos;
    }

    /**
     * The messages taken.
     *
     * @param more messages left in the queues
     */
    public record Taken(List<FetchedDeadLetter> deadLetters, long more) {}

    /**
     * Takes ownership of the connection.
     *
     * @param deadLettersMax limit of messages taken at once
     * @param timeMax limit after which nothing more is taken, replayed or discarded
     */
    public static DeadLetterQueues open(Connection connection, int deadLettersMax, Duration timeMax)
            throws IOException {
        long deadlineNanos = System.nanoTime() + timeMax.toNanos();
        try {
            Channel channel = connection.createChannel();
            var box = new DeadLetterQueues(connection, channel, deadLettersMax, deadlineNanos);
            channel.addReturnListener(back -> box.returned = true);
            var unused = channel.confirmSelect();
            return box;
        } catch (IOException | RuntimeException e) {
            connection.abort(CLOSE_MAX_MS);
            throw e;
        }
    }

    /** Takes messages up to the limit, oldest first in each queue. */
    public Taken take() throws IOException {
        return take(QUEUES);
    }

    /** Takes messages of these queues only. */
    public Taken take(List<String> queues) throws IOException {
        lock();
        var deadLetters = new ArrayList<FetchedDeadLetter>();
        long more = 0;
        for (String queue : queues) {
            more += take(queue, deadLetters);
        }
        return new Taken(deadLetters, more);
    }

    private void lock() throws IOException {
        while (!locked) {
            if (isLate()) {
                throw new IOException("it took too long: another client may be reading the dead letters");
            }
            locked = tryLock();
        }
    }

    /** Pauses after a refusal: the broker keeps no list of clients that wait for an exclusive queue. */
    private boolean tryLock() throws IOException {
        // a refusal closes the channel
        Channel attempt = connection.createChannel();
        try {
            var unused = attempt.queueDeclare(DoorbusterTopology.DEAD_LETTERS_LOCK, false, true, false, Map.of());
            return true;
        } catch (IOException e) {
            if (!isHeldByAnother(e)) {
                throw e;
            }
            return pause();
        }
    }

    private static boolean pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(LOCKED_RETRY_MS);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while another client reads the dead letters", e);
        }
    }

    private static boolean isHeldByAnother(IOException failure) {
        return failure.getCause() instanceof ShutdownSignalException closed
                && closed.getReason() instanceof AMQP.Channel.Close close
                && close.getReplyCode() == AMQP.RESOURCE_LOCKED;
    }

    private long take(String queue, List<FetchedDeadLetter> into) throws IOException {
        while (into.size() < deadLettersMax) {
            if (isLate()) {
                throw new IOException("it took too long to read " + queue);
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
                    "cannot read queue " + queue + "; is this a Doorbuster broker, and does the user have the read"
                            + " permission? " + told(e),
                    e);
        }
    }

    /** Requeues all messages that were taken and not removed, in their old positions. */
    public void putBack() throws IOException {
        channel.basicNack(ALL, true, true);
    }

    /**
     * Replays a dead letter: publishes a copy to its origin and acknowledges the original once the copy is confirmed.
     *
     * @throws IOException if it is not confirmed; the dead letter then stays
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
        publish(origin, again, fetchedDeadLetter.body());
    }

    private void publish(Route origin, BasicProperties properties, byte[] body) throws IOException {
        returned = false;
        try {
            channel.basicPublish(origin.exchange(), origin.routingKey(), true, properties, body);
            if (!channel.waitForConfirms(CONFIRM_MAX_MS)) {
                throw new IOException("the broker nacked it: its queue may be full");
            }
        } catch (TimeoutException e) {
            throw new IOException("no confirm within " + CONFIRM_MAX_MS + " ms: it may or may not have been sent");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted: it may or may not have been sent");
        } catch (ShutdownSignalException e) {
            throw new IOException("the broker closed the channel: " + told(e));
        }
        if (returned) {
            throw new IOException("no queue is bound to " + origin.routingKey() + " of " + origin.exchange());
        }
    }

    /** Removes the dead letter without a copy. The ledger is told that its orders are not to be awaited any more. */
    public void discard(FetchedDeadLetter fetchedDeadLetter) throws IOException {
        refuseWhenLate();
        for (Message report : DiscardedOrders.reports(fetchedDeadLetter)) {
            BasicProperties properties = new BasicProperties.Builder()
                    .type(report.type().wireName())
                    .messageId(report.id().toString())
                    .timestamp(Date.from(report.sentAt()))
                    .contentType(MessageCodec.CONTENT_TYPE)
                    .deliveryMode(PERSISTENT)
                    .build();
            publish(Route.command(report), properties, MessageCodec.encode(report));
        }
        acknowledge(fetchedDeadLetter);
    }

    private void acknowledge(FetchedDeadLetter fetchedDeadLetter) throws IOException {
        try {
            channel.basicAck(fetchedDeadLetter.tag(), false);
        } catch (ShutdownSignalException e) {
            throw new IOException("the broker closed the channel: " + told(e), e);
        }
    }

    /** False after an error that closed the channel; all unacknowledged messages are then requeued. */
    public boolean isOpen() {
        return channel.isOpen();
    }

    private void refuseWhenLate() throws IOException {
        if (isLate()) {
            throw new IOException("there is no time left for it");
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
     * Requeues the remaining messages and waits for the broker's close-ok, which follows all earlier acknowledgements: without
     * it their arrival is unknown.
     *
     * @throws IOException if the connection had already ended, or the close-ok does not arrive in time
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
