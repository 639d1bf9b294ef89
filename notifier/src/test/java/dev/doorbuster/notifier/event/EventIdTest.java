package dev.doorbuster.notifier.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderEvent.OrderRefundDue;
import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.contracts.value.OrderView;
import dev.doorbuster.contracts.value.SaleId;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventIdTest {
    private static final SaleId SALE = new SaleId("abcdefghijklmnop");
    private static final UUID ORDER = UUID.fromString("a3e4b1d2-7c6f-4e5a-9b8d-0c1f2e3d4b5a");

    @Test
    void aPaymentThatIsDueBackHasOneIdHoweverOftenItIsPublished() {
        assertThat(id("pi_1")).isEqualTo(id("pi_1")).isEqualTo(ORDER + "/order.refund-due/pi_1");
        assertThat(id("pi_2")).isNotEqualTo(id("pi_1"));
    }

    @Test
    void aPaymentOfAnOlderVersionWithoutAReferenceIsAnotherInEachMessage() {
        assertThat(id(null)).isNotEqualTo(id(null));
    }

    private static String id(String reference) {
        return EventId.of(refundDue(reference), 0);
    }

    /** As published once more: another message. */
    private static Message refundDue(String reference) {
        var order = new OrderView(ORDER, SALE, "alice", 1, OrderStatus.CANCELLED, null, 4900, Instant.EPOCH, null);
        return Message.of(SALE, new OrderRefundDue(order, reference, null));
    }
}
