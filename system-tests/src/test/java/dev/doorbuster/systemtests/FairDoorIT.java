package dev.doorbuster.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doorbuster.cli.system.RunningService;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.cli.system.plan.SystemPlan;
import dev.doorbuster.crowd.client.ApiClient;
import dev.doorbuster.crowd.client.BuyerTokens;
import dev.doorbuster.crowd.client.SaleVerification;
import dev.doorbuster.crowd.judge.PublishedOrder;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sales with a waiting room on the running system, with two notifiers: lobby, draw, queue, passes, the end. */
class FairDoorIT {
    private static final int LOBBY = 300;
    private static final int LATE = 40;
    private static final int STOCK = 80;
    private static final int ENTRANTS = 200;
    private static final int PER_SECOND = 25;
    private static final int THREADS = 12;
    private static final Duration SOON = Duration.ofSeconds(90);

    private static RunningSystem system;
    private static ApiClient operator;
    private static ExecutorService threads;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("fair-door", new SystemPlan(1, 1, 2, false));
        var account = system.secrets().operator();
        operator = ApiClient.login(api(), account.user(), account.password());
        threads = Executors.newFixedThreadPool(THREADS);
    }

    @AfterAll
    static void stop() {
        threads.shutdownNow();
        system.discard();
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "NONE",
                "NOTIFIER_KILLED_AND_RESTARTED",
                "ORDER_SERVICE_KILLED_AND_RESTARTED",
                "REDIS_KILLED_AND_RESTARTED_WITH_ITS_DATA",
                "REDIS_EMPTIED"
            })
    void admitsInThePublishedOrderAndTellsTheEnd(Fault fault) throws Exception {
        // Given
        JsonNode created = create(Instant.now().plus(Duration.ofHours(1)));
        String sale = created.get("saleId").asText();
        String commitment = created.get("waitingRoom").get("commitment").asText();
        assertThat(created.get("waitingRoom").get("seed").isNull()).isTrue();
        List<RoomBuyer> lobby = buyers(sale, "lobby", LOBBY);
        each(lobby, RoomBuyer::join);
        assertThat(lobby.get(0).join().getLong("waiting")).isEqualTo(LOBBY);
        open(sale);
        List<RoomBuyer> late = buyers(sale, "late", LATE);
        for (RoomBuyer buyer : late) {
            buyer.join();
        }

        // When
        var all = new ArrayList<>(lobby);
        all.addAll(late);
        Future<?> served = threads.submit(() -> serve(all));
        await().atMost(SOON).until(() -> all.stream().filter(RoomBuyer::has).count() >= STOCK / 8);
        fault.happenTo(system);
        served.get(SOON.toSeconds(), TimeUnit.SECONDS);

        // Then
        SaleVerification verification = SaleVerification.await(operator, sale, SOON);
        assertThat(verification.verdict()).as(verification.json().toString()).isEqualTo("PASS");
        assertThat(verification.number("sold")).isEqualTo(STOCK);
        assertThat(all.stream().filter(RoomBuyer::has)).hasSize(STOCK);
        if (fault != Fault.REDIS_EMPTIED) {
            List<String> order = drawn(sale, commitment);
            assertThat(order)
                    .containsExactlyInAnyOrderElementsOf(
                            lobby.stream().map(RoomBuyer::entrant).toList());
            if (fault != Fault.REDIS_KILLED_AND_RESTARTED_WITH_ITS_DATA) {
                assertNoneWasOvertaken(order, lobby, late);
            }
        }
    }

    @Test
    void refusesOrdersWithoutAPassOrWithAnothers() throws Exception {
        // Given
        String sale = create(null).get("saleId").asText();
        List<RoomBuyer> buyers = buyers(sale, "pass", 2);
        RoomBuyer alice = buyers.get(0);
        RoomBuyer bob = buyers.get(1);

        // When
        RoomBuyer.Answer without = alice.order("").orElseThrow();
        await().atMost(SOON).until(() -> alice.join().getString("place").equals("ADMITTED"));
        String pass = alice.join().getString("pass");
        RoomBuyer.Answer anothers = bob.order(pass).orElseThrow();
        RoomBuyer.Answer with = alice.order(pass).orElseThrow();
        RoomBuyer.Answer again = alice.order("").orElseThrow();

        // Then
        assertThat(List.of(without.status(), anothers.status())).containsOnly(403);
        assertThat(without.json().getString("type")).isEqualTo("/problems/queue-pass-required");
        assertThat(with.status()).isEqualTo(201);
        assertThat(again.status()).as("a repeat of an order needs no pass").isEqualTo(201);
    }

    /** Each unit goes to the next of the drawn order, whatever dies meanwhile; a unit that is not paid for goes to the next. */
    @ParameterizedTest
    @EnumSource(names = {"ORDER_SERVICE_KILLED_AND_RESTARTED", "REDIS_EMPTIED"})
    void rafflesEachUnitOnceInThePublishedOrder(Fault fault) throws Exception {
        // Given
        String sale = createRaffle();
        var entrants = new HashMap<String, ApiClient>();
        var tokens = new BuyerTokens(system.secrets().jwtSecret());
        for (int i = 0; i < ENTRANTS; i++) {
            ApiClient buyer = ApiClient.withToken(api(), tokens.mint("raffle-" + sale + "-" + i, Instant.now()));
            entrants.put(
                    buyer.post("/api/sales/" + sale + "/raffle/entry", Map.of())
                            .get("entrant")
                            .asText(),
                    buyer);
        }

        ApiClient gone = ApiClient.withToken(api(), tokens.mint("raffle-" + sale + "-gone", Instant.now()));
        JsonNode unused = gone.post("/api/sales/" + sale + "/raffle/entry", Map.of());
        String withdrawn = gone.delete("/api/sales/" + sale + "/raffle/entry")
                .get("entrant")
                .asText();

        // When
        unused = operator.patch(
                "/api/sales/" + sale,
                Map.of("opensAt", Instant.now().plusSeconds(1).toString()));
        await().atMost(SOON).until(() -> raffle(sale).get("drawn").asBoolean());
        fault.happenTo(system);
        await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> raffle(sale).get("winners").size() == STOCK);
        String first = raffle(sale).get("order").get(0).asText();
        String order = entrants.get(first)
                .get("/api/sales/" + sale + "/raffle/entry")
                .get("orderId")
                .asText();
        unused = entrants.get(first).delete("/api/orders/" + order);
        await().atMost(SOON).until(() -> raffle(sale).get("winners").size() == STOCK + 1);

        // Then
        PublishedOrder published = PublishedOrder.of(raffle(sale));
        assertThat(published.fault()).isEmpty();
        assertThat(published.order()).containsExactlyInAnyOrderElementsOf(entrants.keySet());
        assertThat(published.winners()).isEqualTo(published.order().subList(0, STOCK + 1));
        assertThat(published.withdrawn()).containsExactly(withdrawn);
        var others = new ArrayList<>(published.winners());
        others.set(STOCK, published.order().get(ENTRANTS - 1));
        assertThat(new PublishedOrder(published.commitment(), published.seed(), published.order(), others, List.of())
                        .fault())
                .as("another winner")
                .isPresent();
        SaleVerification verification = SaleVerification.await(operator, sale, SOON);
        assertThat(verification.verdict()).as(verification.json().toString()).isEqualTo("PASS");
        assertThat(verification.number("sold")).isEqualTo(STOCK);
        assertThat(verification.number("duplicates")).isZero();
    }

    private static JsonNode raffle(String sale) throws InterruptedException {
        return operator.get("/api/sales/" + sale + "/raffle/draw");
    }

    private static String createRaffle() throws InterruptedException {
        return operator.post(
                        "/api/sales",
                        Map.of(
                                "title",
                                "A raffle",
                                "priceCents",
                                1999,
                                "currency",
                                "EUR",
                                "stock",
                                STOCK,
                                "perBuyerLimit",
                                1,
                                "holdSeconds",
                                3600,
                                "counter",
                                "redis",
                                "raffle",
                                true,
                                "opensAt",
                                Instant.now().plus(Duration.ofHours(1)).toString()))
                .get("saleId")
                .asText();
    }

    @Test
    void theCommandVerifiesADrawAndRefusesAChangedOne() throws Exception {
        // Given
        String sale =
                create(Instant.now().plus(Duration.ofHours(1))).get("saleId").asText();
        each(buyers(sale, "draw", 20), RoomBuyer::join);
        open(sale);
        JsonNode draw = draw(sale);

        // When, Then
        PublishedOrder published = PublishedOrder.of(draw);
        assertThat(published.fault()).isEmpty();
        var swapped = new ArrayList<>(published.order());
        swapped.add(swapped.remove(0));
        var without = published.order().subList(1, published.order().size());
        String seed = published.seed();
        String otherSeed = (seed.startsWith("0") ? "1" : "0") + seed.substring(1);
        for (PublishedOrder changed : List.of(
                new PublishedOrder(published.commitment(), published.seed(), swapped, List.of(), List.of()),
                new PublishedOrder(published.commitment(), published.seed(), without, List.of(), List.of()),
                new PublishedOrder(published.commitment(), otherSeed, published.order(), List.of(), List.of()))) {
            assertThat(changed.fault()).isPresent();
        }
    }

    private static void serve(List<RoomBuyer> buyers) {
        try {
            while (buyers.stream().anyMatch(buyer -> !buyer.isDone())) {
                for (RoomBuyer buyer : buyers) {
                    if (!buyer.isDone()) {
                        buyer.step();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** No buyer was told to wait in answer to a question sent after a later one in the order had a pass. */
    private static void assertNoneWasOvertaken(List<String> order, List<RoomBuyer> lobby, List<RoomBuyer> late) {
        var byEntrant = new HashMap<String, RoomBuyer>();
        lobby.forEach(buyer -> byEntrant.put(buyer.entrant(), buyer));
        var queue = new ArrayList<>(order.stream().map(byEntrant::get).toList());
        queue.addAll(late);
        for (int i = 0; i < queue.size(); i++) {
            for (int later = i + 1; later < queue.size(); later++) {
                assertThat(queue.get(i).lastWaitingSentAt())
                        .as("%d was told to wait although %d was admitted", i, later)
                        .isLessThanOrEqualTo(queue.get(later).admittedReceivedAt());
            }
        }
    }

    private static List<String> drawn(String sale, String commitment) throws Exception {
        PublishedOrder published = PublishedOrder.of(draw(sale));
        assertThat(published.commitment()).isEqualTo(commitment);
        assertThat(published.fault()).isEmpty();
        return published.order();
    }

    private static JsonNode draw(String sale) throws Exception {
        ApiClient notifier = operator.at(notifiers().get(0));
        String path = "/api/sales/" + sale + "/waiting-room/draw";
        await().atMost(SOON).until(() -> notifier.get(path).get("drawn").asBoolean());
        return notifier.get(path);
    }

    private static JsonNode create(Instant opensAt) throws InterruptedException {
        var sale = new HashMap<String, Object>(Map.of(
                "title",
                "A sale with a waiting room",
                "priceCents",
                1999,
                "currency",
                "EUR",
                "stock",
                STOCK,
                "perBuyerLimit",
                1,
                "holdSeconds",
                3600,
                "counter",
                "redis",
                "waitingRoom",
                Map.of("admitPerSecond", PER_SECOND)));
        if (opensAt != null) {
            sale.put("opensAt", opensAt.toString());
        }
        return operator.post("/api/sales", sale);
    }

    private static void open(String sale) throws InterruptedException {
        JsonNode unused = operator.patch(
                "/api/sales/" + sale,
                Map.of("opensAt", Instant.now().plusSeconds(1).toString()));
        await().atMost(SOON)
                .until(() -> operator.at(notifiers().get(0))
                        .get("/api/sales/" + sale + "/waiting-room")
                        .get("phase")
                        .asText()
                        .equals("OPEN"));
    }

    private static List<RoomBuyer> buyers(String sale, String prefix, int count) {
        List<URI> notifiers = notifiers();
        String secret = system.secrets().jwtSecret();
        return IntStream.range(0, count)
                .mapToObj(
                        i -> new RoomBuyer(api(), notifiers.get(i % notifiers.size()), secret, sale, prefix + "-" + i))
                .toList();
    }

    private interface Action {
        Object of(RoomBuyer buyer) throws InterruptedException;
    }

    private static void each(List<RoomBuyer> buyers, Action action) throws Exception {
        List<Callable<Object>> tasks = buyers.stream()
                .<Callable<Object>>map(buyer -> () -> action.of(buyer))
                .toList();
        for (Future<Object> done : threads.invokeAll(tasks)) {
            done.get();
        }
    }

    private static URI api() {
        return system.orderServices().get(0).http();
    }

    private static List<URI> notifiers() {
        return system.services().stream()
                .filter(service -> service.name().startsWith("notifier"))
                .map(RunningService::http)
                .toList();
    }
}
