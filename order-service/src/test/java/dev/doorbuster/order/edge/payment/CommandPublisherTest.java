package dev.doorbuster.order.edge.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageCodec;
import dev.doorbuster.contracts.message.OrderCancel;
import dev.doorbuster.contracts.message.OrderPayment;
import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.ManualPublisher;
import dev.doorbuster.runtime.amqp.publish.PublishException;
import dev.doorbuster.runtime.batch.Batcher.RoundTripFailedException;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CommandPublisherTest {
    private static final SaleId SALE = new SaleId("abcdefghijklmnop");
    private static final Instant RECEIVED_AT = Instant.parse("2030-01-31T18:00:00.123456789Z");
    private static final String LONGEST_NAME = "\ud83d\udca1".repeat(Limits.NAME_LENGTH_MAX);
    private static final String LONGEST_REFERENCE = "\"".repeat(Limits.REFERENCE_LENGTH_MAX);
    private static final String LONGEST_EDGE_ID = "e".repeat(Limits.EDGE_ID_LENGTH_MAX);
    private static final String LONGEST_TRACE = "0".repeat(Limits.TRACE_LENGTH_MAX);

    private final ManualPublisher publisher = new ManualPublisher();
    private final CommandPublisher commands = new CommandPublisher(publisher, 1000);

    @Test
    void keepsMessagesWithinTheirLimitHoweverLongTracedCommandsAre() {
        // Given
        var all = new ArrayList<Future<Void>>();
        for (int i = 0; i < 200; i++) {
            all.add(commands.publish(SALE, longestPayment()));
            all.add(commands.publish(SALE, longestCancel()));
        }

        // When
        for (int i = 0; i < publisher.sent().size(); i++) {
            publisher.confirm(i);
        }

        // Then
        assertThat(all).allMatch(Future::succeeded);
        assertThat(publisher.sent())
                .allSatisfy(sent -> assertThat(MessageCodec.encode(sent.message()))
                        .hasSizeLessThanOrEqualTo(Limits.MESSAGE_BYTES_MAX))
                .anySatisfy(sent -> assertThat(sent.message().elements()).hasSizeGreaterThan(50));
    }

    @Test
    void failsWhatWaitsBehindABatchWithoutAConfirm() {
        // Given
        Future<Void> first = commands.publish(SALE, longestCancel());
        Future<Void> second = commands.publish(SALE, longestCancel());
        Future<Void> payment = commands.publish(SALE, longestPayment());

        // When
        publisher.fail(0, PublishException.Kind.UNCONFIRMED);

        // Then
        assertThat(first.cause()).isInstanceOf(PublishException.class);
        assertThat(second.cause()).isInstanceOf(RoundTripFailedException.class);
        assertThat(payment.isComplete()).isFalse();
        assertThat(publisher.sent()).hasSize(2);

        // When, Then
        Future<Void> later = commands.publish(SALE, longestCancel());
        publisher.confirm(2);
        assertThat(later.succeeded()).isTrue();
    }

    @Test
    void weighsNoCommandTooLightly() {
        assertThat(bytes(longestPayment())).isLessThanOrEqualTo(CommandPublisher.COMMAND_BYTES_MAX);
        assertThat(bytes(longestCancel())).isLessThanOrEqualTo(CommandPublisher.COMMAND_BYTES_MAX);
    }

    /** Size of one more element of a message, with its comma. */
    private static int bytes(Element command) {
        int one = MessageCodec.encode(Message.of(SALE, command)).length;
        int two = MessageCodec.encode(Message.of(SALE, List.of(command, command))).length;
        return two - one;
    }

    private static OrderPayment longestPayment() {
        return new OrderPayment(
                UUID.randomUUID(),
                UUID.randomUUID(),
                LONGEST_NAME,
                LONGEST_REFERENCE,
                Long.MAX_VALUE,
                "E".repeat(Limits.CURRENCY_LENGTH_MAX),
                LONGEST_EDGE_ID,
                RECEIVED_AT,
                LONGEST_TRACE);
    }

    private static OrderCancel longestCancel() {
        return new OrderCancel(
                UUID.randomUUID(), UUID.randomUUID(), LONGEST_NAME, LONGEST_EDGE_ID, RECEIVED_AT, LONGEST_TRACE);
    }
}
