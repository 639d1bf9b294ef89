package dev.doorbuster.systemtests.pages;

import static dev.doorbuster.systemtests.pages.Screen.HEADING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.cli.system.plan.SystemPlan;
import dev.doorbuster.devservices.junit.OpenIdProvider;
import dev.doorbuster.devservices.net.Ports;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** The sample shop before a running system: log-in by its provider, purchase, payment by a signed event, webhook. */
class SampleShopIT {
    private static final Path SOURCE =
            Path.of("../examples/sample-shop/SampleShop.java").toAbsolutePath().normalize();
    private static final String CLIENT = "sample-shop";
    private static final String PAYMENT_SECRET = "whsec_the_payment_secret_of_this_test";
    private static final String WEBHOOK_SECRET = "the webhook secret of this test, long enough";
    private static final By BUY = By.cssSelector(".big");
    private static final By SAYS = By.cssSelector(".says");

    private static OpenIdProvider provider;
    private static Shop shop;
    private static Process sampleShop;
    private static Screen screen;
    private static URI ownAddress;

    @BeforeAll
    static void open() throws IOException, InterruptedException {
        provider = OpenIdProvider.start();
        ownAddress = URI.create("http://127.0.0.1:" + Ports.free());
        shop = Shop.open(
                "sample-shop",
                new SystemPlan(1, 1, 1, false)
                        .with(Map.of(
                                "DOORBUSTER_DEMO_LOGIN",
                                "false",
                                "DOORBUSTER_OIDC_ISSUER",
                                provider.issuer(),
                                "DOORBUSTER_OIDC_AUDIENCE",
                                CLIENT,
                                "DOORBUSTER_SHOP_URL",
                                ownAddress + "/doorbuster",
                                "DOORBUSTER_PAYMENT_SECRETS",
                                PAYMENT_SECRET,
                                "DOORBUSTER_WEBHOOK_SECRET_SHOP",
                                WEBHOOK_SECRET,
                                "DOORBUSTER_WEBHOOKS",
                                "[{\"id\":\"shop\",\"url\":\"%s/hooks\",\"events\":[\"order.paid.*\"],"
                                                .formatted(ownAddress)
                                        + "\"secretEnv\":\"DOORBUSTER_WEBHOOK_SECRET_SHOP\"}]")));
        sampleShop = start();
        screen = Screen.open(shop.address(), "en");
    }

    private static Process start() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(java, SOURCE.toString())
                .redirectErrorStream(true)
                .redirectOutput(new File("target/sample-shop.log"));
        builder.environment()
                .putAll(Map.of(
                        "PORT",
                        Integer.toString(ownAddress.getPort()),
                        "OIDC_ISSUER",
                        provider.issuer(),
                        "OIDC_CLIENT_ID",
                        CLIENT,
                        "DOORBUSTER_URL",
                        shop.address().toString(),
                        "PAYMENT_SECRET",
                        PAYMENT_SECRET,
                        "WEBHOOK_SECRET",
                        WEBHOOK_SECRET));
        Process started = builder.start();
        await().atMost(Screen.SEEN_MAX).ignoreExceptions().until(() -> ownPage().contains("Sample shop"));
        return started;
    }

    @AfterAll
    static void close() throws Exception {
        for (AutoCloseable each : List.<AutoCloseable>of(screen, shop, provider)) {
            each.close();
        }
        sampleShop.destroy();
        assertThat(sampleShop.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @BeforeEach
    void begin() {
        screen.forgetEverything();
    }

    @AfterEach
    void noErrorsInTheConsole() {
        assertThat(screen.errors().stream().filter(error -> !error.contains("status of 401")))
                .isEmpty();
    }

    @Test
    void aBuyerLogsInAtTheShopBuysAndPaysThere() throws Exception {
        // Given
        String sale = shop.sale("A lamp of the sample shop", 5);
        screen.load("/sales/" + sale);
        screen.sees(BUY, "Buy now");

        // When: the shop logs in and comes back
        screen.click(BUY);
        screen.sees(By.tagName("dialog"), "You log in at the shop");
        screen.picture("shop-own-log-in");
        assertNoDemonstration();
        screen.click(By.cssSelector("dialog a"));
        screen.sees(By.cssSelector("#top .account"), "alice");
        assertThat(screen.path()).isEqualTo("/sales/" + sale);
        assertThat(screen.run("return location.hash")).isEqualTo("");
        screen.sees(BUY, "Buy now");
        screen.click(BUY);
        screen.sees(BUY, "Yours: pay within");
        screen.click(BUY);

        // Then: the order's page leads to the shop
        screen.sees(SAYS, "Reserved for you");
        screen.sees(BUY, "Pay €49.00");
        screen.picture("shop-own-payment");
        assertNoDemonstration();
        String order = screen.path().replace("/orders/", "");
        screen.click(BUY);
        screen.sees(HEADING, "Pay");
        screen.click(By.tagName("button"));

        // Then: paid, on the page and in the shop
        screen.sees(HEADING, "Your order");
        screen.sees(SAYS, "Paid. It is yours.");
        await().atMost(Screen.SEEN_MAX).until(() -> ownPage().contains(order));
        assertThat(shop.operator()
                        .get("/api/sales/" + sale + "/verification")
                        .get("verdict")
                        .asText())
                .isEqualTo("PASS");
    }

    @Test
    void aTokenThatIsNotForThisShopIsNotTakenAndThePageSaysWhy() throws IOException {
        screen.load("/orders#token=" + provider.token("mallory", "another-shop"));

        screen.sees(By.tagName("dialog"), "its \"aud\" does not contain " + CLIENT);
        screen.picture("shop-own-refused");
        assertThat(screen.text(By.cssSelector("#top .account"))).doesNotContain("mallory");
    }

    @Test
    void theConsoleSaysNothingOfADemonstration() throws InterruptedException {
        String sale = shop.sale("A lamp without rehearsal", 5);
        screen.load("/console/sales/" + sale);
        screen.sees(HEADING, "Operator sign-in");
        assertNoDemonstration();
        assertThat(screen.text(By.tagName("main"))).doesNotContain("run.json");
    }

    @Test
    void theSampleStaysShort() throws IOException {
        try (Stream<String> lines = Files.lines(SOURCE)) {
            assertThat(lines.count()).isLessThanOrEqualTo(200);
        }
    }

    private static void assertNoDemonstration() {
        assertThat(screen.text(By.tagName("body"))).doesNotContainIgnoringCase("demo");
    }

    private static String ownPage() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(ownAddress)
                .timeout(Duration.ofSeconds(5))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
