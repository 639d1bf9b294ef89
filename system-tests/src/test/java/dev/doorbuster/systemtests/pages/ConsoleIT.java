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
import java.util.regex.Pattern;
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
    private static final By UNITS = By.cssSelector(".plot[aria-label^='Units of this sale']");
    private static final By LETTERS_SAID = By.cssSelector(".letters-said");
    private static final String LINES_OF_THE_KIND =
            "const kind = document.createRange(); kind.selectNode(document.querySelector('.letters tbody th').firstChild);"
                    + " return kind.getClientRects().length;";
    private static final By ORDERS = By.cssSelector(".plot[aria-label^='Orders a second']");
    private static final By QUEUES = By.cssSelector(".plot[aria-label^='Messages waiting']");
    private static final By DONE = By.cssSelector(".done");
    private static final By EDIT = By.cssSelector("main button.quiet");
    private static final By SAVE = By.cssSelector("dialog button:not(.quiet)");
    private static final String LOG_IN = "For who runs the sales";
    private static final Dimension WHOLE_PAGE = new Dimension(1280, 1240);

    /** What Chromium itself writes about answers that refuse, and nobody can keep it from writing. */
    private static final List<String> REFUSED = List.of("status of 409", "status of 401", "status of 503");

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
        screen.seesAttribute(ORDERS, "aria-label", Pattern.compile("Reserved \\d"));
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
    void anEndThatIsEmptiedIsTakenOff() throws InterruptedException {
        // Given
        String sale = shop.sale("A lamp with an end", 5, "closesAt", Shop.in(Duration.ofHours(1)));
        screen.load("/console/sales/" + sale);
        screen.sees(HEADING, "A lamp with an end");
        screen.click(EDIT);

        // When
        screen.element(By.id("closes")).clear();
        screen.click(SAVE);

        // Then
        screen.sees(DONE, "Saved.");
        screen.sees(By.cssSelector("main .facts"), "When it is ended");
        assertThat(shop.buyer("bob").get("/api/sales/" + sale).get("closesAt").isNull())
                .isTrue();
    }

    @Test
    void anOpeningCannotBeEmptied() throws InterruptedException {
        // Given
        String sale = shop.sale("A lamp for later", 5, "opensAt", Shop.in(Duration.ofHours(1)));
        screen.load("/console/sales/" + sale);
        screen.sees(CHIP, "Scheduled");
        screen.click(EDIT);

        // When
        screen.element(By.id("opens")).clear();
        screen.click(SAVE);

        // Then
        assertThat(screen.run("return document.getElementById('opens').matches(':invalid')"))
                .isEqualTo(true);
        assertThat(screen.text(DONE)).isEmpty();
    }

    @Test
    void whatIsSavedAgainIsSaidAgain() throws InterruptedException {
        // Given
        String sale = shop.sale("A lamp that changes", 5);
        screen.load("/console/sales/" + sale);
        screen.sees(HEADING, "A lamp that changes");
        Object unused = screen.run("window.said = [];"
                + "const done = document.querySelector('.done');"
                + "new MutationObserver(() => window.said.push(done.textContent)).observe(done, {childList: true});");

        // When
        for (String stock : List.of("6", "7")) {
            screen.click(EDIT);
            write(STOCK, stock);
            screen.click(SAVE);
            screen.sees(By.cssSelector("main .facts"), stock);
            screen.sees(DONE, "Saved.");
        }

        // Then
        assertThat(screen.run("return window.said.filter((text) => text === 'Saved.').length"))
                .isEqualTo(2L);
    }

    @Test
    void aVerificationThatCouldNotBeDoneIsHeard() throws InterruptedException {
        // Given
        String sale = shop.sale("A lamp nobody can prove", 5);
        screen.load("/console/sales/" + sale);
        screen.sees(VERDICT, "–");
        answerInstead("/verification", "new Response('{}', {status: 503})");

        // When
        screen.click(VERIFY);

        // Then
        screen.sees(WHY, "The answer was not heard");
        screen.hears("The answer was not heard");
    }

    /** From now on this page is answered that where the address has that in it; `real` is what the server said. */
    private static void answerInstead(String address, String answer) {
        Object unused = screen.run("const before = window.fetch;"
                + "window.fetch = async (url, request) => {"
                + "  const real = await before(url, request);"
                + "  return String(url).includes('" + address + "') ? " + answer + " : real;"
                + "};");
    }

    @Test
    void whoseTimeIsOverIsAskedToLogInAgainWithoutDoingAnything() {
        // Given
        screen.load("/console/new-sale");
        screen.sees(HEADING, "New sale");

        // When
        screen.endLogInAfter(Duration.ofSeconds(2));
        screen.reload();
        screen.sees(HEADING, "New sale");

        // Then
        screen.sees(HEADING, LOG_IN);
        screen.seesNothing(By.cssSelector("#top .account"));
    }

    @Test
    void whoseTimeWasOverUnnoticedIsAskedToLogInAgainAtTheNextCall() {
        // Given
        screen.load("/console");
        screen.sees(HEADING, "Sales");

        // When
        screen.endLogInAfter(Duration.ZERO);

        // Then
        screen.sees(HEADING, LOG_IN);
    }

    @Test
    void aPartOfTheFiguresThatIsMissingLeavesAGapAndTheOthersGoOn() throws InterruptedException {
        // Given
        String sale = shop.sale("A lamp without queues", 5);
        screen.load("/console/sales/" + sale);
        screen.sees(HEADING, "A lamp without queues");

        // When
        answerInstead(
                "/api/operations",
                "new Response(JSON.stringify({...(await real.json()), missing: ['queues'], queues: {}}))");

        // Then
        screen.seesAttribute(QUEUES, "aria-label", Pattern.compile("Entrance –, Ledger –, Requests held \\d"));
        screen.seesAttribute(ORDERS, "aria-label", Pattern.compile("Reserved \\d"));
        screen.sees(By.tagName("main"), "Some figures cannot be read right now");
    }

    @Test
    void otherInstancesThanASecondAgoMakeNoRate() {
        Object rates = screen.runAsync("""
                const done = arguments[arguments.length - 1];
                const main = document.querySelector('script[type=module]').src;
                const reading = (at, instances, reserved, missing = []) => ({
                  at: new Date(at).toISOString(), instances, missing, ledger: { reserved }, orders: {}, lostRounds: 0,
                  orderTimes: { count: 0, upTo: [] },
                });
                import(new URL('rates.js', main)).then(({ Rates }) => {
                  const rates = new Rates();
                  done(JSON.stringify([
                    reading(1000, { 'order-service': 2 }, 1000),
                    reading(2000, { 'order-service': 2 }, 1020),
                    reading(3000, { 'order-service': 1 }, 1030),
                    reading(4000, { 'order-service': 2 }, 2060),
                    reading(5000, { 'order-service': 2 }, 2090),
                    reading(6000, {}, 0, ['figures']),
                    reading(7000, { 'order-service': 2 }, 2200),
                    reading(8000, { 'order-service': 2 }, 2205),
                  ].map((each) => rates.take(each)?.perSecond.reserved ?? '-').join(' ')));
                });
                """);

        assertThat(rates).isEqualTo("\"- 20 - - 30 - - 5\"");
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
                1L,
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
        screen.sees(HEADING, LOG_IN);
        screen.type(PASSWORD, "not the password" + Keys.ENTER);

        // Then
        screen.sees(By.cssSelector(".error"), "Name or password is wrong.");
        screen.sees(HEADING, LOG_IN);
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
