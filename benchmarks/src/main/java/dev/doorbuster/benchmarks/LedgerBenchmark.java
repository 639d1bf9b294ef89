package dev.doorbuster.benchmarks;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderGranted;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.database.DatabaseConfig;
import dev.doorbuster.order.database.Migrations;
import dev.doorbuster.order.database.Migrations.MigrationConfig;
import dev.doorbuster.order.database.OrderDatabase;
import dev.doorbuster.order.ledger.Ledger;
import dev.doorbuster.runtime.amqp.consume.MessageBatch;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.trace.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** The ledger's transaction on a real PostgreSQL, compared with statements that write as many rows and check less. */
final class LedgerBenchmark implements Benchmark {
    private static final int ELEMENTS_MAX = 256;
    private static final int MESSAGES_MAX = 8;
    private static final String SALE = """
            INSERT INTO sales (id, title, price_cents, currency, stock, per_buyer_limit, opens_at, hold_seconds, counter,
                               state, epoch)
            VALUES ($1, 'Benchmark', 100, 'EUR', $2, 1, now(), 3600, 'redis', 'OPEN', 1)""";
    private static final String RECOUNT =
            "INSERT INTO recounts (sale_id, epoch, available, cause, at) VALUES ($1, 1, $2, 'OPENED', now())";
    private static final String LEFT = "SELECT stock - sold FROM sales WHERE id = $1";

    private final Context loop;
    private final Pool pool;
    private final PlainTables tables;
    private final Ledger ledger;

    private LedgerBenchmark(Context loop, Pool pool, DatabaseConfig config, PlainTables tables) {
        this.loop = loop;
        this.pool = pool;
        this.tables = tables;
        this.ledger = new Ledger(pool, config, new NoPublisher(), new SimpleMeterRegistry(), Tracing.OFF);
    }

    /** Messages after the commit are not part of the transaction. */
    private static final class NoPublisher implements Publisher {
        @Override
        public Future<Void> publish(Route route, Message message) {
            return Future.succeededFuture();
        }

        @Override
        public void tell(Route route, Message message) {
            // Answers are not measured.
        }

        @Override
        public boolean isOpen() {
            return true;
        }
    }

    static Future<LedgerBenchmark> start(Vertx vertx, Environment env) {
        DatabaseConfig config = DatabaseConfig.fromEnv(env);
        return Migrations.apply(vertx, MigrationConfig.fromEnv(env))
                .compose(migrated -> PlainTables.create(vertx, env))
                .map(tables -> new LedgerBenchmark(
                        vertx.getOrCreateContext(), OrderDatabase.pool(vertx, config, "benchmarks"), config, tables));
    }

    @Override
    public Future<Void> open(BenchmarkTask task) {
        SaleId sale = task.saleId();
        return tables.open(sale, STOCK)
                .compose(opened -> tables.pool().preparedQuery(SALE).execute(Tuple.of(sale.value(), STOCK)))
                .compose(opened -> tables.pool().preparedQuery(RECOUNT).execute(Tuple.of(sale.value(), STOCK)))
                .mapEmpty();
    }

    @Override
    public Future<Measured> run(BenchmarkTask task) {
        SaleId sale = task.saleId();
        List<RepeatingCaller> callers = switch (task.variant()) {
            case "ledger-2048" -> List.of(() -> transaction(sale, MESSAGES_MAX, ELEMENTS_MAX));
            case "ledger-256" -> List.of(() -> transaction(sale, 1, ELEMENTS_MAX));
            case "ledger-1" -> List.of(() -> transaction(sale, 1, 1));
            case "unnest-256" -> List.of(() -> tables.rows(sale, ELEMENTS_MAX));
            case "statement-1" -> Collections.nCopies(PlainTables.CONNECTIONS, () -> tables.order(sale));
            default -> throw new IllegalArgumentException("unknown variant: " + task.variant());
        };
        return new ClosedLoopRun(loop, callers, task.seconds()).run();
    }

    private Future<Integer> transaction(SaleId sale, int messages, int elements) {
        List<Message> gathered = Stream.generate(() -> Message.of(
                        sale,
                        Stream.generate(LedgerBenchmark::order).limit(elements).toList()))
                .limit(messages)
                .toList();
        return ledger.handle(new MessageBatch(gathered)).map(messages * elements);
    }

    private static OrderGranted order() {
        return new OrderGranted(
                UniqueNames.nextId(),
                UniqueNames.nextId(),
                UniqueNames.next(),
                1,
                "key",
                true,
                1L,
                "edge-1",
                Instant.now(),
                null,
                null);
    }

    @Override
    public Future<Long> close(BenchmarkTask task) {
        return task.variant().startsWith("ledger")
                ? pool.preparedQuery(LEFT)
                        .execute(Tuple.of(task.sale()))
                        .map(rows -> rows.iterator().next().getLong(0))
                : tables.left(task.saleId());
    }
}
