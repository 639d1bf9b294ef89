package dev.doorbuster.order.edge;

import static dev.doorbuster.order.edge.RunningEdge.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.catalogue.SaleImageTest;
import dev.doorbuster.order.edge.RawHttp.Answer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP delivery of pages, and the API's settings for them. */
@OneEdge.Settings({
    "DOORBUSTER_EVENTS_ORIGIN",
    PagesIT.EVENTS,
    "DOORBUSTER_RACE_LAB_ORIGIN",
    PagesIT.LAB,
    "DOORBUSTER_STOREFRONT_URL",
    PagesIT.STOREFRONT,
    "DOORBUSTER_EMAIL_ENABLED",
    "true"
})
class PagesIT extends OneEdge {
    static final String EVENTS = "https://events.shop.example";
    static final String LAB = "https://lab.shop.example";
    private static final String ORDERS = "/orders";
    private static final String HTML = "Accept: text/html,*/*;q=0.8";
    static final String STOREFRONT = "https://sale.shop.example";
    private static final Pattern SCRIPT = Pattern.compile("src=\"(/assets/([0-9a-f]{16})/shop/main\\.js)\"");
    private static final Duration SOON = Duration.ofSeconds(30);

    private static Answer get(String path, String... headers) {
        return edge.http.send("GET", path, null, headers);
    }

    private static Answer present(SaleId sale, JsonObject presentation, String... headers) {
        var all = new ArrayList<String>(List.of(headers));
        all.add(RunningEdge.JSON);
        return edge.http.send(
                "PATCH", "/api/sales/" + sale + "/presentation", presentation.encode(), all.toArray(String[]::new));
    }

    private static Matcher script() {
        Matcher script = SCRIPT.matcher(get("/").body());
        assertThat(script.find()).isTrue();
        return script;
    }

    @Test
    void aPageMayLoadNothingButItsOwnAndTalkOnlyToApiAndNotifier() {
        // When
        Answer page = get("/sales/aaaaaaaaaaaaaaaa", HTML);

        // Then
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Security-Policy"))
                .contains(
                        "default-src 'none'",
                        "script-src 'self'",
                        "connect-src 'self' " + EVENTS + " " + LAB,
                        "frame-ancestors 'none'")
                .doesNotContain("unsafe", "*");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void aPageWithoutDataIsAskedAboutEachTimeAndSentAgainOnlyWhenItChanged() {
        // Given
        Answer first = get(ORDERS);
        assertThat(first.header("Cache-Control")).isEqualTo("no-cache");

        // When
        Answer again = get(ORDERS, "If-None-Match: " + first.header("ETag"));
        Answer zipped = get(ORDERS, "If-None-Match: " + first.header("ETag"), "Accept-Encoding: gzip");

        // Then
        assertThat(again.status()).isEqualTo(304);
        assertThat(zipped.status()).isEqualTo(200);
        assertThat(zipped.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(zipped.header("Vary")).isEqualToIgnoringCase("accept-encoding");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip|true",
                "GZIP|true",
                "br, gzip;q=0.5|true",
                "*|true",
                "gzip;q=0|false",
                "gzip; q=0.0|false",
                "gzip;q=0, *|false",
                "xgzip|false",
                "gzipped|false",
                "br|false",
                "identity|false"
            })
    void sendsCompressedWhereThatIsAccepted(String accepted, boolean compressed) {
        // When
        Answer page = edge.http.send("HEAD", "/", null, "Accept-Encoding: " + accepted, "Connection: close");

        // Then
        assertThat("gzip".equals(page.header("Content-Encoding"))).isEqualTo(compressed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "W/%s", "\"another\", %s", "\"another\",W/%s", "*"})
    void aPageIsNotSentAgainHoweverItsTagIsGiven(String given) {
        // Given
        String tag = get(ORDERS).header("ETag");

        // When, Then
        assertThat(get(ORDERS, "If-None-Match: " + given.formatted(tag)).status())
                .isEqualTo(304);
        assertThat(get(ORDERS, "If-None-Match: \"another\", W/\"third\"").status())
                .isEqualTo(200);
    }

    @Test
    void aPageForPeopleIsNotForWhomRefusesIt() {
        assertThat(get("/no/such/page", "Accept: text/html;q=0, */*").header("Content-Type"))
                .isEqualTo("application/problem+json");
    }

    @Test
    void anAssetOfThisReleaseMayBeKeptForEverAndThatOfAnotherMayNot() {
        // Given
        Matcher script = script();

        // When
        Answer own = get(script.group(1));
        Answer others = get(script.group(1).replace(script.group(2), "0123456789abcdef"));

        // Then
        assertThat(own.status()).isEqualTo(200);
        assertThat(own.header("Content-Type")).startsWith("text/javascript");
        assertThat(own.header("Cache-Control")).contains("immutable");
        assertThat(others.body()).isEqualTo(own.body());
        assertThat(others.header("Cache-Control")).isEqualTo("no-cache");
    }

    @Test
    void aLibraryIsServedAsThePagesOwnAssetsAre() {
        // Given: its path as the console's page has it
        Matcher style = Pattern.compile("href=\"(/assets/[0-9a-f]{16}/libraries/)uplot\\.css\"")
                .matcher(get("/console").body());
        assertThat(style.find()).isTrue();

        // When
        Answer script = get(style.group(1) + "uplot.js");

        // Then
        assertThat(get(style.group(1) + "uplot.css").header("Content-Type")).startsWith("text/css");
        assertThat(script.header("Content-Type")).startsWith("text/javascript");
        assertThat(script.header("Cache-Control")).contains("immutable");
        assertThat(script.body()).contains("export { uPlot as default }");
    }

    @Test
    void aHeadIsAnsweredWithoutABody() {
        Answer head = edge.http.send("HEAD", script().group(1), null, "Connection: close", "Accept-Encoding: identity");

        assertThat(head.status()).isEqualTo(200);
        assertThat(Integer.parseInt(head.header("Content-Length"))).isPositive();
    }

    @Test
    void whatIsNotThereIsAPageForPeopleAndAProblemForPrograms() {
        // When
        Answer people = get("/no/such/page", HTML);
        Answer program = get("/no/such/page", "Accept: application/json");
        Answer api = get("/api/no-such-thing", HTML);
        Answer asset = get("/assets/0123456789abcdef/shop/no-such.js");

        // Then
        assertThat(people.status()).isEqualTo(404);
        assertThat(people.header("Content-Type")).startsWith("text/html");
        assertThat(program.status()).isEqualTo(404);
        assertThat(program.slug()).isEqualTo("not-found");
        assertThat(api.slug()).isEqualTo("not-found");
        assertThat(asset.status()).isEqualTo(404);
    }

    @Test
    void theShopReturnsItsTimeAndTheEventsOrigin() {
        // Given
        Instant before = Instant.now().minusMillis(1);

        // When
        JsonObject shop = get("/api/shop").json();

        // Then
        assertThat(Instant.parse(shop.getString("now"))).isBetween(before, Instant.now());
        assertThat(shop.getString("eventsOrigin")).isEqualTo(EVENTS);
        assertThat(shop.getString("raceLabOrigin")).isEqualTo(LAB);
        assertThat(shop.getBoolean("demoLogin")).isTrue();
        assertThat(shop.getJsonObject("currencyDigits").getInteger("JPY")).isZero();
    }

    /** The whole storefront is one script: nothing that it imports is requested. */
    @Test
    void aPageNeedsOneScript() {
        for (String page : new String[] {"/", "/console"}) {
            Matcher script = Pattern.compile("<script type=\"module\" src=\"([^\"]+)\">")
                    .matcher(get(page).body());
            assertThat(script.results()).hasSize(1);
            script.reset();
            assertThat(script.find()).isTrue();
            assertThat(get(script.group(1)).body()).doesNotContainPattern("(?m)^(import|export) ");
        }
    }

    @Test
    void aSaleHasADescriptionAndAnImage() {
        // Given
        SaleId sale = edge.create(sale("title", "<i>Lamp</i>"));
        String operator = RunningEdge.bearer("boss", "operator");
        byte[] image = SaleImageTest.image("png", 40, 30);
        assertThat(get("/api/sales/" + sale).json().getString("description")).isEmpty();
        assertThat(get("/api/sales/" + sale).json().getValue("image")).isNull();

        // When
        JsonObject changed = present(
                        sale,
                        new JsonObject()
                                .put("description", "Made of <b>glass</b>.\nOne metre high.")
                                .put("image", Base64.getEncoder().encodeToString(image)),
                        operator)
                .json();

        // Then
        assertThat(changed).isEqualTo(get("/api/sales/" + sale).json());
        assertThat(changed.getJsonObject("image").getInteger("width")).isEqualTo(40);
        String url = changed.getJsonObject("image").getString("url");
        Answer served = get(url);
        assertThat(served.status()).isEqualTo(200);
        assertThat(served.header("Content-Type")).isEqualTo("image/png");
        assertThat(served.header("Content-Length")).isEqualTo(Integer.toString(image.length));
        assertThat(served.header("Cache-Control")).contains("immutable");
        assertThat(served.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(served.header("Content-Security-Policy")).isEqualTo("default-src 'none'; sandbox");
        assertThat(get("/api/sales").json().getJsonArray("sales")).contains(changed);

        // and the document has both for previews, escaped
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(get("/sales/" + sale, HTML).body())
                        .contains(
                                "og:image\" content=\"" + STOREFRONT + url + "\"",
                                "content=\"&lt;i&gt;Lamp&lt;/i&gt;\"",
                                "content=\"Made of &lt;b&gt;glass&lt;/b&gt;.\nOne metre high.\"")
                        .doesNotContain("<b>", "<i>"));

        // each stays without the other, and null removes the image
        JsonObject without =
                present(sale, new JsonObject().putNull("image"), operator).json();
        assertThat(without.getValue("image")).isNull();
        assertThat(without.getString("description")).isEqualTo(changed.getString("description"));
    }

    @Test
    void whatIsNoImageOrNoPlainTextIsRefused() {
        // Given
        SaleId sale = edge.create(sale());
        String operator = RunningEdge.bearer("boss", "operator");
        String page = Base64.getEncoder().encodeToString("<script>1</script>".getBytes(StandardCharsets.UTF_8));

        // When
        Answer noImage = present(sale, new JsonObject().put("image", page), operator);
        Answer noText = present(sale, new JsonObject().put("description", "a\u0000b"), operator);
        Answer tooLarge =
                present(sale, new JsonObject().put("image", "A".repeat(720_896)), operator, "Connection: close");
        Answer nothing = present(sale, new JsonObject(), operator);
        Answer ofABuyer = present(sale, new JsonObject().put("description", "x"), RunningEdge.bearer("ann", "buyer"));

        // Then
        assertThat(noImage.status()).isEqualTo(400);
        assertThat(noImage.body()).contains("PNG or JPEG");
        assertThat(noText.status()).isEqualTo(400);
        assertThat(tooLarge.status()).isEqualTo(413);
        assertThat(nothing.status()).isEqualTo(400);
        assertThat(ofABuyer.status()).isEqualTo(403);
        assertThat(present(new SaleId("aaaaaaaaaaaaaaaa"), new JsonObject().put("description", "x"), operator)
                        .slug())
                .isEqualTo("unknown-sale");
        assertThat(get("/api/images/" + "0".repeat(64)).slug()).isEqualTo("not-found");
    }

    @Test
    void aBuyerIsRemindedOfASaleThatOpensLaterAndOfNoOther() {
        // Given
        String ann = RunningEdge.bearer("ann", "buyer");
        SaleId later =
                edge.create(sale("opensAt", Instant.now().plusSeconds(3600).toString()));
        SaleId soon = edge.create(sale("opensAt", Instant.now().plusSeconds(300).toString()));
        SaleId open = edge.create(sale());
        assertThat(get("/api/shop").json().getInteger("reminderMinutes")).isEqualTo(10);

        // When, Then
        assertThat(remind(later, true, ann).json().getBoolean("wanted")).isTrue();
        assertThat(get("/api/sales/" + later + "/reminder", ann).json().getBoolean("wanted"))
                .isTrue();
        assertThat(get("/api/sales/" + later + "/reminder", RunningEdge.bearer("ben", "buyer"))
                        .json()
                        .getBoolean("wanted"))
                .isFalse();
        assertThat(remind(later, false, ann).json().getBoolean("wanted")).isFalse();
        assertThat(get("/api/sales/" + later + "/reminder", ann).json().getBoolean("wanted"))
                .isFalse();
        assertThat(remind(soon, true, ann).slug()).isEqualTo("no-reminder");
        assertThat(remind(open, true, ann).slug()).isEqualTo("no-reminder");
        assertThat(remind(new SaleId("aaaaaaaaaaaaaaaa"), true, ann).slug()).isEqualTo("unknown-sale");
        assertThat(get("/api/sales/" + later + "/reminder").status()).isEqualTo(401);
    }

    /** Each is a write to the database. */
    @Test
    void limitsTheRemindersOfOneBuyer() throws IOException {
        // Given
        SaleId later =
                edge.create(sale("opensAt", Instant.now().plusSeconds(3600).toString()));
        String request = RawHttp.request(
                "PUT",
                "/api/sales/" + later + "/reminder",
                "{\"wanted\":true}",
                RunningEdge.bearer("eve", "buyer"),
                RunningEdge.JSON);
        var answers = new ArrayList<Answer>();
        try (Socket socket = edge.http.open()) {
            // When
            socket.getOutputStream().write(request.repeat(100).getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 100; i++) {
                answers.add(RawHttp.read(socket.getInputStream()));
            }
        }

        // Then
        assertThat(answers.get(0).status()).isEqualTo(200);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .isNotEmpty()
                .allSatisfy(answer -> assertThat(answer.slug()).isEqualTo("rate-limited"))
                .allSatisfy(answer -> assertThat(answer.header("Retry-After")).isNotNull());
        assertThat(remind(later, true, RunningEdge.bearer("fay", "buyer")).status())
                .isEqualTo(200);
    }

    private static Answer remind(SaleId sale, boolean wanted, String caller) {
        return edge.http.send(
                "PUT",
                "/api/sales/" + sale + "/reminder",
                new JsonObject().put("wanted", wanted).encode(),
                caller,
                RunningEdge.JSON);
    }

    @Test
    void returnsHeldUnitsAndTheFirstHoldsEnd() {
        // Given
        SaleId sale = edge.create(sale("stock", 3));
        Answer nothing = get("/api/sales/" + sale + "/holds");
        Answer first = edge.order(sale, "ann", 1, "Prefer: wait=20");
        Answer second = edge.order(sale, "ben", 2, "Prefer: wait=20");
        edge.pay(second.json().getString("id"), "card", RunningEdge.bearer("ben", "buyer"));

        // When
        await().atMost(SOON).untilAsserted(() -> {
            JsonObject holds = get("/api/sales/" + sale + "/holds").json();

            // Then
            assertThat(holds.getLong("held")).isEqualTo(1);
            assertThat(holds.getString("nextEndsAt")).isEqualTo(first.json().getString("holdExpiresAt"));
        });
        assertThat(nothing.json().getLong("held")).isZero();
        assertThat(nothing.json().getString("nextEndsAt")).isNull();
        assertThat(get("/api/sales/aaaaaaaaaaaaaaaa/holds").slug()).isEqualTo("unknown-sale");
    }
}
