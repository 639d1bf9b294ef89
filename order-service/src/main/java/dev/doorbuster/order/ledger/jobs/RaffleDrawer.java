package dev.doorbuster.order.ledger.jobs;

import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toList;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.ledger.RaffleEntries;
import dev.doorbuster.order.ledger.read.LedgerReader;
import dev.doorbuster.order.ledger.read.LedgerReader.DrawnEntry;
import dev.doorbuster.order.ledger.read.LedgerReader.OpenRaffle;
import dev.doorbuster.order.ledger.read.LedgerReader.RaffleEntrant;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import dev.doorbuster.runtime.amqp.publish.Publisher.Addressed;
import dev.doorbuster.waitingroom.Draw;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Draws the order of open raffles, and places the orders of those whose turn it is, into the entrance queue like any edge: the
 * counter and the ledger decide them.
 *
 * <p>Who is offered a unit follows from one snapshot of the ledger: as many of the first entrants without a decided order as
 * units are left. Orders in flight have no row yet, so they are among these, and never more are in flight than units are
 * left. A unit that comes back is the next entrant's. Nothing is kept but positions, a draw that is written again is the
 * same, and an offer that is repeated is the same order; so it runs on every instance and continues after any crash.
 */
public final class RaffleDrawer {
    /** Published answers go nowhere: no edge waits for these orders. */
    private static final String NO_EDGE = "raffle";

    /** Entrants read or written by one statement, and offers of a round. */
    private static final int CHUNK = 1000;

    private final Vertx vertx;
    private final LedgerReader ledger;
    private final RaffleEntries entries;
    private final Publisher publisher;
    private final JobsConfig config;
    private final Map<SaleId, Progress> open = new HashMap<>();

    /** Up to where the offers of a raffle are decided, and up to where they were made. */
    private static final class Progress {
        private int decided;
        private int offered;
        private long offeredSinceNanos = System.nanoTime();
    }

    private RaffleDrawer(
            Vertx vertx, LedgerReader ledger, RaffleEntries entries, Publisher publisher, JobsConfig config) {
        this.vertx = vertx;
        this.ledger = ledger;
        this.entries = entries;
        this.publisher = publisher;
        this.config = config;
    }

    /** Starts on an event loop of its own. */
    public static Future<Job> start(
            Vertx vertx, LedgerReader ledger, RaffleEntries entries, Publisher publisher, JobsConfig config) {
        var drawer = new RaffleDrawer(vertx, ledger, entries, publisher, config);
        return Job.start(vertx, "the raffle drawer", config.clockInterval(), drawer::round);
    }

    private Future<Void> round() {
        return ledger.openRaffles(config.salesPerRoundMax()).compose(raffles -> {
            open.keySet()
                    .retainAll(raffles.stream()
                            .map(raffle -> raffle.sale().saleId())
                            .collect(Collectors.toSet()));
            return Job.each(raffles, this::step);
        });
    }

    private Future<Void> step(OpenRaffle raffle) {
        SaleView sale = raffle.sale();
        return (raffle.drawn() ? offer(sale) : draw(sale))
                .recover(cause -> Future.failedFuture(
                        new IllegalStateException("raffle " + sale.saleId() + ": " + cause, cause)));
    }

    private Future<Void> draw(SaleView sale) {
        return entrants(sale.saleId(), "", new ArrayList<>())
                .compose(all -> vertx.executeBlocking(() -> order(sale.raffle().seed(), all)))
                .compose(order -> write(sale.saleId(), order, 0));
    }

    /** The draw, then the withdrawn entries. */
    private static List<String> order(String seed, List<RaffleEntrant> all) {
        Map<Boolean, List<String>> byWithdrawn = all.stream()
                .collect(partitioningBy(RaffleEntrant::withdrawn, mapping(RaffleEntrant::entrant, toList())));
        var order = new ArrayList<>(Draw.order(seed, byWithdrawn.get(false)));
        order.addAll(byWithdrawn.get(true));
        return order;
    }

    private Future<List<RaffleEntrant>> entrants(SaleId sale, String after, List<RaffleEntrant> found) {
        return ledger.raffleEntrants(sale, after, CHUNK).compose(page -> {
            found.addAll(page);
            return page.size() < CHUNK
                    ? Future.succeededFuture(found)
                    : entrants(sale, page.get(page.size() - 1).entrant(), found);
        });
    }

    private Future<Void> write(SaleId sale, List<String> order, int from) {
        if (from >= order.size()) {
            return Future.succeededFuture();
        }
        int to = Math.min(order.size(), from + CHUNK);
        return entries.write(sale, order.subList(from, to), from).compose(written -> write(sale, order, to));
    }

    private Future<Void> offer(SaleView sale) {
        Progress progress = open.computeIfAbsent(sale.saleId(), id -> new Progress());
        return ledger.draw(sale.saleId(), progress.decided, CHUNK).compose(page -> {
            for (DrawnEntry entry : page) {
                if (!entry.decided() || entry.position() != progress.decided) {
                    break;
                }
                progress.decided++;
            }
            boolean passed = page.size() == CHUNK
                    && progress.decided > page.get(CHUNK - 1).position();
            return passed ? offer(sale) : publish(sale, progress, page);
        });
    }

    private Future<Void> publish(SaleView sale, Progress progress, List<DrawnEntry> page) {
        if (System.nanoTime() - progress.offeredSinceNanos >= config.askAgain().toNanos()) {
            progress.offered = progress.decided;
            progress.offeredSinceNanos = System.nanoTime();
        }
        List<DrawnEntry> turn = page.stream()
                .filter(entry -> !entry.decided())
                .limit(page.isEmpty() ? 0 : page.get(0).available())
                .filter(entry -> entry.position() >= progress.offered)
                .toList();
        if (turn.isEmpty()) {
            return Future.succeededFuture();
        }
        Instant now = Instant.now();
        List<OrderPlaced> orders =
                turn.stream().map(entry -> placed(sale, entry, now)).toList();
        List<Addressed> messages = Message.split(sale.saleId(), orders).stream()
                .map(message -> new Addressed(Route.entrance(sale.saleId()), message))
                .toList();
        return publisher
                .publishAll(messages)
                .onSuccess(confirmed ->
                        progress.offered = turn.get(turn.size() - 1).position() + 1);
    }

    private static OrderPlaced placed(SaleView sale, DrawnEntry entry, Instant now) {
        return new OrderPlaced(
                UUID.randomUUID(),
                entry.orderId(),
                entry.buyer(),
                1,
                RaffleEntries.KEY,
                sale.counter(),
                sale.perBuyerLimit(),
                sale.epoch(),
                NO_EDGE,
                now,
                null,
                null);
    }
}
