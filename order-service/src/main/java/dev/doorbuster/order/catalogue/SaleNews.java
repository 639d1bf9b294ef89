package dev.doorbuster.order.catalogue;

import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.SaleAnnounced;
import dev.doorbuster.contracts.message.SaleCounted;
import dev.doorbuster.contracts.message.SaleEvent.SaleClosed;
import dev.doorbuster.contracts.message.SaleEvent.SaleOpened;
import dev.doorbuster.contracts.message.SaleState;
import dev.doorbuster.contracts.message.SaleView;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.runtime.amqp.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nudge after an operator's change has been committed: counters, edges and listeners hear of it at once. It only saves
 * time: should it get lost, edges read the sale anyway and the reconciler finds the counter wrong.
 */
public final class SaleNews {
    private static final Logger LOG = LoggerFactory.getLogger(SaleNews.class);

    private final Publisher publisher;

    public SaleNews(Publisher publisher) {
        this.publisher = publisher;
    }

    public void created(SaleView sale) {
        changed(sale);
        if (sale.state() != SaleState.SCHEDULED) {
            event(sale, new SaleOpened(sale));
        }
    }

    public void edited(SaleView sale) {
        changed(sale);
    }

    public void ended(SaleView sale) {
        changed(sale);
        event(sale, new SaleClosed(sale));
    }

    private void changed(SaleView sale) {
        if (sale.epoch() > 0) {
            Message counted =
                    Message.of(sale.saleId(), new SaleCounted(sale.epoch(), sale.available(), sale.counter()));
            publish(Route.command(counted), counted);
        }
        publisher.tell(Route.announcement(), Message.of(sale.saleId(), new SaleAnnounced(sale)));
    }

    private void event(SaleView sale, Element event) {
        Message message = Message.of(sale.saleId(), event);
        publish(Route.event(message.type(), sale.saleId()), message);
    }

    private void publish(Route route, Message message) {
        var unused = publisher
                .publish(route, message)
                .onFailure(lost -> LOG.warn(
                        "{} of {} was not published: {}",
                        message.type().wireName(),
                        message.sale(),
                        lost.getMessage()));
    }
}
