package dev.doorbuster.waitingroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.store.RedisConfig;
import dev.doorbuster.runtime.store.RedisStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WaitingRoomIT {
    @RegisterExtension
    static final RealServers SERVERS = RealServers.of(ServerKind.REDIS);

    private static final int SOON_SECONDS = 60;
    private static final int FAST = 10_000;
    private static final int UNITS = 1_000;
    /** Joins in flight at once: fewer than a busy machine fails to answer in time. */
    private static final int JOINING = 100;

    private static final String SEED = "5eed".repeat(16);

    private static Vertx vertx;
    private static RedisStore redis;

    private final SaleId sale = SaleId.random(new SecureRandom());
    private final WaitingRoom room = room(RoomConfig.defaults());

    @BeforeAll
    static void connect() {
        vertx = Vertx.vertx();
        redis = new RedisStore(
                vertx, RedisConfig.fromEnv(new Environment(SERVERS.variables())).withCallMax(Duration.ofSeconds(30)));
    }

    @AfterAll
    static void disconnect() {
        get(redis.close());
        get(vertx.close());
    }

    @Test
    void hasOnePlaceForEachEntrant() {
        for (String entrant : List.of("a", "b", "a")) {
            assertThat(get(room.join(sale, entrant, RoomPhase.LOBBY, false)).where())
                    .isEqualTo(Place.Where.LOBBY);
        }
        assertThat(stats().waiting()).isEqualTo(2);

        get(room.open(sale, SEED, RoomPhase.DRAWING));
        Place before = get(room.place(sale, "a"));
        Place again = get(room.join(sale, "a", RoomPhase.ABSENT, false));

        assertThat(again).isEqualTo(before);
        assertThat(again.where()).isEqualTo(Place.Where.QUEUE);
        assertThat(again.room().waiting()).isEqualTo(2);
    }

    @Test
    void queuesTheLobbyAsDrawnAndLaterEntrantsBehind() {
        List<String> lobby = fill(2500);
        get(room.open(sale, SEED, RoomPhase.DRAWING));
        get(room.join(sale, "late", RoomPhase.ABSENT, false));

        List<String> order = Draw.order(SEED, lobby);
        assertThat(drawn()).isEqualTo(order);
        assertThat(get(room.place(sale, order.get(0))).ahead()).isZero();
        assertThat(get(room.place(sale, order.get(1234))).ahead()).isEqualTo(1234);
        assertThat(get(room.place(sale, "late")).ahead()).isEqualTo(2500);
        assertThat(get(room.drawn(sale, 0, 1)).entrants()).isEqualTo(2500);
    }

    @Test
    void twoInstancesOpenAndAdmitEachEntrantOnceInOrder() {
        List<String> lobby = fill(3000);
        WaitingRoom other = room(RoomConfig.defaults());
        get(Future.all(
                room.open(sale, SEED, RoomPhase.DRAWING),
                other.open(sale, SEED, RoomPhase.DRAWING),
                room.open(sale, SEED, RoomPhase.DRAWING)));
        List<String> order = Draw.order(SEED, lobby);

        var admitted = new ArrayList<String>();
        await().atMost(Duration.ofSeconds(SOON_SECONDS)).until(() -> {
            get(Future.all(
                    room.admit(sale, 300, UNITS),
                    other.admit(sale, 300, UNITS),
                    room.open(sale, SEED, RoomPhase.DRAWING)));
            List<String> now = passHolders();
            assertThat(new HashSet<>(now)).isEqualTo(new HashSet<>(order.subList(0, now.size())));
            admitted.clear();
            admitted.addAll(now);
            return now.size() > 600;
        });

        assertThat(admitted).doesNotHaveDuplicates();
        assertThat(stats().admitted()).isEqualTo(passHolders().size());
        assertThat(stats().admitted() + stats().waiting()).isEqualTo(3000);
    }

    @Test
    void whoLeavesMovesTheOthersUp() {
        fill(10);
        get(room.open(sale, SEED, RoomPhase.DRAWING));
        List<String> order = drawn();

        assertThat(get(room.leave(sale, order.get(3)))).isTrue();
        assertThat(get(room.leave(sale, order.get(3)))).isFalse();

        assertThat(get(room.place(sale, order.get(2))).ahead()).isEqualTo(2);
        assertThat(get(room.place(sale, order.get(4))).ahead()).isEqualTo(3);
        assertThat(get(room.place(sale, order.get(3))).where()).isEqualTo(Place.Where.NOT_HERE);
        assertThat(get(room.join(sale, order.get(3), RoomPhase.ABSENT, false)).ahead())
                .isEqualTo(9);
        assertThat(stats().left()).isEqualTo(1);
    }

    @Test
    void whoDoesNotTakeThePassIsPassedOverAndMayQueueAgain() {
        WaitingRoom hasty =
                room(new RoomConfig(100, Duration.ofMillis(50), Duration.ofMinutes(1), Duration.ofHours(1)));
        get(hasty.join(sale, "a", RoomPhase.LOBBY, false));
        get(hasty.open(sale, SEED, RoomPhase.DRAWING));

        await().atMost(Duration.ofSeconds(SOON_SECONDS))
                .until(() -> get(hasty.admit(sale, FAST, UNITS)).room().passedOver() == 1);

        assertThat(get(hasty.place(sale, "a")).where()).isEqualTo(Place.Where.NOT_HERE);
        assertThat(get(hasty.join(sale, "a", RoomPhase.ABSENT, false)).where()).isEqualTo(Place.Where.QUEUE);
    }

    @Test
    void aPassThatIsTakenKeepsItsEnd() {
        fill(1);
        get(room.open(sale, SEED, RoomPhase.DRAWING));
        await().atMost(Duration.ofSeconds(SOON_SECONDS))
                .until(() -> get(room.admit(sale, FAST, UNITS)).room().admitted() == 1);

        Place taken = get(room.place(sale, entrant(0)));

        assertThat(taken.where()).isEqualTo(Place.Where.ADMITTED);
        assertThat(get(room.place(sale, entrant(0)))).isEqualTo(taken);
        assertThat(get(room.join(sale, entrant(0), RoomPhase.ABSENT, false))).isEqualTo(taken);
    }

    @Test
    void aPauseTakesNoTimeFromThoseWhoAreAdmitted() {
        // Given
        Duration life = Duration.ofSeconds(5);
        WaitingRoom brief = room(new RoomConfig(100, life, life, Duration.ofHours(1)));
        fill(2);
        get(brief.open(sale, SEED, RoomPhase.DRAWING));
        await().atMost(Duration.ofSeconds(SOON_SECONDS))
                .until(() -> get(brief.admit(sale, FAST, UNITS)).room().admitted() == 2);
        Instant passUntil = get(brief.place(sale, entrant(0))).passUntil();

        // When
        await().atMost(Duration.ofSeconds(SOON_SECONDS)).until(() -> {
            get(brief.admit(sale, 0, UNITS));
            return Instant.now().isAfter(passUntil);
        });
        Place paused = get(brief.place(sale, entrant(0)));
        Admission resumed = get(brief.admit(sale, FAST, UNITS));

        // Then
        assertThat(paused.where()).isEqualTo(Place.Where.ADMITTED);
        assertThat(paused.passUntil()).isAfter(passUntil);
        assertThat(resumed.passedOver()).isZero();
        for (int number : List.of(0, 1)) {
            assertThat(get(brief.place(sale, entrant(number))).where()).isEqualTo(Place.Where.ADMITTED);
        }
        await().atMost(Duration.ofSeconds(SOON_SECONDS))
                .until(() -> get(brief.place(sale, entrant(0))).where() == Place.Where.NOT_HERE);
    }

    @Test
    void endsForAllAtOnceAndOpensAgainEmpty() {
        fill(10);
        get(room.open(sale, SEED, RoomPhase.DRAWING));

        get(room.end(sale, "sold-out", Duration.ZERO));

        Place place = get(room.place(sale, entrant(1)));
        assertThat(place.where()).isEqualTo(Place.Where.NOT_HERE);
        assertThat(place.room().phase()).isEqualTo(RoomPhase.ENDED);
        assertThat(place.room().reason()).isEqualTo("sold-out");
        assertThat(get(room.join(sale, "late", RoomPhase.ABSENT, false)).room().phase())
                .isEqualTo(RoomPhase.ENDED);
        assertThat(stats().waiting()).isZero();
        assertThat(drawn()).hasSize(10);

        get(room.reopen(sale));
        assertThat(get(room.join(sale, "late", RoomPhase.ABSENT, false)).ahead())
                .isZero();
    }

    /** Another instance may not have read yet that units were returned. */
    @Test
    void anInstanceThatIsBehindDoesNotEndARoomThatWasReopened() {
        // Given
        soldOutWith("next");
        get(room.reopen(sale));

        // When
        get(room.end(sale, "sold-out", Duration.ofMinutes(1)));

        // Then
        assertThat(stats().phase()).isEqualTo(RoomPhase.OPEN);
        await().atMost(Duration.ofSeconds(SOON_SECONDS)).until(() -> {
            get(room.end(sale, "sold-out", Duration.ofMillis(1)));
            return stats().phase() == RoomPhase.ENDED;
        });
        get(room.reopen(sale));
        get(room.end(sale, "sale-closed", Duration.ofMinutes(1)));
        assertThat(stats().reason()).isEqualTo("sale-closed");
    }

    @Test
    void offersReturnedUnitsToThoseWhoStandByInOrder() {
        // Given
        fill(1);
        get(room.open(sale, SEED, RoomPhase.DRAWING));
        get(room.end(sale, "sold-out", Duration.ZERO));
        for (String entrant : List.of("a", "b", "c", "d")) {
            assertThat(get(standBy(entrant)).where()).isEqualTo(Place.Where.STANDBY);
        }
        assertThat(get(room.leave(sale, "a"))).isTrue();
        assertThat(get(standBy("d")).ahead()).isEqualTo(2);

        // When
        get(room.end(sale, "sold-out", Duration.ZERO));
        get(room.reopen(sale));
        get(room.join(sale, "open", RoomPhase.ABSENT, false));
        await().atMost(Duration.ofSeconds(SOON_SECONDS))
                .until(() -> get(room.admit(sale, FAST, 2)).room().admitted() == 2);

        // Then
        assertThat(get(room.admit(sale, FAST, 2)).admitted()).isZero();
        assertThat(passHolders()).containsExactlyInAnyOrder("b", "c");
        assertThat(get(room.place(sale, "d")).where()).isEqualTo(Place.Where.STANDBY);
        assertThat(get(room.place(sale, "open")).ahead()).as("behind d").isEqualTo(1);

        // When
        get(room.end(sale, "sold-out", Duration.ZERO));

        // Then
        assertThat(get(room.place(sale, "open")).where()).isEqualTo(Place.Where.NOT_HERE);
        assertThat(standing("b", "c", "d")).as("offered a unit that others got").containsExactly(0L, 1L, 2L);
        assertThat(stats().standby()).isEqualTo(3);
        get(room.end(sale, "sale-closed", Duration.ZERO));
        assertThat(get(room.place(sale, "b")).where()).isEqualTo(Place.Where.NOT_HERE);
        assertThat(get(room.place(sale, "d")).where()).isEqualTo(Place.Where.NOT_HERE);
        assertThat(stats().reason()).isEqualTo("sale-closed");
        assertThat(get(standBy("d")).where()).isEqualTo(Place.Where.NOT_HERE);
    }

    @Test
    void whoOrderedOrLeftOrWasPassedOverIsNotOfferedThatTurnAgain() {
        // Given
        WaitingRoom hasty =
                room(new RoomConfig(100, Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofHours(1)));
        soldOutWith("late", "ordered", "left", "spent", "next");
        get(room.reopen(sale));
        await().atMost(Duration.ofSeconds(SOON_SECONDS))
                .until(() -> get(hasty.admit(sale, FAST, 1)).room().admitted() == 1);
        await().atMost(Duration.ofSeconds(SOON_SECONDS))
                .until(() -> get(hasty.admit(sale, FAST, 0)).room().passedOver() == 1);
        await().atMost(Duration.ofSeconds(SOON_SECONDS))
                .until(() -> get(room.admit(sale, FAST, 3)).room().admitted() == 4);

        // When
        get(room.place(sale, "ordered"));
        get(room.ordered(sale, List.of("ordered", "never here")));
        get(room.leave(sale, "left"));
        get(hasty.place(sale, "spent"));
        await().atMost(Duration.ofSeconds(SOON_SECONDS))
                .until(() -> get(room.place(sale, "spent")).where() == Place.Where.NOT_HERE);
        get(room.admit(sale, FAST, 0));
        get(room.end(sale, "sold-out", Duration.ZERO));

        // Then
        assertThat(standing("next")).containsExactly(0L);
        assertThat(stats().standby()).isEqualTo(1);
    }

    /** The decision on the order may become known after the end. */
    @Test
    void anOrderThatIsKnownAfterTheEndTakesTheBuyersOldTurnOnly() {
        // Given
        soldOutWith("a", "b", "c");
        get(room.reopen(sale));
        await().atMost(Duration.ofSeconds(SOON_SECONDS))
                .until(() -> get(room.admit(sale, FAST, 1)).admitted() == 1);
        get(room.end(sale, "sold-out", Duration.ZERO));

        // When
        get(room.ordered(sale, List.of("a", "b")));

        // Then
        assertThat(get(room.place(sale, "a")).where()).isEqualTo(Place.Where.NOT_HERE);
        assertThat(standing("b", "c")).containsExactly(0L, 1L);
        assertThat(get(standBy("a")).ahead()).isEqualTo(2);
    }

    private void soldOutWith(String... entrants) {
        fill(1);
        get(room.open(sale, SEED, RoomPhase.DRAWING));
        get(room.end(sale, "sold-out", Duration.ZERO));
        for (String entrant : entrants) {
            get(standBy(entrant));
        }
    }

    /** The entrants ahead of each of those who stand by. */
    private List<Long> standing(String... entrants) {
        return Stream.of(entrants)
                .map(entrant -> get(room.place(sale, entrant)))
                .filter(place -> place.where() == Place.Where.STANDBY)
                .map(Place::ahead)
                .toList();
    }

    private Future<Place> standBy(String entrant) {
        return room.join(sale, entrant, RoomPhase.ABSENT, true);
    }

    @Test
    void aLostRoomBecomesAQueueOrADoorAsAsked() {
        fill(3);
        get(room.open(sale, SEED, RoomPhase.DRAWING));
        empty();
        assertThat(get(room.join(sale, "a", RoomPhase.ABSENT, false)).room().phase())
                .isEqualTo(RoomPhase.ABSENT);

        get(room.open(sale, SEED, RoomPhase.OPEN));
        assertThat(get(room.join(sale, "a", RoomPhase.ABSENT, false)).where()).isEqualTo(Place.Where.QUEUE);
        assertThat(get(room.drawn(sale, 0, 10)).lost()).isTrue();

        empty();
        get(room.open(sale, SEED, RoomPhase.DOOR));
        assertThat(get(room.join(sale, "a", RoomPhase.ABSENT, false)).where()).isEqualTo(Place.Where.ADMITTED);
    }

    @Test
    void aLobbyTakesNoEntrantOnceTheSaleHasOpened() {
        fill(2);

        Place late = get(room.join(sale, "late", RoomPhase.ABSENT, false));

        assertThat(late.where()).isEqualTo(Place.Where.NOT_HERE);
        assertThat(late.room().phase()).isEqualTo(RoomPhase.LOBBY);
        assertThat(late.room().waiting()).isEqualTo(2);
    }

    @Test
    void refusesMoreEntrantsThanItHasPlaces() {
        WaitingRoom small = room(new RoomConfig(2, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofHours(1)));
        get(small.join(sale, "a", RoomPhase.LOBBY, false));
        get(small.join(sale, "b", RoomPhase.LOBBY, false));

        assertThat(get(small.join(sale, "c", RoomPhase.LOBBY, false)).where()).isEqualTo(Place.Where.FULL);
        assertThat(get(small.join(sale, "a", RoomPhase.LOBBY, false)).where()).isEqualTo(Place.Where.LOBBY);
    }

    @Test
    void whoLeavesDuringTheDrawIsNotAdmitted() {
        fill(5);
        get(redis.send(RoomScript.FREEZE.on(sale, RoomPhase.DRAWING)));
        get(room.join(sale, "late", RoomPhase.ABSENT, false));

        assertThat(get(room.leave(sale, entrant(2)))).isTrue();
        assertThat(get(room.place(sale, "late")).ahead()).isEqualTo(5);
        get(room.open(sale, SEED, RoomPhase.DRAWING));

        assertThat(get(room.place(sale, entrant(2))).where()).isEqualTo(Place.Where.NOT_HERE);
        assertThat(get(room.place(sale, "late")).ahead()).isEqualTo(4);
        assertThat(drawn()).hasSize(5);
    }

    @Test
    void whoLeavesDuringTheDrawAndComesAgainIsQueuedBehindTheDraw() {
        // Given
        List<String> order = Draw.order(SEED, fill(5));
        get(redis.send(RoomScript.FREEZE.on(sale, RoomPhase.DRAWING)));
        get(room.leave(sale, order.get(0)));
        get(redis.send(RoomScript.WRITE_DRAW.on(
                sale, Stream.concat(Stream.of(0), order.stream()).toArray())));
        get(room.leave(sale, order.get(1)));

        // When
        for (String entrant : order.subList(0, 2)) {
            assertThat(get(room.place(sale, entrant)).where()).isEqualTo(Place.Where.NOT_HERE);
            get(room.join(sale, entrant, RoomPhase.ABSENT, false));
            assertThat(get(room.leave(sale, entrant))).isTrue();
            assertThat(get(room.join(sale, entrant, RoomPhase.ABSENT, false)).where())
                    .isEqualTo(Place.Where.QUEUE);
        }
        assertThat(stats().waiting()).isEqualTo(7);
        get(room.open(sale, SEED, RoomPhase.DRAWING));

        // Then
        assertThat(get(room.place(sale, order.get(0))).ahead()).isEqualTo(3);
        assertThat(get(room.place(sale, order.get(1))).ahead()).isEqualTo(4);
        assertThat(stats().left()).isEqualTo(4);
        assertThat(stats().waiting()).isEqualTo(5);
        assertThat(drawn()).isEqualTo(order);
    }

    @CanIgnoreReturnValue
    private List<String> fill(int count) {
        List<String> entrants =
                IntStream.range(0, count).mapToObj(WaitingRoomIT::entrant).toList();
        for (int from = 0; from < count; from += JOINING) {
            get(Future.join(entrants.subList(from, Math.min(count, from + JOINING)).stream()
                    .map(entrant -> room.join(sale, entrant, RoomPhase.LOBBY, false))
                    .toList()));
        }
        return entrants;
    }

    private static String entrant(int number) {
        return "%032x".formatted(number);
    }

    private List<String> drawn() {
        var all = new ArrayList<String>();
        for (List<String> page = get(room.drawn(sale, 0, 1000)).order();
                !page.isEmpty();
                page = get(room.drawn(sale, all.size(), 1000)).order()) {
            all.addAll(page);
        }
        return all;
    }

    private RoomStats stats() {
        return get(room.place(sale, "nobody")).room();
    }

    private List<String> passHolders() {
        var holders = new ArrayList<String>();
        get(redis.send(Request.cmd(Command.ZRANGE, RoomScript.key(sale, "admitted"), 0, -1)))
                .forEach(entrant -> holders.add(entrant.toString()));
        return holders;
    }

    private static void empty() {
        get(redis.send(Request.cmd(Command.FLUSHALL)));
    }

    private static WaitingRoom room(RoomConfig config) {
        return new WaitingRoom(redis, config);
    }

    @CanIgnoreReturnValue
    private static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(SOON_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
