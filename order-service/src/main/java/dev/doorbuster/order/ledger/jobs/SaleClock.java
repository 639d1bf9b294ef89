package dev.doorbuster.order.ledger.jobs;

import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.SaleClose;
import dev.doorbuster.contracts.message.SaleOpen;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.ledger.read.LedgerReader;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import dev.doorbuster.runtime.amqp.publish.Publisher.Addressed;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds sales that are due to open or close, by the database's clock, and requests that from the ledger. It writes
 * nothing itself, and its requests are idempotent, so it runs on every instance.
 */
public final class SaleClock {
    private final Publisher publisher;
    private final LedgerReader ledger;
    private final JobsConfig config;
    private final Map<DueSale, Long> askedNanos = new HashMap<>();

    private SaleClock(LedgerReader ledger, Publisher publisher, JobsConfig config) {
        this.publisher = publisher;
        this.ledger = ledger;
        this.config = config;
    }

    /** Starts on an event loop of its own. */
    public static Future<Job> start(Vertx vertx, LedgerReader ledger, Publisher publisher, JobsConfig config) {
        var clock = new SaleClock(ledger, publisher, config);
        return Job.start(vertx, "the sale clock", config.clockInterval(), clock::round);
    }

    private Future<Void> round() {
        return ledger.dueSales(config.salesPerRoundMax()).compose(found -> publisher.publishAll(commands(found)));
    }

    private List<Addressed> commands(List<DueSale> found) {
        var commands = new ArrayList<Addressed>();
        var still = new HashMap<DueSale, Long>();
        for (DueSale each : found) {
            long now = System.nanoTime();
            Long asked = askedNanos.get(each);
            if (asked == null || now - asked >= config.askAgain().toNanos()) {
                commands.add(command(each));
                asked = now;
            }
            still.put(each, asked);
        }
        askedNanos.clear();
        askedNanos.putAll(still);
        return commands;
    }

    private static Addressed command(DueSale due) {
        var now = Instant.now();
        Element command = due.over() ? new SaleClose(now) : new SaleOpen(now);
        Message message = Message.of(due.sale(), command);
        return new Addressed(Route.command(message), message);
    }

    /**
     * A sale that the ledger must open or close.
     *
     * @param over true to close it, false to open it
     */
    public record DueSale(SaleId sale, boolean over) {}
}
