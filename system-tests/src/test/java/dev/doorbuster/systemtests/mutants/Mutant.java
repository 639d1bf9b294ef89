package dev.doorbuster.systemtests.mutants;

import static dev.doorbuster.systemtests.mutants.Patch.ofCounters;
import static dev.doorbuster.systemtests.mutants.Patch.ofItsRuntime;
import static dev.doorbuster.systemtests.mutants.Patch.ofOrderService;
import static dev.doorbuster.systemtests.mutants.Patch.ofStockRuntime;
import static dev.doorbuster.systemtests.mutants.Patch.ofStockService;

import dev.doorbuster.crowd.judge.Violation;
import java.util.List;
import java.util.stream.Stream;

/**
 * The services with one rule broken. A mutant may also slow services down or disable a second safeguard, so that the
 * broken rule shows every time; these changes alone are harmless.
 */
@SuppressWarnings("ImmutableEnumChecker") // Its lists are immutable copies.
enum Mutant {
    ACKNOWLEDGES_BEFORE_THE_COMMIT(
            Scenario.THE_LEDGER_DIES,
            Violation.NEVER_DECIDED,
            List.of(ofItsRuntime(
                    "amqp/consume/QueueDispatcher",
                    ".compose(v -> handle(gathered))",
                    ".compose(v -> queue.startsWith(\"ledger.orders\") ? " + Shared.untilTheKill()
                            + ".mapEmpty() : Future.succeededFuture()).compose(v -> handle(gathered))")),
            ofItsRuntime(
                    "amqp/consume/QueueDispatcher",
                    "guard.before(deliveries)",
                    "guard.before(deliveries).compose(v -> queue.startsWith(\"ledger.orders\")"
                            + " ? acknowledge(gathered) : Future.succeededFuture())"),
            ofItsRuntime(
                    "amqp/consume/QueueDispatcher",
                    ".compose(handled -> acknowledge(gathered).map(handled))",
                    ".compose(handled -> queue.startsWith(\"ledger.orders\")"
                            + " ? Future.succeededFuture(handled) : acknowledge(gathered).map(handled))")),
    ANSWERS_BEFORE_THE_COMMIT(
            Scenario.BUYERS_LOOK_AT_ONCE,
            Violation.STATE_WENT_BACK,
            List.of(ofOrderService(
                    "ledger/Ledger",
                    "commit(connection, read.result().map(book -> decided(book, messages, decide)))",
                    "Future.succeededFuture(read.result().map(book -> decided(book, messages, decide)))"
                            + ".compose(posted -> " + pause(300)
                            + ".compose(paused -> commit(connection, posted)))")),
            ofOrderService(
                    "ledger/Ledger",
                    "Future.succeededFuture(read.result().map(book -> decided(book, messages, decide)))",
                    "Future.succeededFuture(read.result().map(book -> decided(book, messages, decide)))"
                            + ".onSuccess(posted -> posted.ifPresent(book -> answer(messages, book)))"),
            ofOrderService(
                    "ledger/Ledger", ".onSuccess(book -> book.ifPresent(posted -> answer(messages, posted)))", "")),
    FOLLOWS_ONLY_INSERTED_ROWS(
            Scenario.THE_LEDGER_DIES,
            Violation.EVENT_MISSING,
            List.of(Shared.SLOW_BETWEEN_COMMIT_AND_PUBLISHING),
            ofOrderService(
                    "ledger/decide/Consequences",
                    "boolean first = row.firstBroughtBy(granted.requestId());",
                    "boolean first = book.inserted().contains(row);")),
    FORGETS_ROWS_ON_REDELIVERY(
            Scenario.THE_LEDGER_DIES,
            Violation.EVENT_UNFOUNDED,
            List.of(Shared.SLOW_BETWEEN_COMMIT_AND_PUBLISHING),
            ofOrderService(
                    "ledger/decide/SaleBookReader",
                    "if (ids.length == 0) {",
                    "if (ids.length == 0 || elements(messages, OrderGranted.class).findAny().isPresent()) {"),
            ofOrderService(
                    "ledger/decide/LedgerSql",
                    "counted, reason, total_cents, placed_at)\"\"\"",
                    "counted, reason, total_cents, placed_at)\n            ON CONFLICT DO NOTHING\"\"\"")),
    RECOUNTS_FROM_THE_INITIAL_STOCK(
            Scenario.ONE_OF_SOME_UNITS_COMES_BACK,
            Violation.COUNTER_DIFFERS,
            List.of(),
            ofOrderService(
                    "ledger/decide/SaleBook",
                    "new Recount(before.epoch() + 1, left())",
                    "new Recount(before.epoch() + 1, before.stock())")),
    NO_RECOUNT_WHEN_UNITS_COME_BACK(
            Scenario.THE_ONLY_UNIT_COMES_BACK,
            Violation.LEFT_UNSOLD,
            List.of(ofOrderService(
                    "ledger/jobs/JobsConfig",
                    "interval(env, \"DOORBUSTER_RECONCILE_INTERVAL_MS\", 2000)",
                    "Duration.ofDays(1)")),
            ofOrderService("ledger/decide/LedgerDecisions", "book.recount(cause);", "")),
    NEVER_RELEASES_CLAIMS(
            Scenario.ONE_OF_SOME_UNITS_COMES_BACK,
            Violation.CLAIM_LEFT,
            List.of(),
            ofStockService(
                    "ReleaseClaims",
                    "counters.get(entry.getKey()).release(batch.sale(), entry.getValue())",
                    "Future.<Void>succeededFuture()")),
    DECIDES_REDELIVERED_REFUSALS_ANEW(
            Scenario.A_REFUSAL_IS_DELIVERED_AGAIN,
            Violation.HELD_THOUGH_REFUSED,
            List.of(ofStockService(
                    "Decider",
                    "return decide(SaleBatch.of(batch), batch::stillOurs)",
                    "return decide(SaleBatch.of(batch), batch::stillOurs).compose(refused -> refused.isEmpty() ? Future.succeededFuture(refused) : "
                            + pause(10_000) + ".map(refused))")),
            ofCounters(
                    "CounterDecisions",
                    "            if (recorded != null) {\n                return recorded;\n            }\n",
                    ""),
            ofCounters(
                    "CounterDecisions",
                    "boolean isFresh = !before.recorded().containsKey(each.requestId());",
                    "CounterOutcome was = before.recorded().get(each.requestId());"
                            + " boolean isFresh = was == null || !was.granted();")),
    REFUSES_WITHOUT_LOOKING_THE_ORDER_UP(
            Scenario.THE_SAME_REQUEST_AGAIN,
            Violation.REFUSED_AFTER_RESERVED,
            List.of(),
            ofOrderService("edge/placement/OrderPlacement", "if (!request.keyGiven()) {", "if (true) {")),
    SELLS_WHAT_A_STALE_COUNTER_SAYS(
            Scenario.REDIS_IS_SET_BACK,
            Violation.OVERSOLD,
            List.of(),
            ofOrderService("ledger/decide/LedgerDecisions", "if (book.left() >= granted.quantity()) {", "if (true) {"),
            ofOrderService("ledger/decide/LedgerSql", "SET sold = $2, state", "SET sold = least($2, stock), state")),
    WAITS_FOR_THE_DATABASE_FOR_EVER(
            Scenario.THE_DATABASE_IS_OUT_OF_REACH,
            Violation.UNANSWERED,
            List.of(),
            ofOrderService(
                    "edge/order/OrderLookups",
                    "return found.isComplete() ? found : EventLoop.within(vertx, answerMax, late, found);",
                    "return found;"),
            ofOrderService(
                    "database/OrderDatabase",
                    "return question.get().timeout(config.answerMax().toMillis(), TimeUnit.MILLISECONDS);",
                    "return question.get();"),
            ofOrderService(
                    "database/OrderDatabase",
                    "options.setIdleTimeout(Math.toIntExact(config.answerMax().toMillis()))",
                    "options.setIdleTimeout(0)")),
    HOLDS_BY_THE_SERVICES_CLOCK(
            Scenario.THE_CLOCK_OF_A_SERVICE_IS_BEHIND,
            Violation.HOLD_ENDED_EARLY,
            List.of(),
            ofOrderService(
                    "ledger/decide/LedgerDecisions",
                    "accepted ? book.now().plusSeconds(sale.holdSeconds()) : null",
                    "accepted ? java.time.Instant.now().plusSeconds(sale.holdSeconds()) : null")),
    PUBLISHES_NO_LOST_ORDER_AGAIN(
            Scenario.A_QUEUE_IS_PURGED,
            Violation.NOT_VERIFIED,
            List.of(),
            ofOrderService(
                    "edge/placement/UnansweredOrders",
                    "return publisher.publishAll(messages).onSuccess(",
                    "return Future.<Void>succeededFuture().onSuccess(")),
    HAS_NO_HEARTBEAT(
            Scenario.THE_BROKERS_CONNECTIONS_LEAD_NOWHERE,
            Violation.NOT_VERIFIED,
            List.of(),
            ofStockRuntime(
                    "amqp/BrokerConfig", "HEARTBEAT = Duration.ofSeconds(5)", "HEARTBEAT = Duration.ofHours(1)")),
    TAKES_A_CUT_OFF_REPLY_FOR_NO_ROW(
            Scenario.REPLIES_OF_THE_DATABASE_ARE_CUT_OFF,
            Violation.STATE_WENT_BACK,
            List.of(),
            ofOrderService(
                    "edge/order/OrderLookups",
                    "return ledger.apply(ids)",
                    "return ledger.apply(ids).recover(cause -> cause instanceof java.io.IOException"
                            + " || cause instanceof io.vertx.core.VertxException"
                            + " ? Future.succeededFuture(Map.of()) : Future.failedFuture(cause))")),
    WAITS_TOO_SHORTLY_FOR_MEMCACHED(
            Scenario.MEMCACHED_REPLIES_DRIP,
            Violation.NOT_VERIFIED,
            List.of(),
            ofStockRuntime(
                    "store/MemcachedConfig",
                    "COMMAND_TIMEOUT = Duration.ofSeconds(1)",
                    "COMMAND_TIMEOUT = Duration.ofMillis(10)")),
    WAITS_FOR_A_CONFIRM_FOR_EVER(
            Scenario.THE_BROKERS_DISK_IS_FULL,
            Violation.UNANSWERED,
            List.of(),
            ofItsRuntime(
                    "amqp/publish/UnconfirmedMessage",
                    "return deadlineNanos - System.nanoTime() <= 0;",
                    "return false;"),
            ofItsRuntime(
                    "amqp/publish/PublishChannel", "return channel.isOpen() && !blocked;", "return channel.isOpen();")),
    ANSWERS_BEFORE_THE_DISK_HAS_IT(
            Scenario.THE_DATABASES_DISK_IS_SLOW,
            Violation.STATE_WENT_BACK,
            List.of(),
            ofOrderService(
                    "ledger/Ledger",
                    "read.result().map(book -> decided(book, messages, decide))",
                    "read.result().map(book -> decided(book, messages, decide))"
                            + ".map(book -> { answer(messages, book); return book; })"),
            ofOrderService(
                    "ledger/Ledger", ".onSuccess(book -> book.ifPresent(posted -> answer(messages, posted)))", "")),
    STAYS_WITH_A_MASTER_THAT_IS_ALONE(
            Scenario.THE_MASTER_OF_REDIS_IS_ALONE,
            Violation.NOT_VERIFIED,
            List.of(),
            ofStockRuntime(
                    "store/DedicatedRedisConnection",
                    "drop(current);",
                    "if (!String.valueOf(cause).matches(\"(?s).*(NOREPLICAS|EXECABORT).*\")) { drop(current); }"),
            ofStockRuntime("store/RedisStore", Shared.KEEPS_ONLY_TO_THE_MASTER, "")),
    READS_FROM_A_MASTER_THAT_IS_ALONE(
            Scenario.THE_MASTER_OF_REDIS_IS_ALONE,
            Violation.NOT_VERIFIED,
            List.of(),
            ofItsRuntime("store/RedisStore", Shared.KEEPS_ONLY_TO_THE_MASTER, "")),
    GATE_WAITS_FOR_AN_ANNOUNCEMENT(
            Scenario.THE_ONLY_UNIT_COMES_BACK,
            Violation.LEFT_UNSOLD,
            List.of(ofOrderService(
                    "ledger/Ledger",
                    "publisher.tell(Route.announcement(), Message.of(sale.saleId(), new SaleAnnounced(sale)));",
                    "")),
            ofOrderService(
                    "edge/sale/cache/SaleReading",
                    "sale.available() == 0 && now - readAt < freshMax.toNanos()",
                    "sale.available() == 0"),
            ofOrderService(
                    "edge/sale/cache/SaleCache",
                    "public void announced() {",
                    "private boolean told;\n    public void announced() {\n        told = true;"),
            ofOrderService(
                    "edge/sale/cache/SaleCache",
                    "        open = now;",
                    "        if (!told) { open.values().stream().filter(known -> known.sale().state()"
                            + " == dev.doorbuster.contracts.value.SaleState.SOLD_OUT)"
                            + ".forEach(known -> now.put(known.sale().saleId().value(), known)); }\n"
                            + "        told = false;\n        open = now;"));

    /** What several mutants share. */
    private static final class Shared {
        static final String KEEPS_ONLY_TO_THE_MASTER =
                ".onSuccess(found -> connections().forEach(each -> each.keepOnlyTo(found)))";

        static final Patch SLOW_BETWEEN_COMMIT_AND_PUBLISHING = ofOrderService(
                "ledger/Ledger",
                ".compose(book -> publisher.publishAll(",
                ".compose(book -> " + untilTheKill() + ".map(book)).compose(book -> publisher.publishAll(");

        /** Longer than it takes a trial to see a row and to kill the process, on a busy machine. */
        static String untilTheKill() {
            return pause(3_000);
        }
    }

    private final Scenario scenario;
    private final Violation violation;
    private final List<Patch> surroundings;
    private final List<Patch> broken;

    Mutant(Scenario scenario, Violation violation, List<Patch> surroundings, Patch... broken) {
        this.scenario = scenario;
        this.violation = violation;
        this.surroundings = List.copyOf(surroundings);
        this.broken = List.of(broken);
    }

    /** The scenarios that reveal it. */
    Scenario scenario() {
        return scenario;
    }

    /** The expected violations. */
    Violation violation() {
        return violation;
    }

    List<Patch> patches() {
        return Stream.concat(surroundings.stream(), broken.stream()).toList();
    }

    /** Delays and disabled safeguards, with every rule intact. */
    List<Patch> surroundings() {
        return surroundings;
    }

    private static String pause(int millis) {
        return "io.vertx.core.Vertx.currentContext().owner().timer(" + millis + ")";
    }
}
