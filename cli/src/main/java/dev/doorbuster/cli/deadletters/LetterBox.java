package dev.doorbuster.cli.deadletters;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.ShutdownSignalException;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Route;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * The queues in which messages lie that were set aside. To see one is to take it: it stays unacknowledged, and out of
 * everybody else's sight, until it is put back, or until this connection ends, which puts it back in its place too. Only
 * what has been done with is acknowledged, each for itself.
 */
final class LetterBox implements AutoCloseable {
    /** Letters that are held at once: of the largest size they fill 64 MiB. */
    static final int LETTERS_MAX = 1_000;

    private static final List<String> QUEUES = List.of(
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
    /** Written by the client's thread before the confirm that follows it. */
    private volatile boolean returned;

    private LetterBox(Connection connection, Channel channel) {
        this.connection = connection;
        this.channel = channel;
    }

    /**
     * What was taken.
     *
     * @param more letters that were left where they are
     */
    record Taken(List<Letter> letters, long more) {}

    /** The connection is the box's from now on. */
    static LetterBox open(Connection connection) throws IOException {
        try {
            Channel channel = connection.createChannel();
            var box = new LetterBox(connection, channel);
            channel.addReturnListener(back -> box.returned = true);
            var unused = channel.confirmSelect();
            return box;
        } catch (IOException | RuntimeException e) {
            connection.abort(CLOSE_MAX_MS);
            throw e;
        }
    }

    /** Takes all there are, oldest first in each queue, up to the limit. */
    Taken take() throws IOException {
        var letters = new ArrayList<Letter>();
        long more = 0;
        for (String queue : QUEUES) {
            more += take(queue, letters);
        }
        return new Taken(letters, more);
    }

    private long take(String queue, List<Letter> into) throws IOException {
        try {
            while (into.size() < LETTERS_MAX) {
                GetResponse taken = channel.basicGet(queue, false);
                if (taken == null) {
                    return 0;
                }
                into.add(Letter.of(queue, taken));
            }
            return channel.messageCount(queue);
        } catch (IOException | ShutdownSignalException e) {
            throw new IOException("the queue " + queue + " cannot be read; is this the broker of a Doorbuster, and may"
                    + " its user read there? " + told(e));
        }
    }

    /** Puts back all that was taken and not removed, in its old places. */
    void putBack() throws IOException {
        channel.basicNack(ALL, true, true);
    }

    /**
     * Publishes a copy to where the letter had come from, and completes when the broker has it.
     *
     * @throws IOException where it does not, and then the letter has to stay
     */
    void sendBack(Letter letter) throws IOException {
        Route origin = letter.told().origin();
        BasicProperties again = letter.properties()
                .builder()
                .deliveryMode(PERSISTENT)
                .headers(letter.told().replayHeaders(letter.properties().getHeaders()))
                .build();
        returned = false;
        try {
            channel.basicPublish(origin.exchange(), origin.routingKey(), true, again, letter.body());
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
    void remove(Letter letter) throws IOException {
        channel.basicAck(letter.tag(), false);
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    private static String told(Exception failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause.getMessage();
    }

    /** Waits for the broker's own goodbye, which it says after all acknowledgements that came before. */
    @Override
    public void close() throws IOException {
        if (connection.isOpen()) {
            connection.close(CLOSE_MAX_MS);
        }
    }
}
