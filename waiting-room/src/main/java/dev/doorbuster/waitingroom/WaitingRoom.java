package dev.doorbuster.waitingroom;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.runtime.store.RedisStore;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The waiting rooms in Redis. Any number of instances may call any method for the same sale at the same time: each step
 * is one script, the server's clock paces admission, and a draw that is written twice is the same draw.
 */
public final class WaitingRoom {
    /** Entrants read or written by one command, so that a large lobby never blocks the server for long. */
    private static final int CHUNK = 1000;

    /** Positions of buyers that came after the opening begin behind the largest lobby. */
    private static final long FIRST_LATE_POSITION = 1L << 40;

    private static final String START = "0";

    private final RedisStore redis;
    private final RoomConfig config;

    public WaitingRoom(RedisStore redis, RoomConfig config) {
        this.redis = redis;
        this.config = config;
    }

    /**
     * Takes a place, or keeps the one that the entrant has.
     *
     * @param initial phase of the room if it is not kept yet; other than LOBBY, a lobby takes no entrant any more, and the
     *     room has to be opened first
     * @param standby whether to wait for returned units if the room has ended because the sale is sold out
     */
    public Future<Place> join(SaleId sale, String entrant, RoomPhase initial, boolean standby) {
        return redis.send(RoomScript.JOIN.on(
                        sale,
                        entrant,
                        initial,
                        config.entrantsMax(),
                        FIRST_LATE_POSITION,
                        config.passLife().toMillis(),
                        config.keptFor().toMillis(),
                        standby))
                .map(WaitingRoom::place);
    }

    /** The entrant's place. Reading it takes the pass of an admitted entrant. */
    public Future<Place> place(SaleId sale, String entrant) {
        return redis.send(RoomScript.PLACE.on(sale, entrant, config.passLife().toMillis()))
                .map(WaitingRoom::place);
    }

    /** Gives up the entrant's place; whether there was one. */
    public Future<Boolean> leave(SaleId sale, String entrant) {
        return redis.send(RoomScript.LEAVE.on(sale, entrant)).map(left -> left.toInteger() > 0);
    }

    /**
     * Admits as many entrants as the rate allows since the last call, passes over those that did not take their pass, and
     * prolongs the room's life.
     *
     * @param perSecond entrants per second; 0 while the sale is paused, which takes no time from those who are admitted
     * @param units units left; at most as many of those who stand by have a pass at a time
     */
    public Future<Admission> admit(SaleId sale, int perSecond, long units) {
        return redis.send(RoomScript.ADMIT.on(
                        sale,
                        perSecond,
                        config.takeMax().toMillis(),
                        config.keptFor().toMillis(),
                        units))
                .map(reply -> reply == null ? Admission.NONE : admission(reply.iterator()));
    }

    /**
     * Opens the room: freezes the lobby, draws its order and writes it as the queue. Repeatable until it succeeds; changes
     * nothing in a room that is open or has ended.
     *
     * @param withoutLobby phase of a room that is not kept: DRAWING if no buyer came, else what it becomes after its loss
     */
    public Future<Void> open(SaleId sale, String seed, RoomPhase withoutLobby) {
        return redis.send(RoomScript.FREEZE.on(sale, withoutLobby)).compose(phase -> {
            if (RoomPhase.valueOf(phase.toString()) != RoomPhase.DRAWING) {
                return Future.succeededFuture();
            }
            return frozen(sale, START, new TreeSet<>())
                    .compose(entrants -> write(sale, Draw.order(seed, entrants), 0))
                    .compose(written -> redis.send(RoomScript.FINISH_DRAW.on(sale, seed)))
                    .mapEmpty();
        });
    }

    private Future<Set<String>> frozen(SaleId sale, String cursor, Set<String> found) {
        Request scan = Request.cmd(Command.SSCAN, RoomScript.key(sale, "entrants"), cursor, "COUNT", CHUNK);
        return redis.send(scan).compose(reply -> {
            reply.get(1).forEach(entrant -> found.add(entrant.toString()));
            String next = reply.get(0).toString();
            return next.equals(START) ? Future.succeededFuture(found) : frozen(sale, next, found);
        });
    }

    private Future<Void> write(SaleId sale, List<String> order, int from) {
        if (from >= order.size()) {
            return Future.succeededFuture();
        }
        var arguments = new ArrayList<Object>();
        arguments.add(from);
        arguments.addAll(order.subList(from, Math.min(order.size(), from + CHUNK)));
        return redis.send(RoomScript.WRITE_DRAW.on(sale, arguments.toArray()))
                .compose(written -> write(sale, order, from + CHUNK));
    }

    /** These entrants got a unit: those who stood by for one have had their turn. */
    public Future<Void> ordered(SaleId sale, List<String> entrants) {
        return redis.send(RoomScript.ORDERED.on(sale, entrants.toArray())).mapEmpty();
    }

    /**
     * Ends the room for all, once; later calls with the same reason change nothing. Who stands by stays, until the sale closes,
     * and who was offered a unit and did not get it stands by again at the same place.
     *
     * @param ageMax how old the knowledge of the end may be: a room that was reopened later is not ended as sold out
     */
    public Future<Void> end(SaleId sale, String reason, Duration ageMax) {
        return redis.send(RoomScript.END.on(sale, reason, ageMax.toMillis())).mapEmpty();
    }

    /** Opens an empty queue in a room that has ended: units were returned. */
    public Future<Void> reopen(SaleId sale) {
        return redis.send(RoomScript.REOPEN.on(sale)).mapEmpty();
    }

    /** The draw from this position on, at most {@code count} entrants. */
    public Future<PublishedDraw> drawn(SaleId sale, long from, int count) {
        String draw = RoomScript.key(sale, "draw");
        return redis.batch(List.of(
                        Request.cmd(Command.ZCARD).arg(draw),
                        Request.cmd(Command.HGET, RoomScript.key(sale, "meta"), "seed"),
                        Request.cmd(Command.HEXISTS, RoomScript.key(sale, "meta"), "lost"),
                        Request.cmd(Command.ZRANGE, draw, from, from + count - 1)))
                .map(replies -> {
                    var order = new ArrayList<String>();
                    replies.get(3).forEach(entrant -> order.add(entrant.toString()));
                    Response seed = replies.get(1);
                    return new PublishedDraw(
                            replies.get(0).toLong(),
                            seed == null ? "" : seed.toString(),
                            replies.get(2).toBoolean(),
                            order);
                });
    }

    private static Place place(Response reply) {
        Iterator<Response> fields = reply.iterator();
        RoomStats room = stats(fields);
        var where = Place.Where.valueOf(fields.next().toString());
        long value = fields.next().toLong();
        return new Place(
                room,
                where,
                where == Place.Where.QUEUE || where == Place.Where.STANDBY ? value : 0,
                where == Place.Where.ADMITTED ? Instant.ofEpochMilli(value) : null);
    }

    private static Admission admission(Iterator<Response> fields) {
        return new Admission(
                stats(fields),
                fields.next().toLong(),
                fields.next().toLong(),
                fields.next().toLong());
    }

    private static RoomStats stats(Iterator<Response> fields) {
        return new RoomStats(
                RoomPhase.valueOf(fields.next().toString()),
                fields.next().toLong(),
                fields.next().toLong(),
                fields.next().toLong(),
                fields.next().toLong(),
                fields.next().toString(),
                fields.next().toLong());
    }
}
