package dev.doorbuster.notifier.event;

import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderEvent;
import dev.doorbuster.contracts.message.SaleEvent;

/**
 * What one event is called towards those who must not act on it twice. It is made of the facts and not of the message: a
 * ledger that died between its commit and its acknowledgement tells the same in a new message.
 */
public final class EventId {
    private EventId() {}

    public static String of(Message message, int index) {
        String what = message.type().topic();
        Element element = message.elements().get(index);
        if (element instanceof OrderEvent.OrderRefundDue refund) {
            // One order may have several payments to give back, which its view does not tell apart.
            return refund.order().id() + "/" + what + "/" + message.id();
        } else if (element instanceof OrderEvent event) {
            return event.order().id() + "/" + what;
        } else if (element instanceof SaleEvent event) {
            return event.sale().saleId() + "/" + what + "/" + event.sale().epoch();
        }
        return message.id() + "/" + index;
    }
}
