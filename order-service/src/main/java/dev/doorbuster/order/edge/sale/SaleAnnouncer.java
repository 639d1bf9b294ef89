package dev.doorbuster.order.edge.sale;

import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.SaleAnnounced;
import dev.doorbuster.contracts.message.SaleClose;
import dev.doorbuster.contracts.message.SaleCounted;
import dev.doorbuster.contracts.message.SaleOpen;
import dev.doorbuster.contracts.message.SaleView;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.runtime.amqp.Publisher;
import io.vertx.core.Future;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the others what an operator has changed, once the change is committed. Only a hint: a nudge that is lost is made
 * good by the next readings, by the decider that misses its counter, or by the reconciler.
 */
final class SaleAnnouncer {
    private static final Logger LOG = LoggerFactory.getLogger(SaleAnnouncer.class);

    private final Publisher publisher;
    private final Clock clock;

    SaleAnnouncer(Publisher publisher, Clock clock) {
        this.publisher = publisher;
        this.clock = clock;
    }

    /** The ledger counts, and tells everybody that the sale has opened. */
    Future<Void> opened(SaleView sale) {
        return nudge(sale, new SaleOpen(clock.instant()));
    }

    /** The ledger counts, and tells everybody that the sale has closed. */
    Future<Void> closed(SaleView sale) {
        return nudge(sale, new SaleClose(clock.instant()));
    }

    /** The recount that the change itself recorded; a counter that is as new ignores it. */
    Future<Void> changed(SaleView sale) {
        return nudge(sale, new SaleCounted(sale.epoch(), sale.available(), sale.counter()));
    }

    /** Completes in any case. */
    private Future<Void> nudge(SaleView sale, Element command) {
        publisher.tell(Route.announcement(), Message.of(sale.saleId(), new SaleAnnounced(sale)));
        Message message = Message.of(sale.saleId(), command);
        return publisher
                .publish(Route.command(message), message)
                .onFailure(
                        cause -> LOG.warn("sale {}: {} not sent: {}", sale.saleId(), message.type(), cause.toString()))
                .otherwiseEmpty();
    }
}
