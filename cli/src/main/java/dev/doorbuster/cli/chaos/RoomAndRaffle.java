package dev.doorbuster.cli.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doorbuster.cli.draw.DrawSource;
import dev.doorbuster.cli.system.RunningService;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.crowd.client.ApiClient;
import dev.doorbuster.crowd.client.ApiClient.RefusedException;
import dev.doorbuster.crowd.client.BuyerTokens;
import dev.doorbuster.crowd.client.Futures;
import dev.doorbuster.crowd.client.SaleRequest;
import dev.doorbuster.crowd.client.SaleVerification;
import dev.doorbuster.crowd.history.FaultRecord;
import dev.doorbuster.crowd.judge.Findings;
import dev.doorbuster.crowd.judge.PublishedOrder;
import dev.doorbuster.crowd.judge.RefusalLossExcuse;
import dev.doorbuster.crowd.judge.Violation;
import dev.doorbuster.crowd.room.RoomCrowd;
import dev.doorbuster.crowd.room.RoomPlan;
import dev.doorbuster.crowd.room.RoomReport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Two more sales of a run, which open in the middle of its faults: one with a waiting room, one that is a raffle. A lost room
 * may cost places, so of the room only the sale is judged; the raffle has to give each unit to the next of its draw.
 */
final class RoomAndRaffle {
    private static final int STOCK = 40;
    private static final int LOBBY = 80;
    private static final int LATE = 40;
    private static final int PER_SECOND = 20;
    private static final int ADMIT_PER_SECOND = 10;
    /** Longer than an hour, by which a fault sets the database's clock ahead. */
    private static final long HOLD_SECONDS = 3 * 3_600;

    private static final int WITHDRAWS_EACH = 8;
    /** Of those who do not withdraw. */
    private static final int ENTRIES = LOBBY - LOBBY / WITHDRAWS_EACH;
    /** Of the run, until both open. */
    private static final int OPENING_PART = 3;

    private static final Duration OPENING_MIN = Duration.ofSeconds(10);
    private static final Duration REPORT_MAX = Duration.ofSeconds(10);
    private static final long AGAIN_MS = 500;

    private final RunningSystem system;
    private final String room;
    private final String raffle;
    private final RoomCrowd crowd;
    private final Future<Void> roomDone;
    private final Future<Entries> entered;

    /**
     * Creates both sales and starts their buyers.
     *
     * @param nowMicros the history's clock
     */
    RoomAndRaffle(RunningSystem system, Vertx vertx, ApiClient operator, Duration length, LongSupplier nowMicros)
            throws InterruptedException {
        this.system = system;
        Duration part = length.dividedBy(OPENING_PART);
        Duration opensAfter = part.compareTo(OPENING_MIN) < 0 ? OPENING_MIN : part;
        Instant opensAt = Instant.now().plus(opensAfter);
        room = sale("A sale with a waiting room")
                .withWaitingRoom(opensAt, ADMIT_PER_SECOND)
                .create(operator);
        raffle = sale("A raffle").asRaffle(opensAt).create(operator);
        List<URI> apis =
                system.orderServices().stream().map(RunningService::http).toList();
        String secret = system.secrets().jwtSecret();
        crowd = new RoomCrowd(
                vertx, new RoomPlan(room, 0, apis, List.of(system.notifier().http()), secret, LOBBY, LATE, PER_SECOND));
        Future<Void> unused = crowd.enterLobby();
        roomDone = vertx.timer(opensAfter.toMillis(), TimeUnit.MILLISECONDS).compose(v -> crowd.comeLate());
        entered = vertx.executeBlocking(() -> enter(apis, new BuyerTokens(secret), opensAt, nowMicros));
    }

    List<String> sales() {
        return List.of(room, raffle);
    }

    private static SaleRequest sale(String title) {
        return SaleRequest.of(title, "redis", STOCK, 1, HOLD_SECONDS);
    }

    /**
     * A refusal by a clock: the database's says that the sale is open (409), an order-service's that the token is of another
     * time (401).
     *
     * @param sentMicros by the history's clock
     * @param answeredMicros by the history's clock
     */
    record Untimely(int status, long sentMicros, long answeredMicros, String answer) {
        private boolean isExcusedBy(FaultRecord fault) {
            return fault.effect() == FaultRecord.Effect.CLOCK
                    && fault.target().startsWith(status == 409 ? "postgres" : "order-service")
                    && fault.overlaps(sentMicros, answeredMicros);
        }
    }

    /**
     * What became of the raffle's entries.
     *
     * @param count entered and not withdrawn
     * @param unexpected failures but those of a process that is away
     * @param untimely excused while the clock was wrong
     */
    record Entries(int count, List<String> unexpected, List<Untimely> untimely) {
        Entries {
            unexpected = List.copyOf(unexpected);
            untimely = List.copyOf(untimely);
        }

        void judge(List<FaultRecord> faults, Findings findings) {
            var found = new ArrayList<>(unexpected);
            boolean delayed = false;
            for (Untimely each : untimely) {
                if (faults.stream().anyMatch(each::isExcusedBy)) {
                    delayed = true;
                } else {
                    found.add(each.answer());
                }
            }
            if (count < ENTRIES && !delayed) {
                findings.add(Violation.NOT_VERIFIED, count + " of " + ENTRIES + " entries of the raffle were heard");
            }
            found.forEach(each -> findings.add(Violation.NOT_VERIFIED, "an entry of the raffle: " + each));
        }
    }

    /** Enters one buyer after the other, each until it is heard, and withdraws some. */
    private Entries enter(List<URI> apis, BuyerTokens tokens, Instant until, LongSupplier nowMicros)
            throws InterruptedException {
        int count = 0;
        int failures = 0;
        var unexpected = new ArrayList<String>();
        var untimely = new ArrayList<Untimely>();
        for (int i = 0; i < LOBBY && Instant.now().isBefore(until); ) {
            ApiClient buyer = ApiClient.withToken(
                    apis.get((i + failures) % apis.size()), tokens.mint("raffle-" + raffle + "-" + i, Instant.now()));
            long sentMicros = nowMicros.getAsLong();
            try {
                String path = "/api/sales/" + raffle + "/raffle/entry";
                JsonNode entry = buyer.post(path, Map.of());
                if (i % WITHDRAWS_EACH == 0) {
                    entry = buyer.delete(path);
                }
                count += entry.get("result").asText().equals("ENTERED") ? 1 : 0;
                i++;
            } catch (RuntimeException notHeard) {
                OptionalInt byClock = statusByClock(notHeard);
                if (byClock.isPresent() && Instant.now().isBefore(until)) {
                    untimely.add(
                            new Untimely(byClock.getAsInt(), sentMicros, nowMicros.getAsLong(), notHeard.toString()));
                } else if (byClock.isEmpty() && !isAway(notHeard)) {
                    unexpected.add(notHeard.toString());
                }
                failures++;
                // The entry is sent again, within the time until the opening.
                TimeUnit.MILLISECONDS.sleep(AGAIN_MS);
            }
        }
        return new Entries(count, unexpected, untimely);
    }

    private static OptionalInt statusByClock(RuntimeException notHeard) {
        return notHeard instanceof RefusedException refused && (refused.status() == 409 || refused.status() == 401)
                ? OptionalInt.of(refused.status())
                : OptionalInt.empty();
    }

    static boolean isAway(RuntimeException notHeard) {
        return notHeard instanceof UncheckedIOException
                || (notHeard instanceof RefusedException refused && refused.status() == 503);
    }

    /**
     * Waits until all buyers are served or told the end, and judges both sales.
     *
     * @param faults of the run
     */
    void judge(ApiClient operator, Duration settleMax, Duration verdictMax, List<FaultRecord> faults, Findings findings)
            throws InterruptedException, ExecutionException, TimeoutException {
        awaitBuyers(settleMax);
        RoomReport told = Futures.await(crowd.report(), REPORT_MAX);
        judge(told, judge(operator, room, STOCK, verdictMax, findings), faults, findings);
        Entries entries = Futures.await(entered, REPORT_MAX);
        entries.judge(faults, findings);
        int winners = Math.min(STOCK, entries.count());
        await(operator, winners, settleMax);
        long unused = judge(operator, raffle, winners, verdictMax, findings);
        drawFault(winners).ifPresent(fault -> findings.add(Violation.NOT_VERIFIED, "raffle: " + fault));
        Future<Void> unusedClose = crowd.close();
    }

    /**
     * Compares what the buyers of the waiting room were told with what was sold.
     *
     * @param sold by the sale's own word
     */
    static void judge(RoomReport told, long sold, List<FaultRecord> faults, Findings findings) {
        String found = "%,d buyers of the waiting room were told that they have a unit, %,d units are sold; answers %s"
                .formatted(told.got(), sold, told.answers());
        if (told.starved() > 0) {
            findings.add(
                    Violation.NOT_VERIFIED,
                    told.starved() + " buyers of the waiting room were not told what became of them; " + found);
        }
        if (told.got() > sold) {
            findings.add(Violation.NOT_VERIFIED, found);
        }
        if (told.got() + told.starved() < sold) {
            if (faults.stream().anyMatch(RefusalLossExcuse::movesMessages)) {
                findings.excuse(Violation.HELD_THOUGH_REFUSED, found);
            } else {
                findings.add(Violation.HELD_THOUGH_REFUSED, found);
            }
        }
    }

    private void awaitBuyers(Duration max) throws InterruptedException, ExecutionException {
        try {
            Futures.await(roomDone, max);
        } catch (TimeoutException notAll) {
            // The report says of whom.
        }
    }

    private long judge(ApiClient operator, String sale, int sold, Duration verdictMax, Findings findings)
            throws InterruptedException {
        SaleVerification verification = SaleVerification.await(operator, sale, verdictMax);
        if (!verification.passed() || verification.number("sold") != sold) {
            findings.add(Violation.NOT_VERIFIED, verification.json());
        }
        return verification.number("sold");
    }

    private void await(ApiClient operator, int winners, Duration max) throws InterruptedException {
        long until = System.nanoTime() + max.toNanos();
        String path = "/api/sales/" + raffle + "/raffle/draw";
        while (operator.get(path).get("winners").size() < winners && System.nanoTime() - until < 0) {
            // A pause between two readings, within the limit.
            TimeUnit.MILLISECONDS.sleep(AGAIN_MS);
        }
    }

    private Optional<String> drawFault(int winners) throws InterruptedException {
        try {
            URI api = system.orderServices().get(0).http();
            PublishedOrder draw = PublishedOrder.of(DrawSource.read(
                    api.resolve("/api/sales/" + raffle + "/raffle/draw").toString()));
            return draw.winners().size() == winners
                    ? draw.fault()
                    : Optional.of(draw.winners().size() + " winners of " + winners);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of(e.toString());
        }
    }
}
