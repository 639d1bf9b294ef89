package dev.doorbuster.order.edge.pending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderAnswered;
import dev.doorbuster.contracts.message.OrderAnswered.Verdict;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.value.RefusalReason;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.runtime.amqp.consume.MessageBatch;
import dev.doorbuster.runtime.amqp.consume.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReplyQueueTest {
    private static final SaleId SALE = new SaleId("abcdefghijklmnop");

    private final List<Object> heard = new ArrayList<>();
    private final ReplyQueue replies = new ReplyQueue();
    private final Subscription subscription =
            replies.subscription(heard::add, heard::add, heard::add, heard::add, () -> heard.add("answers lost"));

    @Test
    void hasAnotherAddressOnEachConnection() {
        String before = replies.edgeId();

        var first = subscription.topology().get();
        String atFirst = replies.edgeId();
        var second = subscription.topology().get();

        assertThat(first).isEqualTo(DoorbusterTopology.replies(atFirst));
        assertThat(second).isEqualTo(DoorbusterTopology.replies(replies.edgeId()));
        assertThat(List.of(before, atFirst, replies.edgeId())).doesNotHaveDuplicates();
    }

    @Test
    void missesNothingWhileTheFirstConnectionLastsAndPerhapsMuchAfterwards() {
        subscription.onActive().run();
        assertThat(heard).isEmpty();

        subscription.onLost().run();
        subscription.onActive().run();

        assertThat(heard).containsExactly("answers lost", "answers lost");
    }

    @Test
    void handsOutAnswersAndMarkers() {
        // Given
        var answer = new OrderAnswered(
                UUID.randomUUID(), UUID.randomUUID(), Verdict.REFUSED, RefusalReason.SOLD_OUT, null, false, null);
        var marker = new SaleMarker(UUID.randomUUID(), replies.edgeId());

        // When
        var taken = subscription
                .handler()
                .handle(new MessageBatch(List.of(Message.of(SALE, answer), Message.of(SALE, marker))));

        // Then
        assertThat(taken.succeeded()).isTrue();
        assertThat(heard).containsExactly(answer, marker);
    }
}
