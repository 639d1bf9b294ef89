package dev.doorbuster.order.edge;

import static dev.doorbuster.devservices.ServerKind.MEMCACHED;
import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.devservices.ServerKind.RABBITMQ;
import static dev.doorbuster.devservices.ServerKind.REDIS;
import static dev.doorbuster.order.edge.RunningEdge.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.order.edge.RawHttp.Answer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP delivery of pages, and the API's settings for them. */
class PagesIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(POSTGRES, RABBITMQ, REDIS, MEMCACHED);

    private static final String EVENTS = "https://events.shop.example";
    private static final String LAB = "https://lab.shop.example";
    private static final String HTML = "Accept: text/html,*/*;q=0.8";
    private static final Pattern SCRIPT = Pattern.compile("src=\"(/assets/([0-9a-f]{16})/shop/main\\.js)\"");
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Vertx VERTX = Vertx.vertx();
    private static RunningEdge edge;

    @BeforeAll
    static void start() {
        edge = RunningEdge.start(VERTX, servers, "DOORBUSTER_EVENTS_ORIGIN", EVENTS, "DOORBUSTER_RACE_LAB_ORIGIN", LAB);
    }

    @AfterAll
    static void stop() {
        edge.stop();
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    private static Answer get(String path, String... headers) {
        return edge.http.send("GET", path, null, headers);
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
    void aPageIsAskedAboutEachTimeAndSentAgainOnlyWhenItChanged() {
        // Given
        Answer first = get("/");
        assertThat(first.header("Cache-Control")).isEqualTo("no-cache");

        // When
        Answer again = get("/", "If-None-Match: " + first.header("ETag"));
        Answer zipped = get("/", "If-None-Match: " + first.header("ETag"), "Accept-Encoding: gzip");

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
        String tag = get("/").header("ETag");

        // When, Then
        assertThat(get("/", "If-None-Match: " + given.formatted(tag)).status()).isEqualTo(304);
        assertThat(get("/", "If-None-Match: \"another\", W/\"third\"").status()).isEqualTo(200);
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
