package dev.doorbuster.systemtests.pages;

import static dev.doorbuster.systemtests.pages.Screen.BUY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** Buyers wait for their turn in their browsers. */
class WaitingRoomPageIT {
    private static final By LEAVE = By.cssSelector("button.leave");
    private static final By HINT = By.cssSelector(".hint");
    private static final int WAITING = 200;

    private static Shop shop;
    private static Screen alice;
    private static Screen bob;

    @BeforeAll
    static void open() throws Exception {
        shop = Shop.shared();
        alice = Screen.open(shop.address(), "en");
        bob = Screen.open(shop.address(), "zh-CN,zh");
    }

    @AfterAll
    static void close() throws Exception {
        for (AutoCloseable each :
                Stream.of(alice, bob).filter(each -> each != null).toList()) {
            each.close();
        }
    }

    @BeforeEach
    void begin() {
        alice.forgetEverything();
        bob.forgetEverything();
    }

    @AfterEach
    void noErrorsInTheConsoles() {
        assertThat(Stream.of(alice, bob).flatMap(screen -> screen.errors().stream()))
                .isEmpty();
    }

    @Test
    void admitsABuyerWhoThenOrders() throws Exception {
        // Given
        String sale = shop.sale("A lamp in turn", 5, "waitingRoom", Map.of("admitPerSecond", 50, "workBits", 10));
        alice.load("/sales/" + sale);
        alice.logIn("alice-" + sale);

        // When
        alice.sees(BUY, "Enter the waiting room");
        alice.click(BUY);
        alice.sees(BUY, "Buy now");
        alice.sees(HINT, "It is your turn");
        assertThat(alice.run(
                        "return Object.keys(localStorage).filter(key => key.startsWith('doorbuster.room.')).length"))
                .as("a turn is not taken again unasked")
                .isEqualTo(0L);
        Axe.findsNothingSerious(alice, "a turn");
        alice.reload();
        alice.sees(BUY, "Buy now");
        alice.click(BUY);

        // Then
        alice.sees(BUY, "Yours: pay within");
    }

    @Test
    void keepsAPlaceFromTheLobbyToTheEnd() throws Exception {
        // Given
        String sale = shop.sale(
                "A lamp for the patient",
                500,
                "opensAt",
                Shop.in(Duration.ofHours(1)),
                "waitingRoom",
                Map.of("admitPerSecond", 1));
        alice.load("/sales/" + sale);
        alice.sees(BUY, "Enter the waiting room");
        alice.click(BUY);
        alice.sees(By.tagName("dialog"), "Log in");
        alice.type(By.id("who"), "alice-" + sale + Keys.ENTER);
        alice.sees(BUY, "Opens in");
        alice.sees(HINT, "drawn at random");
        Axe.findsNothingSerious(alice, "the lobby");
        alice.reload();
        alice.sees(BUY, "Opens in");
        alice.click(LEAVE);
        alice.sees(BUY, "Enter the waiting room");
        shop.fillRoom(sale, WAITING);
        shop.openRoom(sale);

        // When
        alice.click(BUY);
        alice.sees(BUY, "in the queue");
        bob.load("/sales/" + sale);
        bob.logIn("bob-" + sale);
        bob.sees(BUY, "进入等候室");
        bob.click(BUY);
        bob.sees(BUY, "排在第");

        // Then
        alice.sees(HINT, "before you");
        Axe.findsNothingSerious(alice, "the queue");
        alice.load("/");
        Object unused = alice.run("history.back()");
        alice.sees(BUY, "in the queue");
        int before = number(bob);
        alice.click(LEAVE);
        alice.sees(BUY, "Enter the waiting room");
        await().atMost(Screen.SEEN_MAX).until(() -> number(bob) < before);

        // When: the connection is lost, and another page of the same buyer is opened.
        int atMost = number(bob);
        shop.notifier().process().kill();
        shop.notifier().process().restart();
        alice.forgetEverything();
        alice.load("/sales/" + sale);
        alice.logIn("bob-" + sale);

        // Then
        alice.sees(BUY, "in the queue");
        bob.sees(BUY, "排在第");
        assertThat(List.of(number(alice), number(bob)))
                .allSatisfy(place -> assertThat(place).isBetween(1, atMost));
        String firstTab = bob.openTab();
        bob.load("/sales/" + sale);
        bob.logIn("bob-" + sale);
        bob.sees(BUY, "排在第");
        assertThat(number(bob)).isBetween(1, atMost);
        bob.closeTab(firstTab);
        alice.resize(Screen.PHONE);
        alice.fitsTheWidth();
        alice.resize(Screen.DESKTOP);
        Axe.findsNothingSerious(bob, "the queue in Chinese");
        assertThat(Stream.of(alice, bob).flatMap(screen -> screen.errors().stream()))
                .allMatch(error -> error.contains("net::ERR_"));

        // When
        JsonNode ended = shop.operator().delete("/api/sales/" + sale);

        // Then
        assertThat(ended.get("state").asText()).isEqualTo("CLOSED");
        bob.sees(BUY, "抢购已结束");
        alice.sees(BUY, "Sale ended");
    }

    @Test
    void tellsThatTheStockIsGoneAndOffersAReturnedUnitToThoseWhoStandBy() throws Exception {
        // Given
        String sale = shop.sale("The last lamp", 1, "waitingRoom", Map.of("admitPerSecond", 50));
        alice.load("/sales/" + sale);
        alice.logIn("alice-" + sale);
        alice.sees(BUY, "Enter the waiting room");
        String carol = "carol-" + sale;
        String order = shop.buyInTurn(sale, carol);

        // When
        alice.sees(BUY, "Sold out: wait for returned units");
        alice.sees(HINT, "1 unit");
        Axe.findsNothingSerious(alice, "a sale that is sold out");
        alice.click(BUY);
        alice.sees(BUY, "Number 1 for a returned unit");
        bob.load("/sales/" + sale);
        bob.logIn("bob-" + sale);
        bob.sees(BUY, "已售罄：等候退回的商品");
        bob.click(BUY);
        bob.sees(BUY, "第 2 位");
        bob.resize(Screen.PHONE);
        bob.fitsTheWidth();
        Axe.findsNothingSerious(bob, "standing by in Chinese on a phone");
        bob.resize(Screen.DESKTOP);
        alice.reload();
        alice.sees(BUY, "Number 1 for a returned unit");
        JsonNode cancelled = shop.buyer(carol).delete("/api/orders/" + order);

        // Then
        assertThat(cancelled.get("status").asText()).isEqualTo("CANCELLED");
        alice.sees(BUY, "Buy now");
        alice.click(BUY);
        alice.sees(BUY, "Yours: pay within");
        bob.sees(BUY, "第 1 位");
        bob.click(LEAVE);
        bob.sees(BUY, "已售罄：等候退回的商品");
    }

    @Test
    void rafflesUnitsAmongThoseWhoEntered() throws Exception {
        // Given
        String sale = shop.sale(
                "A raffled lamp", 1, "opensAt", Shop.in(Duration.ofHours(1)), "raffle", true, "holdSeconds", 3600);
        alice.load("/sales/" + sale);
        alice.sees(BUY, "Enter the raffle");
        Axe.findsNothingSerious(alice, "a raffle");
        alice.click(BUY);
        alice.sees(By.tagName("dialog"), "Log in");
        alice.type(By.id("who"), "alice-" + sale + Keys.ENTER);
        alice.sees(BUY, "You are in. Drawn in");
        alice.reload();
        alice.sees(BUY, "You are in. Drawn in");
        bob.load("/sales/" + sale);
        bob.logIn("bob-" + sale);
        bob.sees(BUY, "参加抽签");
        bob.click(BUY);
        bob.sees(BUY, "已报名");
        bob.sees(LEAVE, "撤回报名");
        bob.click(LEAVE);
        bob.sees(BUY, "参加抽签");
        bob.click(BUY);
        bob.sees(BUY, "已报名");
        bob.resize(Screen.PHONE);
        bob.fitsTheWidth();
        bob.resize(Screen.DESKTOP);

        // When
        JsonNode opens = shop.operator().patch("/api/sales/" + sale, Map.of("opensAt", Shop.in(Duration.ofSeconds(1))));

        // Then
        assertThat(opens.get("raffle").get("seed").isNull()).isTrue();
        boolean aliceWon = alice.seesEither(BUY, "Yours: pay within", "Drawn: place 2");
        bob.sees(BUY, aliceWon ? "抽签结果：第 2 位" : "已为您保留");
        Axe.findsNothingSerious(bob, "a drawn raffle in Chinese");
        bob.forgetEverything();
        bob.load("/sales/" + sale);
        bob.logIn("late-" + sale);
        bob.sees(BUY, "抽签报名已截止");
    }

    private static int number(Screen screen) {
        return Integer.parseInt(screen.text(BUY).replaceAll("\\D", ""));
    }
}
