package dev.doorbuster.cli.rehearse.metrics;

import com.google.errorprone.annotations.Immutable;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Resources that can saturate, causes before their symptoms: busy processors delay everything else, so if both
 * exceed their limits, the processors come first.
 */
public enum SaturationRule {
    MACHINE(
            "processors of the machine",
            Limits.MACHINE_BUSY,
            Unit.SHARE,
            series -> series.mean("system_cpu_usage", null, null),
            "Give the services more processors or more machines; where this client runs on the same machine, rehearse from"
                    + " another one.",
            "docs/handbook.md#doorbusterqueuegrows"),
    PROCESS(
            "processors of one service",
            Limits.PROCESS_BUSY,
            Unit.SHARE,
            series -> isClient(series) ? OptionalDouble.empty() : series.mean("process_cpu_usage", null, null),
            "Give this service more processors, or start more instances of it.",
            "docs/handbook.md#doorbustereventlooplag"),
    GARBAGE(
            "time spent collecting garbage",
            Limits.GARBAGE,
            Unit.SHARE,
            series -> series.rate("jvm_gc_pause_seconds_sum", null, null),
            "Give this service more heap, or start more instances of it.",
            "docs/handbook.md#doorbusterheapfull"),
    CLIENT(
            "processors of this client",
            Limits.CLIENT_PROCESSORS,
            Unit.NUMBER,
            SaturationRule::processorsOfClient,
            "The crowd runs on one processor: rehearse on a faster or quieter machine.",
            "docs/rehearse.md"),
    LEDGER(
            "time the ledger spends in transactions",
            Limits.HOP_BUSY,
            Unit.SHARE,
            series -> series.rate("doorbuster_ledger_commit_seconds_sum", null, null),
            "One sale is one transaction at a time: a faster disk for PostgreSQL, or a shorter way to it.",
            "docs/handbook.md#doorbusterqueuegrows"),
    DECIDER(
            "time the decider spends deciding",
            Limits.HOP_BUSY,
            Unit.SHARE,
            series -> series.rate("doorbuster_stock_decision_seconds_sum", null, null),
            "One sale is one decision at a time: a faster counter store, or a shorter way to it.",
            "docs/handbook.md#doorbusterqueuegrows"),
    DATABASE_POOL(
            "waiting for a database connection",
            Limits.WAITING,
            Unit.NUMBER,
            series -> series.mean("vertx_pool_queue_pending", "pool_type", "sql"),
            "See what is slow in the database first; then raise DOORBUSTER_DB_POOL_MAX.",
            "docs/handbook.md#doorbusterpoolexhausted"),
    WORKERS(
            "waiting for a worker thread",
            Limits.WAITING,
            Unit.NUMBER,
            series -> series.mean("vertx_pool_queue_pending", "pool_type", "worker"),
            "See whether Memcached is slow first; then raise DOORBUSTER_MEMCACHED_WORKERS.",
            "docs/configuration.md"),
    EVENT_LOOPS(
            "ticks of the event loops over 0.1 s late",
            Limits.LATE_TICKS,
            Unit.SHARE,
            series -> series.shareOver("doorbuster_event_loop_lag_seconds", null, null, Limits.TICK_LATE_SECONDS),
            "Start more instances; for edges on several processors, raise DOORBUSTER_EDGE_INSTANCES.",
            "docs/handbook.md#doorbustereventlooplag"),
    ENTRANCE_BATCHES(
            "batches to the entrance over 128 orders",
            Limits.FULL_BATCHES,
            Unit.SHARE,
            series -> series.shareOver("doorbuster_entrance_batch_orders", null, null, Limits.LARGE_BATCH),
            "One batch is under way per edge and sale: more edges, or a faster RabbitMQ.",
            "docs/handbook.md#doorbusterqueuegrows"),
    DECIDER_BATCHES(
            "batches of the decider over 1,024 orders",
            Limits.FULL_BATCHES,
            Unit.SHARE,
            series -> series.shareOver("doorbuster_gathering_elements", "queue", "stock.orders", Limits.LARGE_WORK),
            "The decider is saturated: give it a faster counter store.",
            "docs/handbook.md#doorbusterqueuegrows"),
    LEDGER_BATCHES(
            "batches of the ledger over 1,024 orders",
            Limits.FULL_BATCHES,
            Unit.SHARE,
            series -> series.shareOver("doorbuster_gathering_elements", "queue", "ledger.orders", Limits.LARGE_WORK),
            "The ledger is saturated: give PostgreSQL a faster disk.",
            "docs/handbook.md#doorbusterqueuegrows"),
    ORDERS_OLD(
            "orders over 1 s old when the decider takes them",
            Limits.OLD,
            Unit.SHARE,
            series -> series.shareOver("doorbuster_gathering_age_seconds", "queue", "stock.orders", Limits.OLD_SECONDS),
            "The decider does not keep up: see its processors and its counter store.",
            "docs/handbook.md#doorbusterqueueold"),
    GRANTS_OLD(
            "orders over 1 s old when the ledger takes them",
            Limits.OLD,
            Unit.SHARE,
            series ->
                    series.shareOver("doorbuster_gathering_age_seconds", "queue", "ledger.orders", Limits.OLD_SECONDS),
            "The ledger does not keep up: see its processors and PostgreSQL's disk.",
            "docs/handbook.md#doorbusterqueueold"),
    CONFIRMS(
            "messages that RabbitMQ refused, or did not confirm in time",
            Limits.ANY,
            Unit.NUMBER,
            SaturationRule::unconfirmed,
            "See whether RabbitMQ is blocked, full or slow; its disk first.",
            "docs/handbook.md#doorbusterrabbitmqalarm"),
    HELD_REQUESTS(
            "requests held by one edge, of DOORBUSTER_HELD_REQUESTS_MAX = 10000",
            Limits.HELD,
            Unit.NUMBER,
            series -> series.max("doorbuster_held_requests", null, null),
            "More edges, or raise DOORBUSTER_HELD_REQUESTS_MAX where memory allows.",
            "docs/handbook.md#doorbustererrorrate"),
    CONNECTIONS(
            "connections rejected",
            Limits.ANY,
            Unit.NUMBER,
            series -> series.growth("doorbuster_http_connections_refused_total", null, null),
            "More edges, or raise DOORBUSTER_HTTP_CONNECTIONS_MAX.",
            "docs/configuration.md"),
    OVERLOADED(
            "answers 503, come again later",
            Limits.SENT_AWAY,
            Unit.SHARE,
            series -> series.max(LoadGeneratorMetrics.OVERLOADED, null, null),
            "More edges, or a broker and database that answer sooner.",
            "docs/handbook.md#doorbustererrorrate"),
    RATE_LIMITED(
            "answers 429, too many requests",
            Limits.SENT_AWAY,
            Unit.SHARE,
            series -> series.max(LoadGeneratorMetrics.TOO_MANY, null, null),
            "See DOORBUSTER_BUYER_RATE_PER_SECOND, and the limits of whatever stands before the edges.",
            "docs/configuration.md");

    @Immutable
    private interface Measure {
        OptionalDouble of(Series series);
    }

    private enum Unit {
        SHARE,
        NUMBER
    }

    /** The value that counts as saturated; the same as the limits of the alerts. */
    private static final class Limits {
        static final double MACHINE_BUSY = 0.9;
        static final double PROCESS_BUSY = 0.85;
        static final double GARBAGE = 0.1;
        static final double CLIENT_PROCESSORS = 0.95;
        static final double HOP_BUSY = 0.8;
        static final double WAITING = 1;
        static final double LATE_TICKS = 0.05;
        static final double TICK_LATE_SECONDS = 0.1;
        static final double FULL_BATCHES = 0.5;
        static final double LARGE_BATCH = 128;
        static final double LARGE_WORK = 1024;
        static final double OLD = 0.1;
        static final double OLD_SECONDS = 1;
        static final double ANY = 1;
        static final double HELD = 8_000;
        static final double SENT_AWAY = 0.01;
    }

    private final String what;
    private final double limit;
    private final Unit unit;
    private final Measure measure;
    private final String advice;
    private final String page;

    SaturationRule(String what, double limit, Unit unit, Measure measure, String advice, String page) {
        this.what = what;
        this.limit = limit;
        this.unit = unit;
        this.measure = measure;
        this.advice = advice;
        this.page = page;
    }

    OptionalDouble measure(Series series) {
        return measure.of(series);
    }

    double limit() {
        return limit;
    }

    public String what() {
        return what;
    }

    /** Advice if this saturates first. */
    public String advice() {
        return advice;
    }

    /** The documentation page. */
    public String page() {
        return page;
    }

    /** A value of this rule as printed. */
    public String format(double value) {
        return unit == Unit.SHARE
                ? String.format(Locale.ROOT, "%.1f %%", value * 100)
                : String.format(Locale.ROOT, "%,.1f", value);
    }

    public String formattedLimit() {
        return format(limit);
    }

    private static boolean isClient(Series series) {
        return series.process().equals(LoadGeneratorMetrics.PROCESS);
    }

    private static OptionalDouble processorsOfClient(Series series) {
        OptionalDouble share = series.mean("process_cpu_usage", null, null);
        OptionalDouble processors = series.max("system_cpu_count", null, null);
        return isClient(series) && share.isPresent() && processors.isPresent()
                ? OptionalDouble.of(share.getAsDouble() * processors.getAsDouble())
                : OptionalDouble.empty();
    }

    private static OptionalDouble unconfirmed(Series series) {
        OptionalDouble nacked = series.growth("doorbuster_messages_published_total", "outcome", "nacked");
        OptionalDouble late = series.growth("doorbuster_messages_published_total", "outcome", "unconfirmed");
        return nacked.isEmpty() && late.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(nacked.orElse(0) + late.orElse(0));
    }
}
