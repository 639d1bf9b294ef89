package dev.doorbuster.order.ledger.read;

import dev.doorbuster.contracts.message.OrderPayment;
import java.util.UUID;

/** A payment's primary key: an order and the payment provider's reference. */
public record PaymentKey(UUID orderId, String reference) {
    public static PaymentKey of(OrderPayment asked) {
        return new PaymentKey(asked.orderId(), asked.reference());
    }
}
