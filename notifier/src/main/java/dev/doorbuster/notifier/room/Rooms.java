package dev.doorbuster.notifier.room;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.notifier.sale.SaleLookup;
import dev.doorbuster.notifier.sse.ServerSentEvent;
import dev.doorbuster.notifier.sse.StreamTopic;
import dev.doorbuster.notifier.sse.Streams;
import dev.doorbuster.runtime.store.StoreUnavailableException;
import dev.doorbuster.waitingroom.Admission;
import dev.doorbuster.waitingroom.Entrants;
import dev.doorbuster.waitingroom.Place;
import dev.doorbuster.waitingroom.ProofOfWork;
import dev.doorbuster.waitingroom.PublishedDraw;
import dev.doorbuster.waitingroom.RoomPhase;
import dev.doorbuster.waitingroom.RoomStats;
import dev.doorbuster.waitingroom.WaitingRoom;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The waiting rooms that this instance follows: those that buyers asked for here or that an event named. Each tick reads
 * the sale, opens or ends its room, admits, and publishes one event to the sale's stream, whatever the number of
 * waiting buyers. Instances need no leader, since every step is safe to repeat. To be used on one event loop only.
 */
public final class Rooms {
    private static final Duration TICK_EVERY = Duration.ofMillis(250);
    private static final Duration SALE_FRESH = Duration.ofMillis(500);
    /** How old what this instance knows of a sale may be: its reading, and that of the edge before. */
    private static final Duration SALE_AGE_MAX = Duration.ofSeconds(1);
    /** Greatest age of an event that tells the state of the sale; longer than an edge may be behind. */
    private static final Duration EVENT_FRESH = Duration.ofSeconds(2);
    /** Rooms that this instance follows. */
    private static final int ROOMS_MAX = 1000;
    /** Time from the opening of a sale until a room that is not kept counts as lost. */
    private static final Duration OPENING_MAX = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final RoomsConfig config;
    private final WaitingRoom waitingRoom;
    private final Entrants entrants;
    private final SaleLookup sales;
    private final Streams streams;
    private final RoomMetrics metrics;
    private final Map<SaleId, FollowedRoom> followed = new LinkedHashMap<>();
    private long timer;

    /** A new place was asked for without the proof of work that the sale's room asks for. */
    static final class WorkMissingException extends RuntimeException {
        private WorkMissingException() {
            super("a place without its proof of work", null, false, false);
        }
    }

    /** A buyer's place, and what is needed to tell it. */
    record Told(RoomSale sale, Place place, double perSecond) {}

    public Rooms(
            Vertx vertx,
            RoomsConfig config,
            WaitingRoom waitingRoom,
            Entrants entrants,
            SaleLookup sales,
            Streams streams,
            RoomMetrics metrics) {
        this.vertx = vertx;
        this.config = config;
        this.waitingRoom = waitingRoom;
        this.entrants = entrants;
        this.sales = sales;
        this.streams = streams;
        this.metrics = metrics;
    }

    public void start() {
        timer = vertx.setPeriodic(TICK_EVERY.toMillis(), tick -> tickAll());
    }

    public Future<Void> stop() {
        boolean unused = vertx.cancelTimer(timer);
        return Future.succeededFuture();
    }

    /**
     * The sale has opened, sold out, closed or the like: its room learns it now. That nothing is left is taken from the event,
     * since an edge may not know it yet; of a late event only that the sale has to be read, since units may have returned.
     */
    public void changed(SaleView sale, Instant sentAt) {
        FollowedRoom room = follow(sale.saleId());
        boolean over = sale.state() == SaleState.SOLD_OUT || sale.state() == SaleState.CLOSED;
        boolean learned = over && sentAt.plus(EVENT_FRESH).isAfter(Instant.now());
        if (learned) {
            sales.learned(sale.saleId(), sale.state(), sale.available());
        }
        // Not after a tick in progress, which may wait for the order-service.
        Future<Admission> unused = step(sale.saleId(), room, learned ? SALE_FRESH : Duration.ZERO);
    }

    /** These buyers got units: who stood by for them does so no more. Costs nothing in a room in which none does. */
    public void ordered(SaleId sale, List<String> buyers) {
        FollowedRoom room = followed.get(sale);
        if (room != null && room.hasStandby()) {
            Future<Void> unused = waitingRoom.ordered(
                    sale, buyers.stream().map(buyer -> entrants.of(sale, buyer)).toList());
        }
    }

    /**
     * Takes or keeps a place; empty if the sale has no waiting room.
     *
     * @param standby whether to wait for returned units if the sale is sold out
     * @param work the proof of work for a new place, null for none; without it fails with {@link WorkMissingException}
     */
    Future<Optional<Told>> join(SaleId sale, String entrant, boolean standby, String work) {
        return withRoom(sale, found -> {
            if (!ProofOfWork.isValid(sale, entrant, work, found.terms().workBits())) {
                return waitingRoom
                        .place(sale, entrant)
                        .compose(place -> place.where() == Place.Where.NOT_HERE
                                ? Future.failedFuture(new WorkMissingException())
                                : Future.succeededFuture(place));
            }
            if (found.isOver()) {
                return standby && found.state() == SaleState.SOLD_OUT
                        ? waitingRoom
                                .end(sale, found.reason(), SALE_AGE_MAX)
                                .compose(ended -> waitingRoom.join(sale, entrant, RoomPhase.ABSENT, true))
                        : Future.succeededFuture(over(found));
            }
            RoomPhase initial = found.state() == SaleState.SCHEDULED ? RoomPhase.LOBBY : RoomPhase.ABSENT;
            return join(sale, entrant, initial).compose(place -> switch (place.room()
                    .phase()) {
                case ABSENT, LOBBY ->
                    place.where() == Place.Where.NOT_HERE
                            ? openRoom(sale, found).compose(opened -> join(sale, entrant, initial))
                            : Future.succeededFuture(place);
                // Units were returned after the room had ended.
                case ENDED -> waitingRoom.reopen(sale).compose(opened -> join(sale, entrant, initial));
                default -> Future.succeededFuture(place);
            });
        });
    }

    private Future<Place> join(SaleId sale, String entrant, RoomPhase initial) {
        return waitingRoom.join(sale, entrant, initial, false);
    }

    /** The entrant's place; that a sale is over is told without Redis, and before the room has ended. */
    Future<Optional<Told>> place(SaleId sale, String entrant) {
        return withRoom(sale, found -> {
            if (found.state() == SaleState.CLOSED) {
                return Future.succeededFuture(over(found));
            }
            Future<Place> read = waitingRoom.place(sale, entrant);
            return found.isOver()
                    ? read.map(place -> place.room().phase() == RoomPhase.ENDED ? place : over(found))
                            .otherwise(over(found))
                    : read;
        });
    }

    Future<Optional<Told>> leave(SaleId sale, String entrant) {
        return withRoom(
                sale,
                found -> waitingRoom.leave(sale, entrant).compose(left -> {
                    if (left) {
                        metrics.left();
                    }
                    return waitingRoom.place(sale, entrant);
                }));
    }

    /** The stats of a sale's room; empty if the sale has none. */
    Future<Optional<Told>> room(SaleId sale) {
        return withRoom(sale, found -> {
            RoomStats known = follow(sale).stats();
            return known == null
                    ? waitingRoom.place(sale, "")
                    : Future.succeededFuture(new Place(known, Place.Where.NOT_HERE, 0, null));
        });
    }

    Future<PublishedDraw> drawn(SaleId sale, long from, int count) {
        return waitingRoom.drawn(sale, from, count);
    }

    /** The pass that a buyer without a place may have, because Redis is away and the door is open then. */
    private Optional<Place> throughTheDoor(RoomSale sale, Throwable cause) {
        boolean open = cause instanceof StoreUnavailableException
                && config.onLoss() == RoomsConfig.OnLoss.DOOR
                && sale.state() == SaleState.OPEN;
        if (!open) {
            return Optional.empty();
        }
        RoomStats room = RoomStats.of(RoomPhase.DOOR, "");
        return Optional.of(new Place(
                room,
                Place.Where.ADMITTED,
                0,
                Instant.now().plus(config.limits().passLife())));
    }

    private Future<Optional<Told>> withRoom(SaleId sale, Function<RoomSale, Future<Place>> step) {
        return sales.findRequested(sale, SALE_FRESH).map(RoomSale::of).compose(found -> {
            if (!found.hasRoom()) {
                return Future.succeededFuture(Optional.empty());
            }
            FollowedRoom room = follow(sale);
            return step.apply(found)
                    .recover(cause -> throughTheDoor(found, cause)
                            .map(Future::succeededFuture)
                            .orElseGet(() -> Future.failedFuture(cause)))
                    .map(place -> Optional.of(
                            new Told(found, place, room.perSecond(found.terms().admitPerSecond()))));
        });
    }

    private static Place over(RoomSale sale) {
        return new Place(RoomStats.of(RoomPhase.ENDED, sale.reason()), Place.Where.NOT_HERE, 0, null);
    }

    private Future<RoomSale> sale(SaleId sale, Duration fresh) {
        return sales.find(sale, fresh).map(RoomSale::of);
    }

    /** The rooms that were asked for last are followed. */
    private FollowedRoom follow(SaleId sale) {
        FollowedRoom known = followed.remove(sale);
        FollowedRoom room = known == null ? new FollowedRoom() : known;
        followed.put(sale, room);
        if (followed.size() > ROOMS_MAX) {
            followed.remove(followed.keySet().iterator().next());
        }
        return room;
    }

    private void tickAll() {
        new HashMap<>(followed).forEach((sale, room) -> tick(sale, room, SALE_FRESH));
        metrics.waiting(followed.values().stream()
                .map(FollowedRoom::stats)
                .mapToLong(stats -> stats == null ? 0 : stats.waiting())
                .sum());
    }

    private void tick(SaleId sale, FollowedRoom room, Duration fresh) {
        if (!room.beginsTick()) {
            return;
        }
        Future<Admission> unused = step(sale, room, fresh).onComplete(done -> room.endsTick());
    }

    private Future<Admission> step(SaleId sale, FollowedRoom room, Duration fresh) {
        return sale(sale, fresh)
                .compose(found -> step(sale, found, room).onSuccess(admission -> told(sale, found, room, admission)))
                .onFailure(cause -> metrics.failed());
    }

    private Future<Admission> step(SaleId sale, RoomSale found, FollowedRoom room) {
        if (!found.hasRoom()) {
            followed.remove(sale, room);
            return Future.succeededFuture(Admission.NONE);
        }
        if (found.isOver()) {
            return waitingRoom.end(sale, found.reason(), SALE_AGE_MAX).compose(ended -> admit(sale, found));
        }
        return admit(sale, found).compose(admission -> {
            RoomPhase phase = admission.room().phase();
            if (found.state() != SaleState.OPEN) {
                return Future.succeededFuture(admission);
            }
            return switch (phase) {
                case ABSENT, LOBBY, DRAWING -> openRoom(sale, found).compose(opened -> admit(sale, found));
                // Units were returned, and some stand by for them.
                case ENDED ->
                    admission.room().standby() == 0
                            ? Future.succeededFuture(admission)
                            : waitingRoom.reopen(sale).compose(opened -> admit(sale, found));
                default -> Future.succeededFuture(admission);
            };
        });
    }

    private Future<Admission> admit(SaleId sale, RoomSale found) {
        // A turn during a pause would pass unused.
        int perSecond = found.state() == SaleState.PAUSED ? 0 : found.terms().admitPerSecond();
        return waitingRoom.admit(sale, perSecond, found.available());
    }

    private Future<Void> openRoom(SaleId sale, RoomSale found) {
        FollowedRoom room = follow(sale);
        boolean lost = room.wasOpen() || Instant.now().isAfter(found.opensAt().plus(OPENING_MAX));
        return waitingRoom.open(
                sale, found.terms().seed(), lost ? config.onLoss().phase() : RoomPhase.DRAWING);
    }

    private void told(SaleId sale, RoomSale found, FollowedRoom room, Admission admission) {
        metrics.ticked(admission);
        // Not followed any more: it has ended, and this step began before.
        if (followed.get(sale) != room) {
            return;
        }
        RoomPhase before = room.stats() == null ? null : room.stats().phase();
        if (room.update(admission, System.nanoTime())) {
            streams.publishState(
                    StreamTopic.sale(sale),
                    new ServerSentEvent(
                            null,
                            "room.moved",
                            RoomBodies.room(
                                    sale,
                                    found,
                                    admission.room(),
                                    room.perSecond(found.terms().admitPerSecond()))),
                    before != admission.room().phase());
        }
        if (admission.room().phase() == RoomPhase.ENDED && admission.room().standby() == 0) {
            followed.remove(sale, room);
        }
    }
}
