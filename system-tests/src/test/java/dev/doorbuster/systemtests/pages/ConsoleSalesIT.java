package dev.doorbuster.systemtests.pages;

import static dev.doorbuster.systemtests.pages.Operator.DONE;
import static dev.doorbuster.systemtests.pages.Operator.UNITS;
import static dev.doorbuster.systemtests.pages.Operator.VERDICT;
import static dev.doorbuster.systemtests.pages.Operator.VERIFY;
import static dev.doorbuster.systemtests.pages.Operator.WHY;
import static dev.doorbuster.systemtests.pages.Screen.DESKTOP;
import static dev.doorbuster.systemtests.pages.Screen.HEADING;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;

/** An operator's sales in a browser: created, observed, changed, verified. */
class ConsoleSalesIT {
    @RegisterExtension
    static final Operator operator = new Operator();

    private static final By TITLE = By.id("title");
    private static final By STOCK = By.id("stock");
    private static final By BUYERS = By.id("buyers");
    private static final By CROWD = By.cssSelector(".crowd-state");
    private static final By CHIP = By.cssSelector("h1 + span .chip");
    private static final By ORDERS = By.cssSelector(".plot[aria-label^='Orders per second']");
    private static final By QUEUES = By.cssSelector(".plot[aria-label^='Messages waiting']");
    private static final By PUBLISH = By.cssSelector("main button.publish");
    private static final By EDIT = By.cssSelector("main button.quiet");
    private static final By FACTS = By.cssSelector("main .facts");
    private static final By VERIFIED = By.cssSelector(".verified-at");
    private static final By SAVE = By.cssSelector("dialog button:not(.quiet)");
    private static final Dimension WHOLE_PAGE = new Dimension(1280, 1240);

    private static Screen screen() {
        return operator.screen();
    }

    private static Shop shop() {
        return operator.shop();
    }

    @Test
    void theOperatorCreatesASaleStartsACrowdAndGetsPass() throws IOException {
        // Given
        screen().click(By.cssSelector("nav a[href='/console/new-sale']"));
        screen().sees(HEADING, "New sale");
        operator.write(TITLE, "Sunrise lamp, rehearsed");
        operator.write(STOCK, "150");
        screen().picture("console-new-sale");
        screen().press(Keys.ENTER);
        screen().sees(HEADING, "Sunrise lamp, rehearsed");
        screen().sees(CHIP, "Draft");
        screen().click(PUBLISH);
        screen().sees(By.cssSelector("dialog h2"), "Open this sale now?");
        screen().sees(By.cssSelector("dialog .facts"), "150");
        screen().picture("console-publish");
        screen().click(By.cssSelector("dialog button.danger"));
        screen().sees(CHIP, "Open");

        // When
        operator.write(BUYERS, "600");
        screen().click(By.cssSelector("button.crowd-start"));

        // Then
        screen().sees(CROWD, "All buyers answered.");
        screen().sees(By.cssSelector("dd.crowdHave"), "150");
        screen().sees(By.cssSelector("dd.crowdRefused"), "450");
        screen().sees(CHIP, "Sold out");
        screen().sees(VERDICT, "PASS");
        screen().sees(WHY, "All accepted orders are decided");
        screen().seesAttribute(UNITS, "aria-label", "Reserved or paid 150, Reserved 150, Paid 0");
        screen().seesAttribute(ORDERS, "aria-label", Pattern.compile("Reserved \\d"));
        screen().sees(By.tagName("main"), "Running instances: notifier 1, order-service 1, stock-service 1.");
        screen().resize(WHOLE_PAGE);
        screen().picture("console");
        screen().resize(DESKTOP);
        screen().click(By.cssSelector("nav a[href='/console']"));
        screen().sees(By.tagName("main"), "Sunrise lamp, rehearsed");
        screen().picture("console-sales");
    }

    @Test
    void aBusySaleIsPendingWithAReasonAndPassesByItself() throws InterruptedException {
        // Given
        String sale = shop().sale("A lamp nobody decides on", 5);
        screen().load("/console/sales/" + sale);
        screen().sees(VERDICT, "–");
        shop().decider().process().pause();
        try {
            var unused = shop().buyer("alice-" + sale).post("/api/sales/" + sale + "/orders", Map.of("quantity", 1));

            // When
            screen().click(VERIFY);

            // Then
            screen().sees(VERDICT, "PENDING");
            screen().sees(WHY, "still being processed");
        } finally {
            shop().decider().process().resume();
        }
        screen().sees(VERDICT, "PASS");
    }

    @Test
    void aSaleIsScheduledEditedAndEndedByKeyboardAlone() throws InterruptedException {
        // Given
        String sale = shop().sale("A lamp to come", 5, "opensAt", Shop.in(Duration.ofHours(1)));
        screen().load("/console");
        screen().tabTo(By.linkText("A lamp to come"));
        screen().press(Keys.ENTER);
        screen().sees(CHIP, "Scheduled");

        // When
        screen().tabTo(By.cssSelector("main button.quiet"));
        screen().press(Keys.ENTER);
        screen().tabTo(STOCK);
        operator.write(STOCK, "7");
        screen().press(Keys.ENTER);

        // Then
        screen().sees(By.cssSelector(".done"), "Saved.");
        screen().sees(By.cssSelector("main .facts"), "7");

        // When
        screen().tabTo(By.cssSelector("main button.danger"));
        screen().press(Keys.ENTER);
        screen().tabTo(By.cssSelector("dialog button.danger"));
        screen().press(Keys.ENTER);

        // Then
        screen().sees(CHIP, "Ended");
        assertThat(shop().buyer("bob").get("/api/sales/" + sale).get("stock").asInt())
                .isEqualTo(7);
    }

    @Test
    void anEndThatIsEmptiedIsTakenOff() throws InterruptedException {
        // Given
        String sale = shop().sale("A lamp with an end", 5, "closesAt", Shop.in(Duration.ofHours(1)));
        screen().load("/console/sales/" + sale);
        screen().sees(HEADING, "A lamp with an end");
        screen().click(EDIT);

        // When
        screen().element(By.id("closes")).clear();
        screen().click(SAVE);

        // Then
        screen().sees(DONE, "Saved.");
        screen().sees(By.cssSelector("main .facts"), "No fixed end");
        assertThat(shop().buyer("bob").get("/api/sales/" + sale).get("closesAt").isNull())
                .isTrue();
    }

    @Test
    void onlyWhatTheOperatorChangedIsSent() throws InterruptedException {
        // Given
        String closesAt = "2030-10-31T01:30:00.123Z";
        String wholeMinute = Instant.now().truncatedTo(ChronoUnit.MINUTES).toString();
        String sale = shop().sale("A lamp that is open", 5, "opensAt", wholeMinute, "closesAt", closesAt);
        screen().load("/console/sales/" + sale);
        screen().sees(CHIP, "Open");
        screen().click(EDIT);

        // When
        operator.write(STOCK, "9");
        screen().click(SAVE);

        // Then
        screen().sees(DONE, "Saved.");
        JsonNode saved = shop().buyer("bob").get("/api/sales/" + sale);
        assertThat(saved.get("stock").asInt()).isEqualTo(9);
        assertThat(saved.get("closesAt").asText()).isEqualTo(closesAt);
    }

    @Test
    void aPriceIsOneAmountInTheFormOnThePageAndInTheInterface() throws InterruptedException {
        // Given
        String sale = shop().sale("A lamp in Budapest", 5, "priceCents", 490_000, "currency", "HUF");
        screen().load("/console/sales/" + sale);
        screen().sees(By.cssSelector("main .facts"), "4,900.00");

        // When
        screen().click(EDIT);
        operator.write(By.id("price"), "4900.5");
        screen().click(SAVE);

        // Then
        screen().sees(DONE, "Saved.");
        screen().sees(By.cssSelector("main .facts"), "4,900.50");
        assertThat(shop().buyer("bob")
                        .get("/api/sales/" + sale)
                        .get("priceCents")
                        .asInt())
                .isEqualTo(490_050);
    }

    @Test
    void anOpeningCannotBeEmptied() throws InterruptedException {
        // Given
        String sale = shop().sale("A lamp for later", 5, "opensAt", Shop.in(Duration.ofHours(1)));
        screen().load("/console/sales/" + sale);
        screen().sees(CHIP, "Scheduled");
        screen().click(EDIT);

        // When
        screen().element(By.id("opens")).clear();
        screen().click(SAVE);

        // Then
        assertThat(screen().run("return document.getElementById('opens').matches(':invalid')"))
                .isEqualTo(true);
        assertThat(screen().text(DONE)).isEmpty();
    }

    @Test
    void aRepeatedSaveIsAnnouncedAgain() throws InterruptedException {
        // Given
        String sale = shop().sale("A lamp that changes", 5);
        screen().load("/console/sales/" + sale);
        screen().sees(HEADING, "A lamp that changes");
        Object unused = screen().run("window.said = [];"
                + "const done = document.querySelector('.done');"
                + "new MutationObserver(() => window.said.push(done.textContent)).observe(done, {childList: true});");

        // When
        for (String stock : List.of("6", "7")) {
            screen().click(EDIT);
            operator.write(STOCK, stock);
            screen().click(SAVE);
            screen().sees(By.cssSelector("main .facts"), stock);
            screen().sees(DONE, "Saved.");
        }

        // Then
        assertThat(screen().run("return window.said.filter((text) => text === 'Saved.').length"))
                .isEqualTo(2L);
    }

    @Test
    void aVerificationThatCouldNotBeDoneIsHeard() throws InterruptedException {
        // Given
        String sale = shop().sale("A lamp nobody can prove", 5);
        screen().load("/console/sales/" + sale);
        screen().sees(VERDICT, "–");
        operator.answerInstead("/verification", "new Response('{}', {status: 503})");

        // When
        screen().click(VERIFY);

        // Then
        screen().sees(WHY, "The server did not answer");
        screen().hears("The server did not answer");
    }

    @Test
    void aPartOfTheFiguresThatIsMissingLeavesAGapAndTheOthersGoOn() throws InterruptedException {
        // Given
        String sale = shop().sale("A lamp without queues", 5);
        screen().load("/console/sales/" + sale);
        screen().sees(HEADING, "A lamp without queues");

        // When
        operator.answerInstead(
                "/api/operations",
                "new Response(JSON.stringify({...(await real.json()), missing: ['queues'], queues: {}}))");

        // Then
        screen().seesAttribute(QUEUES, "aria-label", Pattern.compile("Entrance –, Ledger –, Pending requests \\d"));
        screen().seesAttribute(ORDERS, "aria-label", Pattern.compile("Reserved \\d"));
        screen().sees(By.tagName("main"), "Some metrics cannot be read right now");
    }

    @Test
    void otherInstancesThanASecondAgoMakeNoRate() {
        Object rates = screen().runAsync("""
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
    void aVerificationHasATimeAndIsDroppedAfterAnEdit() throws InterruptedException {
        // Given
        String sale = shop().sale("A lamp verified and edited", 5);
        screen().load("/console/sales/" + sale);
        screen().click(VERIFY);
        screen().sees(VERDICT, "PASS");
        screen().sees(VERIFIED, "Verified at ");

        // When
        screen().click(EDIT);
        operator.write(STOCK, "6");
        screen().click(SAVE);

        // Then
        screen().sees(VERDICT, "–");
        screen().sees(WHY, "The stock was changed");
        screen().click(VERIFY);
        screen().sees(VERDICT, "PASS");
    }

    @Test
    void anEndedSaleIsNotSaidToHaveAnEndToCome() throws InterruptedException {
        // Given
        String sale = shop().sale("A lamp ended by hand", 5);
        var unused = shop().operator().delete("/api/sales/" + sale);

        // When
        screen().load("/console/sales/" + sale);

        // Then
        screen().sees(CHIP, "Ended");
        screen().sees(FACTS, "Ended by an operator");
        screen().load("/console");
        screen().sees(By.cssSelector("tr:has(a[href$='" + sale + "'])"), "Ended by an operator");
    }

    @Test
    void anEndIsConfirmedAndEnterCancelsIt() throws InterruptedException {
        // Given
        String sale = shop().sale("A lamp not to be ended", 5);
        screen().load("/console/sales/" + sale);
        screen().sees(CHIP, "Open");
        screen().tabTo(By.cssSelector("main button.danger"));
        screen().press(Keys.ENTER);
        screen().sees(By.cssSelector("dialog h2"), "End this sale?");

        // When
        screen().press(Keys.ENTER);

        // Then
        screen().seesNothing(By.tagName("dialog"));
        assertThat(shop().operator().get("/api/sales/" + sale).get("state").asText())
                .isEqualTo("OPEN");
    }

    @ParameterizedTest
    @CsvSource({
        "price, 49.999, EUR allows 2 decimal places.",
        "currency, ZZZ, Unknown currency. Enter a code such as EUR.",
    })
    void aPriceOrCurrencyThatIsWrongIsRefusedInTheForm(String field, String value, String message) throws IOException {
        // Given
        screen().load("/console/new-sale");
        operator.write(TITLE, "A lamp with a wrong " + field);

        // When
        operator.write(By.id(field), value);
        screen().press(Keys.ENTER);

        // Then
        screen().sees(By.cssSelector("main .error"), message);
        assertThat(screen().path()).isEqualTo("/console/new-sale");
        screen().picture("console-wrong-" + field);
    }

    @Test
    void anOpeningInThePastIsAskedAbout() throws InterruptedException {
        // Given
        screen().load("/console/new-sale");
        operator.write(TITLE, "A lamp opened by mistake");
        Object unused = screen().run("document.getElementById('opens').value = '2020-01-01T10:00:00'");

        // When
        screen().tabTo(By.cssSelector("main form button"));
        screen().press(Keys.ENTER);

        // Then: it is saved, and sells nothing
        screen().sees(HEADING, "A lamp opened by mistake");
        screen().sees(CHIP, "Draft");

        // When
        screen().tabTo(PUBLISH);
        screen().press(Keys.ENTER);
        screen().sees(By.cssSelector("dialog h2"), "Open this sale now?");
        screen().press(Keys.ENTER);

        // Then: the focus was on "cancel"
        screen().seesNothing(By.tagName("dialog"));
        screen().sees(CHIP, "Draft");

        // When
        screen().press(Keys.ENTER);
        screen().tabTo(By.cssSelector("dialog button.danger"));
        screen().press(Keys.ENTER);

        // Then
        screen().sees(CHIP, "Open");
    }

    @Test
    void aDraftIsPreviewedAndInNoListOfTheShop() throws IOException, InterruptedException {
        // Given
        String sale = shop().sale("A lamp in preparation", 5, "draft", true, "opensAt", Shop.in(Duration.ofHours(1)));

        // Then
        screen().load("/");
        screen().sees(HEADING, "Sales");
        assertThat(screen().text(By.tagName("main"))).doesNotContain("A lamp in preparation");
        screen().load("/sales/" + sale);
        screen().sees(HEADING, "A lamp in preparation");
        screen().sees(By.tagName("main"), "This is a preview. The sale is not published");
        screen().picture("shop-draft");
        screen().load("/console");
        screen().sees(By.tagName("main"), "Drafts");
        screen().picture("console-drafts");

        // When
        screen().click(By.linkText("A lamp in preparation"));
        screen().sees(CHIP, "Draft");
        screen().picture("console-draft");
        screen().sees(By.cssSelector("button.delete-draft"), "Delete draft");
        screen().click(PUBLISH);
        screen().sees(By.cssSelector("dialog h2"), "Publish this sale?");
        screen().click(By.cssSelector("dialog button.danger"));

        // Then
        screen().sees(CHIP, "Scheduled");
        screen().sees(By.cssSelector("button.delete-draft"), "Delete sale");
        screen().sees(DONE, "Published.");
    }

    @Test
    void aDraftHasADescriptionAndAnImageThatBuyersSee(@TempDir Path files) throws IOException {
        // Given
        Path image = files.resolve("lamp.png");
        boolean written =
                ImageIO.write(new BufferedImage(2000, 1000, BufferedImage.TYPE_INT_RGB), "png", image.toFile());
        assertThat(written).isTrue();
        screen().click(By.cssSelector("nav a[href='/console/new-sale']"));
        screen().sees(HEADING, "New sale");
        operator.write(TITLE, "A lamp with a picture");
        operator.write(By.id("description"), "Brass, and a switch.");
        screen().type(
                        By.id("image"),
                        Files.writeString(files.resolve("notes.png"), "no picture")
                                .toString());
        screen().click(By.cssSelector("form button:not([type])"));
        screen().sees(By.cssSelector("main .error"), "The browser cannot read this file as an image.");

        // When
        screen().element(By.id("image")).clear();
        screen().type(By.id("image"), image.toString());
        screen().click(By.cssSelector("form button:not([type])"));

        // Then: as a buyer sees it
        screen().sees(CHIP, "Draft");
        String sale = screen().path().replaceFirst(".*/", "");
        screen().load("/sales/" + sale);
        screen().sees(By.cssSelector(".description"), "Brass, and a switch.");
        screen().seesAttribute(By.cssSelector(".art img"), "width", "1600");
        Awaitility.await()
                .atMost(Screen.SEEN_MAX)
                .until(
                        () -> screen().run("return document.querySelector('.art img').naturalWidth"),
                        width -> width.equals(1600L));

        // When
        screen().load("/console/sales/" + sale);
        screen().sees(HEADING, "A lamp with a picture");
        screen().click(By.xpath("//main//button[.='Description and image']"));
        screen().click(By.id("remove-image"));
        screen().click(SAVE);

        // Then
        screen().sees(DONE, "Saved.");
        screen().load("/sales/" + sale);
        screen().sees(By.cssSelector(".description"), "Brass, and a switch.");
        screen().sees(By.cssSelector(".art"), "A");
    }

    @Test
    void aRejectionIsShown() throws InterruptedException {
        // Given
        String sale = shop().sale("A lamp that was sold", 2);
        String unused = shop().order("carol", sale);
        unused = shop().order("dave", sale);
        screen().load("/console/sales/" + sale);
        screen().sees(HEADING, "A lamp that was sold");
        screen().click(By.cssSelector("main button.quiet"));

        // When
        operator.write(STOCK, "1");
        screen().press(Keys.ENTER);

        // Then
        screen().sees(By.cssSelector("dialog .error"), "Could not save: ");

        // When, Then: in Chinese no sentence of the server is shown
        screen().press(Keys.ESCAPE);
        screen().click(By.cssSelector("#top button[lang=zh]"));
        screen().sees(CHIP, "售罄");
        screen().click(By.cssSelector("main button.quiet"));
        operator.write(STOCK, "1");
        screen().press(Keys.ENTER);
        screen().sees(By.cssSelector("dialog .error"), "无法保存：库存不能少于已保留和已付款的数量。");
        List<String> titles = shop().titles();
        assertThat(screen().englishSentences()).allMatch(text -> titles.stream().anyMatch(((String) text)::contains));
    }
}
