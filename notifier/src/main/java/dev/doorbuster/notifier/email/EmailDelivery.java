package dev.doorbuster.notifier.email;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderEvent;
import dev.doorbuster.notifier.channel.ChannelMetrics;
import dev.doorbuster.notifier.channel.ChannelMetrics.Outcome;
import dev.doorbuster.runtime.amqp.BatchHandler;
import dev.doorbuster.runtime.amqp.DataException;
import dev.doorbuster.runtime.amqp.DeliveryException;
import dev.doorbuster.runtime.amqp.MessageBatch;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One mail for each order of a message. What was sent of it is remembered, so that trying the rest again sends nothing
 * twice; only a mail of whose fate nobody heard in the end, or one of a notifier that died, may come again, under the same
 * name.
 */
public final class EmailDelivery implements BatchHandler {
    private static final Logger LOG = LoggerFactory.getLogger(EmailDelivery.class);

    private final MailDeliveries mailDeliveries;
    private final SaleLookup sales;
    private final MailTemplates letters;
    private final Addresses addresses;
    private final ChannelMetrics metrics;

    public EmailDelivery(Vertx vertx, EmailConfig config, ChannelMetrics metrics) {
        this.mailDeliveries = new MailDeliveries(vertx, config, () -> metrics.count(Outcome.DELIVERED));
        this.sales = new SaleLookup(vertx, config);
        this.letters = new MailTemplates(config);
        this.addresses = new Addresses(config.to());
        this.metrics = metrics;
    }

    @Override
    public Future<Void> handle(MessageBatch batch) {
        Future<Void> told = Future.succeededFuture();
        for (Message message : batch.messages()) {
            told = told.compose(v -> metrics.whileWaiting(() -> tell(message)));
        }
        return told;
    }

    private Future<Void> tell(Message message) {
        return sales.find(message.sale()).compose(sale -> {
            Future<Void> told = Future.succeededFuture();
            for (OrderEvent event : message.elements(OrderEvent.class)) {
                told = told.compose(v -> tell(message, event, sale));
            }
            return told;
        });
    }

    private Future<Void> tell(Message message, OrderEvent event, SaleFacts sale) {
        String id = letters.id(message.type(), event.order());
        if (mailDeliveries.wasTaken(id)) {
            return Future.succeededFuture();
        }
        Optional<String> address = addresses.of(event.order().buyer());
        if (address.isEmpty()) {
            LOG.warn("nobody is told {}: the buyer's name makes no address", id);
            metrics.count(Outcome.UNADDRESSED);
            return Future.succeededFuture();
        }
        return mailDeliveries
                .send(id, () -> letters.write(address.get(), message.type(), event.order(), sale))
                .recover(cause -> Future.failedFuture(failed(cause, message.elements())));
    }

    /** One mail's trouble is not that of the others in its message: it is halved until that mail is alone. */
    private Throwable failed(Throwable cause, List<?> neighbours) {
        boolean isFinal = cause instanceof DeliveryException failure && failure.isFinal();
        metrics.count(isFinal ? Outcome.REFUSED : Outcome.FAILED);
        return cause instanceof DeliveryException && neighbours.size() > 1
                ? new DataException("one of several was not taken", cause)
                : cause;
    }

    public Future<Void> close() {
        return Future.join(mailDeliveries.close(), sales.close()).mapEmpty();
    }
}
