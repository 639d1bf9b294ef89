package dev.doorbuster.systemtests.pages;

import static dev.doorbuster.systemtests.TestOrders.placed;
import static dev.doorbuster.systemtests.pages.Operator.DONE;
import static dev.doorbuster.systemtests.pages.Operator.LOG_IN;
import static dev.doorbuster.systemtests.pages.Operator.PASSWORD;
import static dev.doorbuster.systemtests.pages.Operator.VERDICT;
import static dev.doorbuster.systemtests.pages.Operator.VERIFY;
import static dev.doorbuster.systemtests.pages.Screen.DESKTOP;
import static dev.doorbuster.systemtests.pages.Screen.HEADING;
import static dev.doorbuster.systemtests.pages.Screen.PHONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.SaleId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The console's access control and languages, in a browser. */
class ConsoleIT {
    @RegisterExtension
    static final Operator operator = new Operator();

    private static final By DISCARD = By.cssSelector(".letters button[data-act=discard]");
    private static final By DISCARD_YES = By.cssSelector("dialog button.danger");
    private static final By DIALOG = By.tagName("dialog");

    /** Other classes share the system: with a message set aside no verification passes. */
    @AfterEach
    void throwWhatIsLeftAway() {
        shop().throwDeadLettersAway();
    }

    private static Screen screen() {
        return operator.screen();
    }

    private static Shop shop() {
        return operator.shop();
    }

    @Test
    void anExpiredSessionShowsTheLogInWithoutAnAction() {
        // Given
        screen().load("/console/new-sale");
        screen().sees(HEADING, "New sale");

        // When
        screen().endLogInAfter(Duration.ofSeconds(10));
        screen().reload();
        screen().sees(HEADING, "New sale");

        // Then
        screen().sees(HEADING, LOG_IN);
        screen().seesNothing(By.cssSelector("#top .account"));
    }

    @Test
    void anExpiredSessionShowsTheLogInAtTheNextCall() {
        // Given
        screen().load("/console");
        screen().sees(HEADING, "Sales");

        // When
        screen().endLogInAfter(Duration.ZERO);

        // Then
        screen().sees(HEADING, LOG_IN);
    }

    @Test
    void theConsoleRequiresThePassword() {
        // Given
        screen().forgetEverything();

        // When
        screen().load("/console/new-sale");
        screen().sees(HEADING, LOG_IN);
        screen().type(PASSWORD, "not the password" + Keys.ENTER);

        // Then
        screen().sees(By.cssSelector(".error"), "Name or password is wrong.");
        screen().sees(HEADING, LOG_IN);
    }

    /** A slow connection waits for the document and for the answers, which come with the script. */
    @Test
    void aPagesFirstRequestsAreSentWithTheDocumentAndTheirAnswersAreUsed() throws InterruptedException {
        String id = shop().sale("A lamp for a slow phone", 5);
        String order = shop().order("peggy", id);
        String sale = "/api/sales/" + id;
        Object lab = screen().run(
                        "return JSON.parse(document.getElementById('answers').textContent)['/api/shop'].raceLabOrigin");
        Map<String, List<String>> pages = Map.ofEntries(
                Map.entry("/console", List.of("/api/sales", "/api/drafts")),
                Map.entry("/console/report", List.of("/api/sales")),
                Map.entry("/console/refunds", List.of("/api/refunds")),
                Map.entry("/console/dead-letters", List.of("/api/dead-letters")),
                Map.entry("/console/services", List.of("/api/services")),
                Map.entry("/console/keys", List.of("/api/keys")),
                Map.entry("/console/audit", List.of("/api/audit")),
                Map.entry("/console/sales/" + id, List.of(sale)),
                Map.entry("/console/sales/" + id + "/orders", List.of(sale, sale + "/orders")),
                Map.entry("/console/sales/" + id + "/audit", List.of("/api/audit?saleId=" + id)),
                Map.entry("/console/orders/" + order, List.of("/api/orders/" + order + "/timeline")),
                Map.entry("/console/race-lab", List.of(lab + "/api/race-lab/strategies")),
                Map.entry("/console/learn/race/get-set", List.of(lab + "/api/race-lab/strategies")),
                Map.entry(
                        "/console/learn",
                        List.of(lab + "/api/learn/topics", lab + "/api/learn/topics/memcached-values")));
        Runnable undo = screen().recordFirstRequests();
        pages.forEach((page, requests) -> {
            // When
            screen().load(page);

            // Then
            assertThat(screen().run("return firstRequests")).as(page).isEqualTo(requests);
            await(page)
                    .atMost(Screen.SEEN_MAX)
                    .until(() -> screen().run("return earlyAnswers.size").equals(0L));
        });
        undo.run();
    }

    @Test
    void axeFindsNothingSeriousAndNoPageIsWiderThanAPhone() throws IOException, InterruptedException {
        String sale = shop().sale("A lamp for everybody", 5);
        String unused = shop().order("peggy", sale);
        Map<String, By> figures = Map.of(
                "/console", By.cssSelector(".rankings li"), "/console/sales/" + sale, By.cssSelector(".pulse li"));
        Map<String, String> pages = Map.of(
                "/console",
                "Sales",
                "/console/new-sale",
                "New sale",
                "/console/refunds",
                "Refunds",
                "/console/dead-letters",
                "Dead letters",
                "/console/sales/" + sale,
                "A lamp for everybody",
                "/console/no-such-page",
                "Page not found");
        for (boolean dark : List.of(false, true)) {
            screen().dark(dark);
            for (Map.Entry<String, String> page : pages.entrySet()) {
                screen().load(page.getKey());
                screen().sees(HEADING, page.getValue());
                screen().seesSomething(figures.getOrDefault(page.getKey(), HEADING));
                Axe.findsNothingSerious(screen(), page.getKey());
            }
        }
        screen().dark(false);
        screen().resize(PHONE);
        for (Map.Entry<String, String> page : pages.entrySet()) {
            screen().load(page.getKey());
            screen().sees(HEADING, page.getValue());
            screen().seesSomething(figures.getOrDefault(page.getKey(), HEADING));
            screen().fitsTheWidth();
        }
        screen().resize(DESKTOP);
    }

    @Test
    void aChineseBrowserGetsTheConsoleInChinese() throws Exception {
        // Given
        String sale = shop().sale("灯", 5);
        shop().setAside(placed("peggy"), Route.entrance(new SaleId(sale)), sale);
        List<String> titles = shop().titles();

        // When
        screen().click(By.cssSelector("#top button[lang=zh]"));

        // Then
        for (Map.Entry<String, String> page : chinesePages(sale).entrySet()) {
            screen().load(page.getKey());
            screen().sees(By.cssSelector("nav"), "新建抢购");
            screen().sees(By.tagName("main"), page.getValue());
            assertThat(screen().englishSentences())
                    .as(page.getKey())
                    .allMatch(text -> titles.stream().anyMatch(String.valueOf(text)::contains));
            screen().picture("console-zh"
                    + page.getKey().replaceAll("[a-z2-7]{16}", "sale").replace('/', '-'));
        }
        screen().load("/console/dead-letters");
        screen().click(DISCARD);
        screen().sees(DIALOG, "永久删除这条消息");
        screen().sees(DIALOG, "其中的订单已受理，却永远得不到结果");
        screen().click(DISCARD_YES);
        screen().sees(DONE, "已删除 1 条");
        screen().load("/console/sales/" + sale);
        screen().click(VERIFY);
        screen().sees(VERDICT, "通过");
        screen().forgetEverything();
        screen().load("/console");
        screen().click(By.cssSelector("#top button[lang=zh]"));
        screen().sees(HEADING, "运营人员登录");
        assertThat(screen().englishSentences()).isEmpty();
        screen().forgetEverything();
    }

    /** Every page of the console, with a text that it has once it is complete. */
    private static Map<String, String> chinesePages(String sale) {
        return Map.ofEntries(
                Map.entry("/console", "灯"),
                Map.entry("/console/new-sale", "标题"),
                Map.entry("/console/import", "导入"),
                Map.entry("/console/refunds", "退款"),
                Map.entry("/console/report", "报表"),
                Map.entry("/console/dead-letters", "删除"),
                Map.entry("/console/services", "服务"),
                Map.entry("/console/keys", "API 密钥"),
                Map.entry("/console/audit", "操作记录"),
                Map.entry("/console/race-lab", "竞争实验室"),
                Map.entry("/console/learn", "每个命令一课"),
                Map.entry("/console/learn/race", "一步一步看竞争"),
                Map.entry("/console/sales/" + sale, "访客与订单"),
                Map.entry("/console/sales/" + sale + "/orders", "订单"),
                Map.entry("/console/no-such-page", "页面"));
    }
}
