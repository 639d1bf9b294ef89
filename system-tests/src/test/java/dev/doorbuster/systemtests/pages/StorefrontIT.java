package dev.doorbuster.systemtests.pages;

import static dev.doorbuster.systemtests.pages.Screen.BANNER;
import static dev.doorbuster.systemtests.pages.Screen.BUY;
import static dev.doorbuster.systemtests.pages.Screen.HEADING;
import static dev.doorbuster.systemtests.pages.Screen.OUTCOME;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doorbuster.crowd.client.ApiClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** Buyers use the storefront in their browsers. */
class StorefrontIT {
    private static final By LEFT = By.cssSelector(".left");
    private static final By JUST = By.cssSelector(".just");
    private static final By SAYS = By.cssSelector(".says");
    private static final By HINT = By.cssSelector(".hint");
    private static final By MORE = By.cssSelector("button.more");
    private static final By FACTS = By.cssSelector(".facts");
    private static final By GIVE_BACK = By.cssSelector("button.danger");

    /** An error message that Chromium logs for an error status, which pages cannot suppress. */
    private static final String REFUSED = "the server responded with a status of 409";

    private static Shop shop;
    private static Screen alice;
    private static Screen bob;

    /** Console errors expected in this test. */
    private List<String> expected;

    @BeforeAll
    static void open() throws InterruptedException {
        shop = Shop.shared();
        alice = Screen.open(shop.address(), "en");
        bob = Screen.open(shop.address(), "en");
    }

    @AfterAll
    static void close() {
        Stream.of(alice, bob).filter(each -> each != null).forEach(StorefrontIT::end);
    }

    private static void end(AutoCloseable what) {
        try {
            what.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void begin() {
        alice.forgetEverything();
        bob.forgetEverything();
        expected = List.of();
    }

    @AfterEach
    void noErrorsInTheConsoles() {
        assertThat(Stream.of(alice, bob).flatMap(screen -> screen.errors().stream()))
                .filteredOn(error -> expected.stream().noneMatch(error::contains))
                .isEmpty();
    }

    @Test
    void aPurchaseTakesNothingButAKeyboard() throws InterruptedException {
        // Given
        String sale = shop.sale("Lamp for the keyboard", 5);
        shop.awaitListed(sale);
        alice.load("/");
        alice.sees(By.tagName("main"), "Lamp for the keyboard");

        // When
        alice.tabTo(By.cssSelector("a[href='/sales/" + sale + "']"));
        alice.press(Keys.ENTER);
        alice.sees(BUY, "Buy now");
        assertThat(alice.focused().getTagName()).isEqualTo("h1");
        alice.tabTo(BUY);
        alice.press(Keys.ENTER);
        alice.sees(By.tagName("dialog"), "Log in");
        alice.press("kim-" + sale);
        alice.press(Keys.ENTER);
        alice.sees(BUY, "Yours: pay within");
        alice.sees(OUTCOME, "Reserved for you");
        assertThat(alice.focused()).isEqualTo(alice.element(BUY));
        alice.press(Keys.ENTER);
        alice.sees(BUY, "Pay €49.00");
        alice.tabTo(BUY);
        alice.press(Keys.ENTER);

        // Then
        alice.sees(SAYS, "Paid. It is yours.");
        assertThat(alice.focused().getTagName()).isEqualTo("h1");
    }

    /** Every state of a sale and of an order: after each step both tabs say what the API says. */
    @Test
    void twoTabsSayWhatTheApiSaysInEveryState() throws InterruptedException {
        List<Runnable> undo = List.of(alice.readMoreOften(), bob.readMoreOften());
        try {
            walkThroughEveryState();
        } finally {
            undo.forEach(Runnable::run);
        }
    }

    private static void walkThroughEveryState() throws InterruptedException {
        // Given: one buyer in two tabs
        String sale =
                shop.sale("A lamp in every state", 4, "perBuyerLimit", 3, "opensAt", Shop.in(Duration.ofHours(1)));
        String path = "/api/sales/" + sale;
        String name = "walker-" + sale;
        ApiClient buyer = shop.buyer(name);
        for (Screen tab : List.of(alice, bob)) {
            tab.load("/sales/" + sale);
            tab.logIn(name);
        }
        agree(sale, buyer, "SCHEDULED", "opens");

        // When, then
        patch(path, "opensAt", Shop.in(Duration.ofSeconds(2)));
        agree(sale, buyer, "OPEN", "buy");
        String cancelled = shop.order(name, sale);
        agree(sale, buyer, "OPEN", "yours", "RESERVED");
        done(buyer.delete("/api/orders/" + cancelled));
        agree(sale, buyer, "OPEN", "buy", "CANCELLED");
        String paid = shop.order(name, sale);
        done(buyer.post("/api/orders/" + paid + "/payment", Map.of("reference", "r-1")));
        agree(sale, buyer, "OPEN", "buy", "PAID", "CANCELLED");
        done(buyer.post("/api/orders/" + cancelled + "/payment", Map.of("reference", "r-2")));
        agree(sale, buyer, "OPEN", "buy", "PAID", "REFUND_DUE");
        done(buyer.post(path + "/orders", Map.of("quantity", 3)));
        agree(sale, buyer, "OPEN", "buy", "REJECTED", "PAID", "REFUND_DUE");
        done(shop.operator().post(path + "/pause", Map.of()));
        agree(sale, buyer, "PAUSED", "paused", "REJECTED", "PAID", "REFUND_DUE");
        done(shop.operator().delete(path + "/pause"));
        patch(path, "holdSeconds", 1);
        String expired = shop.order(name, sale);
        agree(sale, buyer, "OPEN", "buy", "EXPIRED", "REJECTED", "PAID", "REFUND_DUE");
        patch(path, "holdSeconds", 600);
        ApiClient other = shop.buyer("other-" + sale);
        String rest = shop.order("other-" + sale, sale);
        patch(path, "stock", 2);
        agree(sale, buyer, "SOLD_OUT", "might-return", "EXPIRED", "REJECTED", "PAID", "REFUND_DUE");
        done(other.post("/api/orders/" + rest + "/payment", Map.of("reference", "r-3")));
        agree(sale, buyer, "SOLD_OUT", "sold-out", "EXPIRED", "REJECTED", "PAID", "REFUND_DUE");
        done(shop.operator().delete(path));
        agree(sale, buyer, "CLOSED", "ended", "EXPIRED", "REJECTED", "PAID", "REFUND_DUE");

        // Then: the list of orders and each order's page say it, too
        alice.load("/orders");
        Map<String, String> texts = Map.of(
                "EXPIRED", "Not paid in time",
                "REJECTED", "Not accepted",
                "PAID", "Paid",
                "REFUND_DUE", "Refund due");
        for (JsonNode order : buyer.list("/api/orders?saleId=" + sale, "orders")) {
            String id = order.get("id").asText();
            String text = texts.get(order.get("status").asText());
            alice.sees(By.cssSelector("a[href='/orders/" + id + "']"), text);
            bob.load("/orders/" + id);
            bob.sees(By.cssSelector(".chip"), text);
        }
        assertThat(buyer.get("/api/orders/" + expired).get("status").asText()).isEqualTo("EXPIRED");
    }

    /** Waits until the API says so, then until both tabs do: the button, the state, and the units left. */
    private static void agree(String sale, ApiClient buyer, String state, String button, String... statuses)
            throws InterruptedException {
        Awaitility.await().atMost(Screen.SEEN_MAX).untilAsserted(() -> {
            assertThat(shop.operator().get("/api/sales/" + sale).get("state").asText())
                    .isEqualTo(state);
            assertThat(buyer.list("/api/orders?saleId=" + sale, "orders"))
                    .extracting(order -> order.get("status").asText())
                    .containsExactly(statuses);
        });
        String chip = Map.of(
                        "SCHEDULED", "Soon",
                        "OPEN", "Open",
                        "PAUSED", "Paused",
                        "SOLD_OUT", "Sold out",
                        "CLOSED", "Ended")
                .get(state);
        for (Screen tab : List.of(alice, bob)) {
            tab.seesAttribute(BUY, "data-kind", button);
            tab.sees(By.cssSelector(".sale-side .chip"), chip);
            // The API's units are half a second old at most, so both are read again until they agree.
            Awaitility.await().atMost(Screen.SEEN_MAX).untilAsserted(() -> {
                JsonNode now = shop.operator().get("/api/sales/" + sale);
                assertThat(tab.text(LEFT))
                        .isEqualTo("%s of %s left"
                                .formatted(
                                        now.get("available").asLong(),
                                        now.get("stock").asLong()));
            });
        }
    }

    private static void patch(String path, String field, Object value) throws InterruptedException {
        done(shop.operator().patch(path, Map.of(field, value)));
    }

    private static void done(JsonNode answer) {
        assertThat(answer).isNotNull();
    }

    @Test
    void oneOfTwoGetsTheLastUnitAndTheOtherIsRefused() throws InterruptedException {
        // Given
        expected = List.of(REFUSED);
        String sale = shop.sale("The last lamp", 1);
        alice.load("/sales/" + sale);
        alice.logIn("alice-" + sale);
        bob.load("/sales/" + sale);
        bob.logIn("bob-" + sale);
        alice.sees(BUY, "Buy now");
        bob.sees(BUY, "Buy now");

        // When
        Thread other = new Thread(() -> bob.click(BUY));
        other.start();
        alice.click(BUY);
        other.join();

        // Then
        Screen winner = alice.seesEither(BUY, "Yours", "Sold out") ? alice : bob;
        Screen loser = winner == alice ? bob : alice;
        winner.sees(BUY, "Yours: pay within 9:");
        winner.sees(LEFT, "0 of 1 left");
        loser.sees(BUY, "Sold out; 1 unpaid may return");
        winner.click(BUY);
        winner.sees(BUY, "Pay");
        winner.click(BUY);
        winner.sees(SAYS, "Paid");
        loser.sees(BUY, "Sold out");
        loser.sees(By.cssSelector(".hint"), "All units are paid for");
    }

    @Test
    void returnedUnitsAreOnSaleAgainOnAllPages() throws InterruptedException {
        // Given
        String sale = shop.sale("A lamp to give back", 1);
        alice.load("/sales/" + sale);
        alice.logIn("alice-" + sale);
        bob.load("/sales/" + sale);
        alice.click(BUY);
        alice.sees(BUY, "Yours");
        bob.sees(BUY, "Sold out; 1 unpaid");

        // When
        alice.click(BUY);
        alice.click(GIVE_BACK);
        alice.click(By.cssSelector("dialog button.danger"));

        // Then
        alice.sees(SAYS, "This order was cancelled");
        bob.sees(BUY, "Buy now");
        bob.sees(JUST, "Back on sale: 1 unit");
        alice.click(By.cssSelector("nav a[href='/orders']"));
        alice.sees(By.cssSelector(".order-line"), "Cancelled");
    }

    @Test
    void anExpiredSessionLogsTheBuyerOut() throws InterruptedException {
        // Given
        String sale = shop.sale("Lamp for a short while", 5);
        alice.load("/sales/" + sale);
        alice.sees(BUY, "Buy now");
        alice.logIn("alice-" + sale);

        // When
        alice.endLogInAfter(Duration.ofSeconds(2));
        alice.reload();

        // Then
        alice.sees(By.cssSelector("#top .account"), "Log in");
        assertThat(alice.run("return sessionStorage.length")).isEqualTo(0L);
    }

    @Test
    void aHoldIsSeenToEndAndItsUnitToComeBack() throws InterruptedException {
        // Given
        String sale = shop.sale("A lamp for the quick", 1, "holdSeconds", 10);
        alice.load("/sales/" + sale);
        alice.logIn("alice-" + sale);
        bob.load("/sales/" + sale);
        bob.sees(BUY, "Buy now");

        // When
        alice.click(BUY);
        alice.sees(BUY, "Yours");
        alice.click(BUY);

        // Then
        alice.sees(SAYS, "It was not paid in time");
        bob.sees(BUY, "Buy now");
        bob.sees(LEFT, "1 of 1 left");
    }

    @Test
    void aReloadWhileTheOrderIsUnderWayBuysOnce() throws InterruptedException {
        // Given
        String sale = shop.sale("A lamp and a reload", 9, "perBuyerLimit", 9);
        String name = "alice-" + sale;
        alice.load("/sales/" + sale);
        alice.logIn(name);
        alice.sees(BUY, "Buy now");
        shop.decider().process().pause();
        try {
            alice.click(BUY);
            alice.sees(BUY, "Placing your order");

            // When
            alice.reload();
            alice.sees(BUY, "Placing your order");
        } finally {
            shop.decider().process().resume();
        }

        // Then
        alice.sees(BUY, "Yours");
        assertThat(shop.buyer(name).list("/api/orders?saleId=" + sale, "orders"))
                .hasSize(1);
    }

    @Test
    void anOrderThatIsPutOffComesBackNotBeforeItMayAndIsTheSameOrder() throws InterruptedException {
        // Given
        String sale = shop.sale("A lamp on a busy day", 5);
        alice.load("/sales/" + sale);
        alice.logIn("alice-" + sale);
        alice.sees(BUY, "Buy now");
        Object unused = alice.run("""
                const real = window.fetch;
                window.placed = [];
                window.fetch = (url, request) => {
                  if (request.method !== 'POST' || !url.endsWith('/orders')) return real(url, request);
                  placed.push({ at: performance.now(), key: request.headers['Idempotency-Key'] });
                  return placed.length > 1 ? real(url, request) : Promise.resolve(new Response(
                    JSON.stringify({ type: '/problems/overloaded', status: 503 }),
                    { status: 503, headers: { 'Retry-After': '3' } }));
                };""");

        // When
        alice.click(BUY);

        // Then
        alice.sees(BUY, "Very busy. Trying again in 0:0");
        alice.sees(BUY, "Yours");
        assertThat(alice.run("return placed.length")).isEqualTo(2L);
        assertThat(alice.run("return placed[0].key === placed[1].key")).isEqualTo(true);
        assertThat(alice.run("return placed[1].at - placed[0].at >= 3000")).isEqualTo(true);
    }

    @Test
    void aLostConnectionIsReportedAndReopened() throws InterruptedException {
        // Given
        expected = List.of("net::ERR_");
        String sale = shop.sale("A lamp behind a bad line", 5);
        alice.load("/sales/" + sale);
        alice.logIn("alice-" + sale);
        alice.sees(BUY, "Buy now");
        alice.seesNothing(BANNER);

        // When
        shop.notifier().process().kill();

        // Then
        alice.sees(BANNER, "Connection lost, trying again");
        shop.notifier().process().restart();
        alice.seesNothing(BANNER);
        var unused = shop.buyer("carol-" + sale).post("/api/sales/" + sale + "/orders", Map.of("quantity", 1));
        alice.sees(JUST, "Just sold: 1 unit");
        alice.sees(LEFT, "4 of 5 left");
    }

    @Test
    void aSaleOpensOnTheServersClockAndWithoutAReload() throws InterruptedException {
        // Given
        try (Screen wrong = Screen.open(shop.address(), "en")) {
            wrong.setClockWrongBy(Duration.ofHours(1));
            String sale = shop.sale("A lamp to come", 5, "opensAt", Shop.in(Duration.ofHours(2)));
            wrong.load("/sales/" + sale);
            wrong.sees(BUY, "Opens in 1:5");
            patch("/api/sales/" + sale, "opensAt", Shop.in(Duration.ofSeconds(15)));

            // When
            wrong.load("/sales/" + sale);

            // Then
            wrong.sees(BUY, "Opens in 0:");
            assertThat(wrong.attribute(BUY, "aria-disabled")).isEqualTo("true");
            wrong.sees(BUY, "Buy now");
            assertThat(wrong.attribute(BUY, "aria-disabled")).isEqualTo("false");
            assertThat(wrong.errors()).isEmpty();
        }
    }

    @Test
    void aReservationThatWasNotPaidForIsNotSaidToBeReserved() throws InterruptedException {
        // Given
        String sale = shop.sale("A lamp not paid for", 5, "holdSeconds", 10);
        alice.load("/sales/" + sale);
        alice.logIn("alice-" + sale);

        // When
        alice.click(BUY);
        alice.sees(OUTCOME, "Reserved for you");

        // Then
        alice.sees(OUTCOME, "It was not paid in time");
        alice.sees(BUY, "Buy now");
    }

    @Test
    void anOrderCancelledInAnotherTabIsNotSaidToBeReserved() throws InterruptedException {
        // Given
        String sale = shop.sale("A lamp cancelled elsewhere", 5);
        String name = "alice-" + sale;
        alice.load("/sales/" + sale);
        alice.logIn(name);
        alice.click(BUY);
        alice.sees(OUTCOME, "Reserved for you");

        // When
        ApiClient elsewhere = shop.buyer(name);
        String order = elsewhere
                .list("/api/orders?saleId=" + sale, "orders")
                .get(0)
                .get("id")
                .asText();
        var unused = elsewhere.delete("/api/orders/" + order);

        // Then
        alice.sees(OUTCOME, "This order was cancelled");
        alice.sees(BUY, "Buy now");
    }

    @Test
    void aBuyerWhoLogsInToBuyIsShownTheUnitThatIsAlreadyReserved() throws InterruptedException {
        // Given
        String sale = shop.sale("A lamp in two tabs", 5);
        String name = "alice-" + sale;
        shop.order(name, sale);
        alice.load("/sales/" + sale);
        alice.sees(HINT, "You are not logged in");

        // When
        alice.click(BUY);
        alice.type(By.id("who"), name + Keys.ENTER);

        // Then
        alice.sees(BUY, "Yours: pay within");
        alice.seesNothing(OUTCOME);
        alice.seesNothing(HINT);
        assertThat(shop.buyer(name).list("/api/orders?saleId=" + sale, "orders"))
                .hasSize(1);
    }

    @Test
    void anOrderWithATokenThatIsNotAcceptedLeadsToTheLogInAndIsPlacedOnce() throws InterruptedException {
        // Given
        expected = List.of("status of 401");
        String sale = shop.sale("A lamp after a log-out", 5, "perBuyerLimit", 2);
        String name = "alice-" + sale;
        alice.load("/sales/" + sale);
        alice.logIn(name);
        alice.sees(BUY, "Buy now");

        // When: in one script, because a reading in between would be refused first, and log out before the order
        Object unused = alice.run("const session = JSON.parse(sessionStorage.getItem('doorbuster.session'));"
                + "sessionStorage.setItem('doorbuster.session', JSON.stringify({...session, token: 'not-a-token'}));"
                + "document.querySelector('button.big').click();");

        // Then
        alice.sees(OUTCOME, "You were logged out. Log in again");
        alice.logIn(name);
        alice.sees(BUY, "Yours: pay within");
        assertThat(shop.buyer(name).list("/api/orders?saleId=" + sale, "orders"))
                .hasSize(1);
    }

    @Test
    void withinTheLimitABuyerWhoHoldsAUnitBuysMore() throws InterruptedException, IOException {
        // Given
        String sale = shop.sale("Lamps for three", 5, "perBuyerLimit", 3);
        String name = "alice-" + sale;
        shop.order(name, sale);
        alice.load("/sales/" + sale);
        alice.logIn(name);
        alice.sees(BUY, "Yours: pay within");

        // When
        alice.sees(MORE, "Buy more");
        alice.resize(Screen.PHONE);
        alice.fitsTheWidth();
        alice.picture("buy-more-phone");
        alice.resize(Screen.DESKTOP);
        alice.picture("buy-more");
        alice.click(MORE);

        // Then
        alice.sees(OUTCOME, "Reserved for you");
        assertThat(shop.buyer(name).list("/api/orders?saleId=" + sale, "orders"))
                .extracting(order -> order.get("status").asText())
                .containsExactly("RESERVED", "RESERVED");
    }

    @Test
    void aBuyerAsksForAReminderAndTakesItBack() throws InterruptedException {
        // Given
        By remind = By.cssSelector("button.remind");
        By said = By.cssSelector(".before-opening");
        String sale = shop.sale("A lamp to remember", 5, "opensAt", Shop.in(Duration.ofHours(3)));
        ApiClient buyer = shop.buyer("alice-" + sale);
        alice.load("/sales/" + sale);
        alice.sees(remind, "Remind me 10 minutes before");

        // When: it asks for the log-in first
        alice.click(remind);
        alice.type(By.id("who"), "alice-" + sale + Keys.ENTER);

        // Then
        alice.sees(said, "You get a mail 10 minutes before the opening.");
        alice.reload();
        alice.sees(remind, "Do not remind me");
        alice.sees(said, "You get a mail 10 minutes before the opening.");
        assertThat(buyer.get("/api/sales/" + sale + "/reminder").get("wanted").asBoolean())
                .isTrue();

        // When
        alice.click(remind);

        // Then
        alice.sees(remind, "Remind me 10 minutes before");
        assertThat(buyer.get("/api/sales/" + sale + "/reminder").get("wanted").asBoolean())
                .isFalse();
        var unused = shop.operator().delete("/api/sales/" + sale + "/draft");
    }

    @Test
    void theNextSaleToOpenIsListedFirst() throws InterruptedException {
        // Given
        String later = shop.sale("A lamp for later", 5, "opensAt", Shop.in(Duration.ofHours(5)));
        String next = shop.sale("A lamp for soon", 5, "opensAt", Shop.in(Duration.ofHours(2)));
        String last = shop.sale("A lamp for the year's end", 5, "opensAt", Shop.in(Duration.ofHours(9)));
        shop.awaitListed(last);

        // When
        alice.load("/");
        alice.sees(By.tagName("main"), "A lamp for the year's end");

        // Then
        assertThat(alice.run(
                        "return [...document.querySelectorAll('.sale-card')].map(card => card.pathname.split('/')[2])"
                                + ".filter(sale => arguments[0].includes(sale))",
                        List.of(later, next, last)))
                .isEqualTo(List.of(next, later, last));
        for (String sale : List.of(later, next, last)) {
            var unused = shop.operator().delete("/api/sales/" + sale + "/draft");
        }
    }

    @Test
    void aSaleEndedByTheOperatorIsNotSaidToHaveAnEndToCome() throws InterruptedException {
        // Given
        String sale = shop.sale("A lamp ended early", 5, "closesAt", Shop.in(Duration.ofHours(2)));
        var unused = shop.operator().delete("/api/sales/" + sale);

        // When
        alice.load("/sales/" + sale);

        // Then
        alice.sees(BUY, "Sale ended");
        assertThat(alice.text(FACTS)).contains("Opens").doesNotContain("Ends");
    }

    @Test
    void aSaleThatEndsShowsIt() throws InterruptedException {
        // Given
        String sale = shop.sale("A lamp until soon", 5, "closesAt", Shop.in(Duration.ofSeconds(10)));

        // When
        alice.load("/sales/" + sale);

        // Then
        alice.sees(BUY, "Sale ended");
        alice.sees(HEADING, "A lamp until soon");
    }
}
