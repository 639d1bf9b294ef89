package dev.doorbuster.systemtests.pages;

import static dev.doorbuster.systemtests.pages.Screen.BUY;
import static dev.doorbuster.systemtests.pages.Screen.DESKTOP;
import static dev.doorbuster.systemtests.pages.Screen.HEADING;
import static dev.doorbuster.systemtests.pages.Screen.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every page of the storefront: accessible, usable on a phone, in both languages, and small. */
class StorefrontLooksIT {
    private static final Logger LOG = LoggerFactory.getLogger(StorefrontLooksIT.class);
    private static final long FIRST_VIEW_BYTES_MAX = 100_000;
    private static final String BUYER = "robin";
    private static Shop shop;
    private static Screen screen;
    private static List<Page> pages;

    /**
     * A page to check.
     *
     * @param shows a text that is present once the page is complete, and its selector
     */
    private record Page(String name, String path, By where, String shows) {}

    @BeforeAll
    static void open() throws InterruptedException {
        shop = Shop.shared();
        screen = Screen.open(shop.address(), "en");
        pages = furnish();
        screen.load("/");
        screen.logIn(BUYER);
    }

    /** Creates a sale in each state, and orders. */
    private static List<Page> furnish() throws InterruptedException {
        String open = shop.sale("Sunrise lamp, first edition", 500, "perBuyerLimit", 3);
        String held = shop.sale("Copper kettle", 1, "priceCents", 12_900);
        String soon = shop.sale("Linen throw in four colours", 100, "opensAt", Shop.in(Duration.ofHours(2)));
        String yours = shop.sale("Walnut radio", 20, "priceCents", 34_900, "closesAt", Shop.in(Duration.ofHours(3)));
        String paid = shop.sale("City bicycle", 40, "priceCents", 89_900);
        shop.order("carol", held);
        String order = shop.order(BUYER, yours);
        var unused = shop.buyer("carol").get("/api/sales/" + open);
        unused = shop.buyer(BUYER)
                .post("/api/orders/" + shop.order(BUYER, paid) + "/payment", Map.of("reference", "demo"));
        return List.of(
                new Page("sales", "/", By.tagName("main"), "Sunrise lamp"),
                new Page("sale", "/sales/" + open, By.cssSelector(".came"), "come so far"),
                new Page("held", "/sales/" + held, BUY, "Sold out; 1 unpaid"),
                new Page("soon", "/sales/" + soon, BUY, "Opens in"),
                new Page("yours", "/sales/" + yours, BUY, "Yours: pay within"),
                new Page("order", "/orders/" + order, BUY, "Pay €349.00"),
                new Page("orders", "/orders", By.tagName("main"), "City bicycle"),
                new Page("missing", "/no/such/page", HEADING, "Page not found"));
    }

    @AfterAll
    static void close() {
        if (screen != null) {
            screen.close();
        }
    }

    @AfterEach
    void noErrorsInTheConsole() {
        assertThat(screen.errors())
                .filteredOn(error -> !error.contains("/no/such/page - Failed to load resource"))
                .isEmpty();
    }

    private static void show(Page page) {
        screen.load(page.path());
        screen.sees(page.where(), page.shows());
    }

    @Test
    void axeFindsNothingSeriousOnAnyPageInLightOrDark() throws IOException {
        for (boolean dark : List.of(false, true)) {
            screen.dark(dark);
            for (Page page : pages) {
                // When
                show(page);

                // Then
                Axe.findsNothingSerious(screen, page.name() + (dark ? " in the dark" : ""));
            }
        }
        screen.dark(false);
    }

    @Test
    void noPageIsWiderThanAPhone() throws IOException {
        screen.resize(PHONE);
        for (Page page : pages) {
            show(page);
            screen.fitsTheWidth();
            screen.picture(page.name() + "-phone");
        }
        screen.resize(DESKTOP);
        for (Page page : pages) {
            show(page);
            screen.fitsTheWidth();
            screen.picture(page.name());
        }
    }

    @Test
    void theFirstViewOfTheShopIsLight() {
        // Given
        screen.forgetCache();

        // When
        show(pages.get(0));
        long bytes = (Long) screen.run("""
                return ['navigation', 'resource']
                  .flatMap((type) => performance.getEntriesByType(type))
                  .reduce((sum, entry) => sum + entry.transferSize, 0);""");

        // Then
        LOG.info("the first view takes {} bytes", bytes);
        assertThat(bytes).isBetween(1_000L, FIRST_VIEW_BYTES_MAX);
    }

    @Test
    void aChineseBrowserGetsAllPagesInChinese() throws InterruptedException {
        List<String> titles = shop.titles();
        try (Screen chinese = Screen.open(shop.address(), "zh-CN,zh")) {
            for (Page page : pages) {
                // When
                chinese.load(page.path());
                chinese.sees(By.cssSelector("nav"), "我的订单");
                chinese.seesSomething(HEADING);

                // Then
                assertThat(chinese.run("return document.documentElement.lang")).isEqualTo("zh-Hans");
                String english = chinese.text(By.tagName("body")).replaceAll("[^A-Za-z ]", " ");
                assertThat(english).doesNotContain("Buy", "Sold", "Opens", "Sales", "Log in", "Order");
                assertThat(chinese.englishSentences())
                        .as(page.name())
                        .allMatch(text -> titles.stream().anyMatch(((String) text)::contains));
            }
            chinese.load(pages.get(1).path());
            chinese.sees(BUY, "立即抢购");
            chinese.sees(By.cssSelector(".came"), "位买家来过");

            // and back, by the switch
            chinese.click(By.cssSelector("#top button[lang=en]"));
            chinese.sees(BUY, "Buy now");
        }
    }

    @Test
    void aMissingPageHasStatus404() {
        show(pages.get(pages.size() - 1));

        assertThat(screen.run("return performance.getEntriesByType('navigation')[0].responseStatus"))
                .isEqualTo(404L);
    }
}
