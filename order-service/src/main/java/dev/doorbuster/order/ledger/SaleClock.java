package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.SaleClose;
import dev.doorbuster.contracts.message.SaleId;
import dev.doorbuster.contracts.message.SaleOpen;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.runtime.amqp.Publisher;
import dev.doorbuster.runtime.amqp.Publisher.Addressed;
import dev.doorbuster.runtime.start.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.templates.SqlTemplate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the sales whose time has come or is over, by the database's clock, and asks the ledger to open or close them. It
 * changes nothing itself and asks for nothing that may not be asked twice, so it runs on every instance.
 */
public final class SaleClock {
    private static final String DUE = """
            SELECT id, coalesce(closes_at <= now(), false) AS over
            FROM sales
            WHERE (state = 'SCHEDULED' AND opens_at <= now()) OR (state <> 'CLOSED' AND closes_at <= now())
            LIMIT #{max}""";

    private record Due(SaleId sale, boolean over) {}

    private final Publisher publisher;
    private final DatabaseConfig database;
    private final JobsConfig config;
    private final SqlTemplate<Map<String, Object>, RowSet<Due>> due;
    private final Map<Due, Long> askedNanos = new HashMap<>();
    private final Job job;

    private SaleClock(Vertx vertx, Pool pool, DatabaseConfig database, Publisher publisher, JobsConfig config) {
        this.publisher = publisher;
        this.database = database;
        this.config = config;
        this.due = SqlTemplate.forQuery(pool, DUE)
                .mapTo(row -> new Due(new SaleId(row.getString("id")), row.getBoolean("over")));
        this.job = new Job(vertx, "the sale clock", config.clockInterval(), this::round);
    }

    /** Starts on an event loop of its own. */
    public static Future<SaleClock> start(
            Vertx vertx, Pool pool, DatabaseConfig database, Publisher publisher, JobsConfig config) {
        return EventLoop.call(vertx, () -> {
            var clock = new SaleClock(vertx, pool, database, publisher, config);
            clock.job.start();
            return Future.succeededFuture(clock);
        });
    }

    public Future<Void> stop() {
        return job.stop();
    }

    /** Why it cannot do its work now, or nothing: the database or the broker is away. */
    public Optional<String> problem() {
        return job.problem();
    }

    private Future<Void> round() {
        return Database.within(database, () -> due.execute(Map.of("max", (long) config.salesMax())))
                .compose(found -> publisher.publishAll(commands(found)));
    }

    private List<Addressed> commands(Iterable<Due> found) {
        var commands = new ArrayList<Addressed>();
        var still = new HashMap<Due, Long>();
        for (Due each : found) {
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

    private static Addressed command(Due due) {
        var now = Instant.now();
        Element wish = due.over() ? new SaleClose(now) : new SaleOpen(now);
        Message message = Message.of(due.sale(), wish);
        return new Addressed(Route.command(message), message);
    }
}
