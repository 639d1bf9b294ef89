package dev.doorbuster.notifier.event;

import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderEvent;
import dev.doorbuster.contracts.message.SaleEvent;

/**
 * An idempotency key for receivers. It is derived from the event's content, not from the message: a ledger that
 * crashed between commit and acknowledgement publishes the same event in a new message.
 */
public final class EventId {
    private EventId() {}

    public static String of(Message message, int index) {
        String what = message.type().topic();
        Element element = message.elements().get(index);
        if (element instanceof OrderEvent.OrderRefundDue refund) {
            // One order may have several refunds; a payment that is reported again is still one.
            Object payment = refund.reference() == null ? message.id() : refund.reference();
            return refund.order().id() + "/" + what + "/" + payment;
        } else if (element instanceof OrderEvent event) {
            return event.order().id() + "/" + what;
        } else if (element instanceof SaleEvent event) {
            return event.sale().saleId() + "/" + what + "/" + event.sale().epoch();
        }
        return message.id() + "/" + index;
    }
}
