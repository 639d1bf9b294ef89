package dev.doorbuster.systemtests.pages;

import static dev.doorbuster.systemtests.TestOrders.placed;
import static dev.doorbuster.systemtests.pages.Operator.DONE;
import static dev.doorbuster.systemtests.pages.Screen.HEADING;
import static dev.doorbuster.systemtests.pages.Screen.PHONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.crowd.client.ApiClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** An operator's work on many orders and sales in a browser. */
class ConsoleOperationsIT {
    @RegisterExtension
    static final Operator operator = new Operator();

    private static final int ORDERS = 205;
    private static final int PAGE = 200;
    private static final By ORDERS_STATE = By.cssSelector(".orders-state");
    private static final By ROWS = By.cssSelector("tbody tr");
    private static final By MORE = By.cssSelector("button.orders-more");
    private static final By SHOW = By.cssSelector("form .button");
    private static final By ERROR = By.cssSelector("main .error");
    private static final By JSON = By.id("rows");

    @TempDir
    Path files;

    private static Screen screen() {
        return operator.screen();
    }

    private static Shop shop() {
        return operator.shop();
    }

    /** A sale with orders of many buyers, those of alice paid. */
    private static String soldSale() throws Exception {
        String sale = shop().sale("Lamps of many", 1000);
        String order = shop().order("alice", sale);
        var unused = shop().buyer("alice").post("/api/orders/" + order + "/payment", Map.of("reference", "r-1"));
        shop().publish(
                        sale,
                        IntStream.range(1, ORDERS)
                                .mapToObj(n -> placed("buyer-" + n))
                                .toArray(OrderPlaced[]::new));
        await().atMost(Screen.SEEN_MAX)
                .until(() -> shop().operator()
                                .get("/api/sales/" + sale)
                                .get("available")
                                .asInt()
                        == 1000 - ORDERS);
        return sale;
    }

    @Test
    void listsFiltersAndExportsTheOrdersOfASale() throws Exception {
        // Given
        String sale = soldSale();
        screen().downloadTo(files);
        screen().load("/console/sales/" + sale);
        screen().click(By.cssSelector("main a[href$='/orders']"));

        // When, then
        screen().sees(HEADING, "Orders: Lamps of many");
        screen().sees(ORDERS_STATE, "Orders on this page: " + PAGE);
        screen().click(MORE);
        screen().sees(ORDERS_STATE, "Orders on this page: " + (ORDERS - PAGE));
        screen().seesNothing(By.cssSelector("button.orders-more:not([hidden])"));
        operator.write(By.id("buyer"), "alice");
        screen().press(Keys.ENTER);
        screen().sees(ORDERS_STATE, "Orders on this page: 1,");
        screen().sees(ROWS, "Paid");
        Axe.findsNothingSerious(screen(), "orders");

        // When
        screen().click(By.cssSelector("button.export-csv"));

        // Then
        screen().sees(ORDERS_STATE, "Exported");
        assertThat(file("csv")).contains("alice").doesNotContain("buyer-1");

        // When
        screen().element(By.id("buyer")).clear();
        screen().click(SHOW);
        screen().sees(ORDERS_STATE, "Orders on this page: " + PAGE);
        screen().picture("console-orders");
        screen().click(By.cssSelector("button.export-jsonl"));

        // Then
        screen().sees(ORDERS_STATE, "Exported");
        assertThat(file("jsonl").lines()).hasSize(ORDERS);

        // When
        operator.write(By.id("buyer"), "not a buyer");
        screen().press(Keys.ENTER);

        // Then
        screen().sees(ORDERS_STATE, "No order matches.");
    }

    /** The only file with that ending, once it is complete. */
    private String file(String ending) throws IOException {
        return await().atMost(Screen.SEEN_MAX).until(() -> screen().downloaded(files, ending), text -> !text.isEmpty());
    }

    @Test
    void aRefusedExportSaysWhy() throws Exception {
        // Given
        String sale = shop().sale("Lamps nobody exports", 5);
        screen().load("/console/sales/" + sale + "/orders");
        screen().sees(ORDERS_STATE, "No order matches.");
        operator.answerInstead("/export", "new Response('{}', {status: 503})");

        // When
        screen().click(By.cssSelector("button.export-csv"));

        // Then
        screen().sees(ERROR, "The server did not answer");
    }

    @Test
    void reportsSeveralSalesByKeyboard() throws Exception {
        // Given
        String sold = soldSale();
        String empty = shop().sale("Chairs of none", 7, "currency", "JPY");
        screen().load("/sales/" + sold);
        screen().seesSomething(HEADING);
        screen().load("/console/report");
        screen().sees(HEADING, "Report");

        // When
        screen().seesSomething(By.cssSelector(".choice"));
        screen().click(SHOW);

        // Then
        screen().sees(ERROR, "Choose 1 to 20 sales.");

        // When
        for (String sale : List.of(sold, empty)) {
            screen().tabTo(By.cssSelector("input[value='" + sale + "']"));
            screen().press(Keys.SPACE);
        }
        screen().press(Keys.ENTER);

        // Then
        screen().sees(By.cssSelector(".report-state"), "Sales in the report: 2.");
        screen().sees(ROWS, "Lamps of many Open 205 205 1 204 0 €49.00 205");
        screen().sees(ROWS, "Chairs of none Open 0 0 0 0 0 ¥0 0 –");
        await().atMost(Screen.SEEN_MAX).until(() -> {
            screen().click(SHOW);
            return screen().text(ROWS).contains("205 1");
        });
        Axe.findsNothingSerious(screen(), "report");
        screen().picture("console-report");
    }

    @Test
    void importsSalesOrSaysWhatIsWrong() throws Exception {
        // Given
        screen().load("/console");
        screen().click(By.cssSelector("nav a[href='/console/import']"));
        screen().sees(HEADING, "Import");

        // When
        operator.write(JSON, "[{]");
        screen().click(SHOW);

        // Then
        screen().sees(ERROR, "This is not a JSON list.");

        // When
        operator.write(JSON, "[{\"title\": \"Half a sale\"}]");
        screen().click(SHOW);

        // Then
        screen().sees(ERROR, "row 1: \"stock\" is missing");
        assertThat(screen().errors()).allMatch(error -> error.contains("status of 400"));
        Axe.findsNothingSerious(screen(), "import");

        // When
        operator.write(
                JSON,
                "[" + row("Imported lamp", "null") + "," + row("Imported chair", "\"2031-01-31T18:00:00Z\"") + "]");
        screen().click(SHOW);

        // Then
        screen().sees(DONE, "Sales created: 2.");
        screen().sees(ROWS, "Imported lamp Open 3");
        screen().sees(ROWS, "Imported chair Scheduled 3");
        screen().picture("console-import");
    }

    private static String row(String title, String opensAt) {
        return "{\"title\":\"" + title
                + "\",\"priceCents\":1,\"currency\":\"EUR\",\"stock\":3,\"perBuyerLimit\":1,\"opensAt\":" + opensAt
                + ",\"closesAt\":null,\"holdSeconds\":60,\"counter\":\"redis\"}";
    }

    @Test
    void worksOffTheRefundsThatAreDue() throws Exception {
        // Given: a second payment for one order
        String sale = shop().sale("A lamp paid twice", 5);
        String payment = "/api/orders/" + shop().order("rita", sale) + "/payment";
        var unused = shop().buyer("rita").post(payment, Map.of("reference", "r-1"));
        assertThatThrownBy(() -> shop().buyer("rita").post(payment, Map.of("reference", "r-2")))
                .hasMessageContaining("409");

        // When
        screen().load("/console/refunds");
        screen().sees(By.tagName("main"), "r-2");
        screen().picture("console-refunds");
        screen().click(By.cssSelector("button.mark"));
        screen().sees(By.cssSelector("dialog h2"), "Refunded to rita?");
        operator.write(By.id("note"), "by bank transfer");
        screen().press(Keys.ENTER);

        // Then
        screen().sees(By.cssSelector(".done"), "Marked as refunded.");
        screen().sees(By.tagName("main"), "No payment is due back.");
    }

    @Test
    void showsOneOrderWithItsTimelineAndNotes() throws Exception {
        // Given
        String sale = shop().sale("Lamps with a history", 5);
        String order = shop().order("hanna", sale);
        By note = By.id("note-text");

        // When: it is found by its id
        screen().load("/console/sales/" + sale + "/orders");
        screen().sees(HEADING, "Orders: Lamps with a history");
        operator.write(By.id("order-id"), order);
        screen().press(Keys.ENTER);

        // Then
        screen().sees(By.tagName("main"), "Decided and recorded: reserved");
        screen().sees(By.tagName("main"), "hanna");
        screen().sees(By.cssSelector(".event-mail-sent"), "Mail sent Reserved, unpaid");
        assertThat(screen().path()).isEqualTo("/console/orders/" + order);

        // When
        operator.write(note, "called about the delivery");
        screen().press(Keys.ENTER);
        screen().sees(By.tagName("main"), "called about the delivery");
        var unused = shop().buyer("hanna").delete("/api/orders/" + order);

        // Then
        screen().sees(By.tagName("main"), "Cancelled by the buyer");
        screen().picture("console-order");
        screen().load("/console/sales/" + sale);
        screen().sees(By.cssSelector(".notes"), "called about the delivery");
        operator.write(note, "sold too fast");
        screen().press(Keys.ENTER);
        screen().sees(By.cssSelector(".notes"), "sold too fast");
        screen().load("/console/orders/00000000-0000-4000-8000-000000000000");
        screen().sees(By.tagName("main"), "Nothing is recorded about this order.");
    }

    @Test
    void pausesAndResumesASaleAndKeepsWhoDidIt() throws Exception {
        // Given
        String sale = shop().sale("Lamps to pause", 5);
        screen().load("/console/sales/" + sale);
        By yes = By.cssSelector("dialog form button:not(.quiet)");

        // When
        screen().click(By.cssSelector("button.pause:not([hidden])"));
        screen().sees(By.cssSelector("dialog h2"), "Pause this sale?");
        screen().click(yes);

        // Then
        screen().sees(DONE, "The sale is paused.");
        screen().picture("console-paused");
        screen().load("/sales/" + sale);
        screen().sees(By.cssSelector("button.big"), "Paused");
        screen().sees(By.cssSelector(".hint"), "no orders are accepted now");

        // When: the buyer's page stays open
        JsonNode unused = shop().operator().delete("/api/sales/" + sale + "/pause");

        // Then
        screen().sees(By.cssSelector("button.big"), "Buy now");
        screen().load("/console/sales/" + sale + "/audit");
        screen().sees(By.tagName("main"), "Resumed the sale");
        screen().sees(By.tagName("main"), "Paused the sale");
        screen().sees(By.tagName("main"), "Created a sale");
        screen().sees(ROWS, "Done");
        screen().load("/console/audit");
        screen().sees(ROWS, "operator Logged in – Done");
    }

    @Test
    void givesAProgramAKeyAndTakesItAway() throws Exception {
        // Given
        screen().load("/console/keys");
        operator.write(By.id("key-name"), "robot");

        // When
        screen().press(Keys.ENTER);
        screen().sees(ERROR, "Choose at least one scope.");
        screen().click(By.cssSelector("input[value='audit:read']"));
        screen().click(SHOW);

        // Then
        By secret = By.cssSelector(".new-key pre");
        screen().sees(secret, "dbk_");
        ApiClient robot = ApiClient.withToken(shop().address(), screen().text(secret));
        assertThat(robot.get("/api/audit").get("entries")).isNotEmpty();
        screen().picture("console-keys");

        // When
        screen().click(By.cssSelector("button.revoke"));
        screen().click(By.cssSelector("dialog button.danger"));

        // Then
        screen().sees(ROWS, "robot Revoked");
        assertThatThrownBy(() -> robot.get("/api/audit")).hasMessageContaining("401");
    }

    @Test
    void showsTheRunningServices() throws Exception {
        screen().load("/console/services");

        for (String service : List.of("notifier", "order-service", "stock-service")) {
            screen().sees(ROWS, service + " Ready");
        }
        screen().picture("console-services");
    }

    @Test
    void postponesAllScheduledSales() throws Exception {
        // Given
        String opensAt = "2031-01-31T18:00:00Z";
        String sale = shop().sale("Lamps to postpone", 5, "opensAt", opensAt);
        String late = shop().sale("Lamps too late", 5, "opensAt", Shop.in(Duration.ofDays(3651)));
        screen().load("/console");
        screen().click(By.cssSelector("button.postpone"));

        // When
        operator.write(By.id("minutes"), "4000");
        Axe.findsNothingSerious(screen(), "postponement");
        screen().press(Keys.ENTER);

        // Then
        screen().sees(DONE, "Postponed: ");
        screen().sees(By.cssSelector(".undone"), "Not postponed: Lamps too late.");
        assertThat(opensAt(sale)).isEqualTo("2031-02-03T12:40:00Z");
        screen().load("/console/sales/" + late);
        screen().click(By.cssSelector("button.delete-draft"));
        screen().click(By.cssSelector("dialog button.danger"));
        screen().sees(HEADING, "Sales");
    }

    private static String opensAt(String sale) throws InterruptedException {
        JsonNode json = shop().operator().get("/api/sales/" + sale);
        return json.get("opensAt").asText();
    }

    @Test
    void deletesADraftAfterAConfirmationByKeyboard() throws Exception {
        // Given
        String sale = shop().sale("Lamps by mistake", 5, "opensAt", Shop.in(Duration.ofHours(1)));
        By delete = By.cssSelector("button.delete-draft");
        screen().load("/console/sales/" + sale);
        screen().sees(HEADING, "Lamps by mistake");
        screen().sees(delete, "Delete sale");
        screen().tabTo(delete);
        screen().press(Keys.ENTER);
        screen().sees(By.cssSelector("dialog h2"), "Delete Lamps by mistake?");

        // When: the focus is on "cancel"
        screen().press(Keys.ENTER);

        // Then
        screen().seesNothing(By.tagName("dialog"));
        assertThat(opensAt(sale)).isNotEmpty();

        // When
        screen().tabTo(delete);
        screen().press(Keys.ENTER);
        screen().tabTo(By.cssSelector("dialog button.danger"));
        screen().press(Keys.ENTER);

        // Then
        screen().sees(HEADING, "Sales");
        screen().load("/console/sales/" + sale);
        screen().sees(By.tagName("main"), "This sale does not exist.");
        String open = shop().sale("Lamps that are open", 5);
        screen().load("/console/sales/" + open);
        screen().sees(HEADING, "Lamps that are open");
        screen().seesNothing(By.cssSelector("button.delete-draft:not([hidden])"));
    }

    @ParameterizedTest
    @CsvSource({
        "en, Sales, Report, Import, Orders: Lamps of many, Audit trail, API keys, Services, Order",
        "zh, 抢购, 报表, 导入, 订单：Lamps of many, 操作记录, API 密钥, 服务, 订单"
    })
    void isReadableInEachLanguageAndOnAPhone(
            String language,
            String sales,
            String report,
            String imported,
            String orders,
            String audit,
            String keys,
            String services,
            String order)
            throws Exception {
        // Given
        String sale = soldSale();
        String draft = shop().sale("Lamps of " + language, 5, "opensAt", Shop.in(Duration.ofHours(1)));
        if (!language.equals("en")) {
            screen().click(By.cssSelector("#top button[lang=" + language + "]"));
        }
        screen().sees(HEADING, sales);

        for (List<String> page : List.of(
                List.of("/console", sales, "sales"),
                List.of("/console/report", report, "report"),
                List.of("/console/import", imported, "import"),
                List.of("/console/audit", audit, "audit"),
                List.of("/console/keys", keys, "keys"),
                List.of("/console/services", services, "services"),
                List.of("/console/orders/" + shop().order("reader-" + language, sale), order, "order"),
                List.of("/console/sales/" + draft, "Lamps of " + language, "draft"),
                List.of("/console/sales/" + sale + "/orders", orders, "orders"))) {
            // When
            screen().load(page.get(0));

            // Then
            screen().sees(HEADING, page.get(1));
            for (boolean dark : List.of(true, false)) {
                screen().dark(dark);
                Axe.findsNothingSerious(screen(), page.get(0));
            }
            screen().picture(language + "-" + page.get(2));
            screen().resize(PHONE);
            screen().fitsTheWidth();
            Axe.findsNothingSerious(screen(), page.get(0) + " on a phone");
            screen().picture(language + "-phone-" + page.get(2));
            screen().resize(Screen.DESKTOP);
        }
    }
}
