package dev.doorbuster.notifier.sale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.notifier.SilentServer;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.start.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SaleLookupTest {
    private static final int SOON_SECONDS = 60;
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final SaleId first = SaleId.random(new Random(1));
    private final SaleId second = SaleId.random(new Random(2));
    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile boolean nothingKnown;
    private volatile boolean silent;

    @AfterEach
    void stop() throws Exception {
        get(vertx.close());
    }

    /** The libraries' own limits are ten seconds, and say so. */
    @Test
    void theTimeLimitHoldsFromTheConnectionOn() throws Exception {
        // Given
        SaleLookup sales = lookup(new SilentServer(vertx).httpsUrl(), Map.of("lookupTimeout", "200"));

        // When
        Throwable cause = find(sales, first, FRESH)
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(SOON_SECONDS, TimeUnit.SECONDS)
                .handle((facts, failure) -> failure)
                .get();

        // Then
        assertThat(cause).hasMessageMatching("(?s).*\\b200 ?ms.*");
    }

    @Test
    void remembersAsManySalesAsItMay() throws Exception {
        SaleLookup sales = lookup(shop(), Map.of("salesCachedMax", "1"));

        for (SaleId each : List.of(first, first, second, first)) {
            get(find(sales, each, FRESH));
        }

        assertThat(asked).containsExactly(path(first), path(second), path(first));
    }

    @Test
    void remembersThemForAsLongAsItMay() throws Exception {
        SaleLookup sales = lookup(shop(), Map.of());

        get(find(sales, first, Duration.ZERO));
        get(find(sales, first, Duration.ZERO));

        assertThat(asked).containsExactly(path(first), path(first));
    }

    @Test
    void requestsForASaleThatIsBeingReadJoinThatReading() throws Exception {
        SaleLookup sales = lookup(shop(), Map.of());

        get(EventLoop.on(loop, () -> Future.all(sales.find(first, Duration.ZERO), sales.find(first, Duration.ZERO))));

        assertThat(asked).containsExactly(path(first));
    }

    @Test
    void aReadingThatWasBegunBeforeAnEventIsNotUsed() throws Exception {
        // Given
        SaleLookup sales = lookup(shop(), Map.of());
        get(find(sales, first, FRESH));

        // When: the event arrives while the sale is read
        JsonObject read = get(Future.<JsonObject>future(found -> loop.runOnContext(v -> {
            sales.find(first, Duration.ZERO).onComplete(found);
            sales.learned(first, SaleState.SOLD_OUT, 0);
        })));

        // Then
        assertThat(read.getString("state")).isEqualTo("SOLD_OUT");
        assertThat(get(find(sales, first, FRESH))).isEqualTo(read);
        assertThat(get(find(sales, first, Duration.ZERO)).getString("state")).isNull();
    }

    @Test
    void remembersForAMomentThatARequestedIdIsOfNoSale() throws Exception {
        // Given
        nothingKnown = true;
        SaleLookup sales = lookup(shop(), Map.of("unknownFresh", "60000"));
        assertNoSale(() -> findRequested(sales, first));

        // When
        assertNoSale(() -> findRequested(sales, first));

        // Then
        assertThat(asked).containsExactly(path(first));
        assertNoSale(() -> find(sales, first, FRESH));
        assertThat(asked).as("an id from elsewhere is read").hasSize(2);
        assertNoSale(() -> findRequested(lookup(shop(), Map.of("unknownFresh", "0")), first));
        assertThat(asked).hasSize(3);
    }

    @Test
    void requestsForIdsOfNoSaleDelayNoKnownSaleAndAreLimited() throws Exception {
        // Given
        SaleLookup sales = lookup(shop(), Map.of("lookupsWaitingMax", "10"));
        get(find(sales, first, FRESH));
        silent = true;
        List<Future<JsonObject>> flood = IntStream.range(10, 50)
                .mapToObj(number -> findRequested(sales, SaleId.random(new Random(number))))
                .toList();
        await().atMost(Duration.ofSeconds(SOON_SECONDS))
                .until(() -> flood.stream().filter(Future::failed).count() >= 25);

        // When
        get(find(sales, first, Duration.ZERO));
        get(findRequested(sales, first));

        // Then
        assertThat(flood).filteredOn(each -> !each.isComplete()).isNotEmpty();
        assertThat(flood)
                .filteredOn(Future::failed)
                .allSatisfy(each -> assertThat(each.cause()).isInstanceOf(ConnectionPoolTooBusyException.class));
    }

    private static void assertNoSale(Callable<Future<JsonObject>> reading) {
        assertThatThrownBy(() -> get(reading.call())).hasMessageContaining("no such sale");
    }

    private Future<JsonObject> findRequested(SaleLookup sales, SaleId sale) {
        return Future.future(found ->
                loop.runOnContext(v -> sales.findRequested(sale, Duration.ZERO).onComplete(found)));
    }

    private String shop() throws Exception {
        HttpServer shop = get(vertx.createHttpServer()
                .requestHandler(request -> {
                    asked.add(request.path());
                    if (silent && !request.path().equals(path(first))) {
                        return;
                    }
                    request.response()
                            .setStatusCode(nothingKnown ? 404 : 200)
                            .end(new JsonObject()
                                    .put("title", "Lamp")
                                    .put("currency", "EUR")
                                    .toBuffer());
                })
                .listen(0, "127.0.0.1"));
        return "http://127.0.0.1:" + shop.actualPort();
    }

    private static String path(SaleId sale) {
        return "/api/sales/" + sale;
    }

    private SaleLookup lookup(String url, Map<String, String> more) {
        var env = new Environment(Map.of("DOORBUSTER_SALES_URL", url));
        return new SaleLookup(vertx, Overrides.in(SaleLookupConfig.fromEnv(env), more));
    }

    private Future<JsonObject> find(SaleLookup sales, SaleId sale, Duration fresh) {
        return Future.future(
                found -> loop.runOnContext(v -> sales.find(sale, fresh).onComplete(found)));
    }

    @CanIgnoreReturnValue
    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(SOON_SECONDS, TimeUnit.SECONDS);
    }
}
