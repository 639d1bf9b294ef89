package dev.doorbuster.systemtests.pages;

import static dev.doorbuster.systemtests.pages.Screen.DESKTOP;
import static dev.doorbuster.systemtests.pages.Screen.HEADING;
import static dev.doorbuster.systemtests.pages.Screen.PHONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.contracts.message.CounterKind;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.message.SaleId;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.systemtests.Command;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;

/** An operator at work, in a browser. */
class ConsoleIT {
    private static final By PASSWORD = By.id("password");
    private static final By TITLE = By.id("title");
    private static final By STOCK = By.id("stock");
    private static final By BUYERS = By.id("buyers");
    private static final By CROWD = By.cssSelector(".crowd-state");
    private static final By VERIFY = By.cssSelector("button.verify");
    private static final By VERDICT = By.cssSelector(".verdict");
    private static final By WHY = By.cssSelector(".why");
    private static final By CHIP = By.cssSelector("h1 + span .chip");
    private static final By UNITS = By.cssSelector("canvas[aria-label^='Units of this sale']");
    private static final By LETTERS_SAID = By.cssSelector(".letters-said");
    private static final String LINES_OF_THE_KIND =
            "const kind = document.createRange(); kind.selectNode(document.querySelector('.letters tbody th').firstChild);"
                    + " return kind.getClientRects().length;";
    private static final Dimension WHOLE_PAGE = new Dimension(1280, 1240);

    /** What Chromium itself writes about answers that refuse, and nobody can keep it from writing. */
    private static final List<String> REFUSED = List.of("status of 409", "status of 401");

    private static Shop shop;
    private static Screen screen;

    @BeforeAll
    static void open() throws InterruptedException {
        shop = Shop.open("console");
        screen = Screen.open(shop.address(), "en");
    }

    @AfterAll
    static void close() {
        if (screen != null) {
            screen.close();
        }
        if (shop != null) {
            shop.close();
        }
    }

    @BeforeEach
    void logIn() {
        screen.forgetEverything();
        screen.load("/console");
        screen.type(PASSWORD, shop.operatorPassword() + Keys.ENTER);
        screen.sees(HEADING, "Sales");
    }

    @AfterEach
    void noErrorsInTheConsole() {
        assertThat(screen.errors())
                .filteredOn(error -> REFUSED.stream().noneMatch(error::contains))
                .isEmpty();
    }

    private static void write(By field, String text) {
        screen.seesSomething(HEADING);
        screen.element(field).clear();
        screen.type(field, text);
    }

    @Test
    void theOperatorCreatesASaleStartsACrowdAndSeesPass() throws IOException {
        // Given
        screen.click(By.cssSelector("nav a[href='/console/new-sale']"));
        screen.sees(HEADING, "New sale");
        write(TITLE, "Sunrise lamp, rehearsed");
        write(STOCK, "150");
        screen.picture("console-new-sale");
        screen.press(Keys.ENTER);
        screen.sees(HEADING, "Sunrise lamp, rehearsed");
        screen.sees(CHIP, "Open");

        // When
        write(BUYERS, "600");
        screen.click(By.cssSelector("button.crowd-start"));

        // Then
        screen.sees(CROWD, "Everybody knows.");
        screen.sees(By.cssSelector("dd.crowdHave"), "150");
        screen.sees(By.cssSelector("dd.crowdRefused"), "450");
        screen.sees(CHIP, "Sold out");
        screen.sees(VERDICT, "PASS");
        screen.sees(WHY, "Everything accepted is decided");
        screen.seesAttribute(UNITS, "aria-label", "Sold 150, Held 150, Paid 0");
        screen.seesAttribute(By.cssSelector("canvas[aria-label^='Orders a second']"), "aria-label", "Reserved ");
        screen.sees(By.tagName("main"), "Living instances: order-service 1, stock-service 1.");
        screen.resize(WHOLE_PAGE);
        screen.picture("console");
        screen.resize(DESKTOP);
        screen.click(By.cssSelector("nav a[href='/console']"));
        screen.sees(By.tagName("main"), "Sunrise lamp, rehearsed");
        screen.picture("console-sales");
    }

    @Test
    void aBusySaleIsPendingWithAReasonAndPassesByItself() throws InterruptedException {
        // Given
        String sale = shop.sale("A lamp nobody decides on", 5);
        screen.load("/console/sales/" + sale);
        screen.sees(VERDICT, "–");
        shop.decider().process().pause();
        try {
            var unused = shop.buyer("alice-" + sale).post("/api/sales/" + sale + "/orders", Map.of("quantity", 1));

            // When
            screen.click(VERIFY);

            // Then
            screen.sees(VERDICT, "PENDING");
            screen.sees(WHY, "still on their way");
        } finally {
            shop.decider().process().resume();
        }
        screen.sees(VERDICT, "PASS");
    }

    @Test
    void aSaleIsScheduledEditedAndEndedByKeyboardAlone() throws InterruptedException {
        // Given
        String sale = shop.sale("A lamp to come", 5, "opensAt", Shop.in(Duration.ofHours(1)));
        screen.load("/console");
        screen.tabTo(By.linkText("A lamp to come"));
        screen.press(Keys.ENTER);
        screen.sees(CHIP, "Scheduled");

        // When
        screen.tabTo(By.cssSelector("main button.quiet"));
        screen.press(Keys.ENTER);
        screen.tabTo(STOCK);
        write(STOCK, "7");
        screen.press(Keys.ENTER);

        // Then
        screen.sees(By.cssSelector(".done"), "Saved.");
        screen.sees(By.cssSelector("main .facts"), "7");

        // When
        screen.tabTo(By.cssSelector("main button.danger"));
        screen.press(Keys.ENTER);
        screen.tabTo(By.cssSelector("dialog button.danger"));
        screen.press(Keys.ENTER);

        // Then
        screen.sees(CHIP, "Ended");
        assertThat(shop.buyer("bob").get("/api/sales/" + sale).get("stock").asInt())
                .isEqualTo(7);
    }

    @Test
    void whatTheServerRefusesIsSaid() throws InterruptedException {
        // Given
        String sale = shop.sale("A lamp that was sold", 2);
        String unused = shop.order("carol", sale);
        unused = shop.order("dave", sale);
        screen.load("/console/sales/" + sale);
        screen.sees(HEADING, "A lamp that was sold");
        screen.click(By.cssSelector("main button.quiet"));

        // When
        write(STOCK, "1");
        screen.press(Keys.ENTER);

        // Then
        screen.sees(By.cssSelector("dialog .error"), "That was not possible");
    }

    @Test
    void whereNothingWasSetAsideThePageSaysSo() throws IOException {
        screen.click(By.cssSelector("nav a[href='/console/dead-letters']"));

        screen.sees(LETTERS_SAID, "There are none");
    }

    @Test
    void aPoisonMessageIsShownWithItsReasonUntilItIsThrownAway() throws Exception {
        // Given
        String sale = shop.sale("A lamp that somebody nameless wants", 5);
        OrderPlaced poison = placed("ann\0ie");
        shop.publish(sale, placed("erin"), poison, placed("frank"));
        try {
            await().atMost(Screen.SEEN_MAX).until(() -> shop.deadLetters() > 0);

            // When
            screen.click(By.cssSelector("nav a[href='/console/dead-letters']"));

            // Then
            screen.sees(LETTERS_SAID, "1");
            screen.sees(By.cssSelector(".letters tbody th"), "order.granted.v1");
            screen.sees(By.cssSelector(".letters .chip"), "refused");
            screen.sees(By.cssSelector(".letters .reason"), "invalid byte sequence");
            screen.sees(By.linkText(sale), sale);
            assertThat(screen.text(By.cssSelector(".letters tbody td:nth-of-type(3)")))
                    .isEqualTo(DoorbusterTopology.ledger(new SaleId(sale).partition()));
            assertThat(screen.text(By.cssSelector(".letters tbody td:nth-of-type(4)")))
                    .isEqualTo(sale);
            assertThat(screen.run(LINES_OF_THE_KIND)).isEqualTo(1L);
            Axe.findsNothingSerious(screen, "/console/dead-letters");
            screen.picture("console-dead-letters");
            screen.click(By.linkText(sale));
            screen.click(VERIFY);
            screen.sees(VERDICT, "PENDING");
            screen.sees(WHY, "dead letters");
        } finally {
            Command.Ended discarded = shop.discardDeadLetters();
            assertThat(discarded.status()).as(discarded.output()).isZero();
        }

        // Then: without it, the neighbours' units are proved
        screen.sees(VERDICT, "PASS");
        screen.seesAttribute(UNITS, "aria-label", "Sold 2, ");
        screen.click(By.cssSelector("nav a[href='/console/dead-letters']"));
        screen.sees(LETTERS_SAID, "There are none");
    }

    private static OrderPlaced placed(String buyer) {
        return new OrderPlaced(
                UUID.randomUUID(),
                UUID.randomUUID(),
                buyer,
                1,
                "key of " + buyer,
                CounterKind.REDIS,
                1,
                "no edge",
                Instant.now(),
                null);
    }

    @Test
    void withoutThePasswordNobodySeesAnything() {
        // Given
        screen.forgetEverything();

        // When
        screen.load("/console/new-sale");
        screen.sees(HEADING, "For who runs the sales");
        screen.type(PASSWORD, "not the password" + Keys.ENTER);

        // Then
        screen.sees(By.cssSelector(".error"), "Name or password is wrong.");
        screen.sees(HEADING, "For who runs the sales");
    }

    @Test
    void axeFindsNothingSeriousAndNoPageIsWiderThanAPhone() throws IOException, InterruptedException {
        String sale = shop.sale("A lamp for everybody", 5);
        Map<String, String> pages = Map.of(
                "/console",
                "Sales",
                "/console/new-sale",
                "New sale",
                "/console/sales/" + sale,
                "A lamp for everybody",
                "/console/no-such-page",
                "There is nothing here");
        for (boolean dark : List.of(false, true)) {
            screen.dark(dark);
            for (Map.Entry<String, String> page : pages.entrySet()) {
                screen.load(page.getKey());
                screen.sees(HEADING, page.getValue());
                Axe.findsNothingSerious(screen, page.getKey());
            }
        }
        screen.dark(false);
        screen.resize(PHONE);
        for (Map.Entry<String, String> page : pages.entrySet()) {
            screen.load(page.getKey());
            screen.sees(HEADING, page.getValue());
            screen.fitsTheWidth();
        }
        screen.resize(DESKTOP);
    }

    @Test
    void whoeverReadsChineseGetsTheConsoleInChinese() throws InterruptedException {
        // Given
        String sale = shop.sale("灯", 5);

        // When
        screen.click(By.cssSelector("#top button[lang=zh]"));

        // Then
        for (String path :
                List.of("/console", "/console/new-sale", "/console/dead-letters", "/console/sales/" + sale)) {
            screen.load(path);
            screen.sees(By.cssSelector("nav"), "新建抢购");
            screen.seesSomething(HEADING);
            assertThat(screen.text(By.tagName("main"))).doesNotContain("Stock", "Verify", "Crowd", "Loading", "Opens");
        }
        screen.click(VERIFY);
        screen.sees(VERDICT, "通过");
        screen.forgetEverything();
    }
}
