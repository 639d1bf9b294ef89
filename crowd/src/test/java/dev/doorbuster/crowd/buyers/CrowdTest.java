package dev.doorbuster.crowd.buyers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.crowd.buyers.CrowdRun.CrowdProgress;
import dev.doorbuster.crowd.client.AnswerKind;
import dev.doorbuster.crowd.client.RequestRecord;
import dev.doorbuster.crowd.client.SaleRequest;
import dev.doorbuster.crowd.client.ShopAnswer;
import dev.doorbuster.crowd.client.ShopClient;
import dev.doorbuster.crowd.client.ShopRequest;
import dev.doorbuster.crowd.client.ShopRequest.Attempt;
import dev.doorbuster.crowd.history.CrowdStats;
import dev.doorbuster.crowd.history.SaleRecord;
import dev.doorbuster.crowd.judge.Judge;
import dev.doorbuster.crowd.judge.Judge.SaleReport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyStoreOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The crowd in front of a shop that is honest, if not always quick. */
class CrowdTest {
    private static final String SALE = "k7wq2mzr5xv3ta6b";
    private static final int STOCK = 20;
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final Vertx vertx = Vertx.vertx();
    private final FakeShop shop = new FakeShop(vertx, STOCK);
    private final URI api = get(shop.open());
    private final List<CrowdProgress> progress = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        Future<Void> unused = vertx.close();
    }

    @Test
    void buysTheSaleEmptyAndAsksAgain() {
        CrowdRun.Result run = run(plan(200));

        SaleReport report = judge(run);
        assertThat(report.findings().byViolation()).isEmpty();
        assertThat(report.counts().keysReserved()).isEqualTo(STOCK);
        assertThat(report.counts().keysRefused()).isEqualTo(180);
        assertThat(report.counts().repeats()).isEqualTo(STOCK);
        assertThat(count(run, Attempt.FIRST)).isEqualTo(200);
        assertThat(count(run, Attempt.REPEAT)).isEqualTo(STOCK);
    }

    @Test
    void warmUpReadsAcceptedAndRefusedAnswers() {
        CrowdRun.Result run = get(ClientWarmUp.run(vertx));

        var outcomes = run.stats().outcomes();
        assertThat(outcomes).containsOnlyKeys("201 RESERVED", "409 sold-out");
        assertThat(outcomes.get("201 RESERVED")).isGreaterThanOrEqualTo(400);
    }

    @Test
    void sendsTheSameTwiceAtOnceForItsShareOfBuyers() {
        shop.delayMs = 20;

        CrowdRun.Result run = run(plan(200, 0.25, 0.25));

        long twins = count(run, Attempt.DUPLICATE);
        assertThat(twins).isBetween(25L, 75L);
        assertThat(shop.requestsByKey.values().stream().filter(count -> count.get() >= 2))
                .hasSizeGreaterThanOrEqualTo((int) twins);
        assertThat(shop.requestsByKey.keySet().stream().filter(key -> key.startsWith("made-")))
                .hasSizeBetween(25, 75);
        assertThat(judge(run).findings().byViolation()).isEmpty();
    }

    @Test
    void looksAfterAnOrderThatWasOnlyAccepted() {
        shop.acceptsOnly = true;

        CrowdRun.Result run = run(plan(30));

        assertThat(looks(run)).isEqualTo(STOCK);
        assertThat(judge(run).counts().keysReserved()).isEqualTo(STOCK);
    }

    @Test
    void comesBackWithTheSameKeyWhenItWasSentAway() {
        shop.busyFirst.set(10);

        CrowdRun.Result run = run(plan(30));

        assertThat(count(run, Attempt.RETRY)).isEqualTo(10);
        assertThat(judge(run).findings().byViolation()).isEmpty();
    }

    @Test
    void comesBackWithTheSameKeyWhenItGotNoAnswer() {
        shop.deafFirst.set(5);

        CrowdRun.Result run = run(plan(30));

        assertThat(run.history().requests().stream().filter(entry -> entry.is(AnswerKind.LOST)))
                .hasSize(5);
        assertThat(count(run, Attempt.RETRY)).isEqualTo(5);
        assertThat(shop.requestsByKey).hasSize(30);
        assertThat(judge(run).findings().byViolation()).isEmpty();
    }

    @Test
    void givesUpAfterAllItsRetries() {
        shop.busyFirst.set(Integer.MAX_VALUE);

        CrowdRun.Result run = run(plan(3).with(retries(2)));

        assertThat(run.history().requests()).hasSize(3 * 3);
        assertThat(judge(run).counts().keysUnknown()).isEqualTo(3);
    }

    @Test
    void givesUpOnAnAnswerThatDoesNotCome() {
        shop.delayMs = 3_600_000;

        CrowdRun.Result run = run(plan(3).with(retries(0)), shop().withAnswerMax(Duration.ofMillis(200)));

        assertThat(run.history().requests())
                .extracting(request -> request.answer().kind())
                .containsOnly(AnswerKind.LOST);
    }

    @Test
    void keepsArrivingWhateverBecomesOfThoseBefore() {
        // Given
        shop.delayMs = 2_000;

        // When
        CrowdRun.Result run = run(plan(100, 0, 0));

        // Then: all had come before the first was answered
        long firstAnswer = run.history().requests().stream()
                .mapToLong(RequestRecord::answeredMicros)
                .min()
                .orElseThrow();
        assertThat(run.history().requests().stream()
                        .filter(entry -> entry.is(Attempt.FIRST))
                        .filter(entry -> entry.dueMicros() < firstAnswer))
                .hasSize(100);
    }

    @Test
    void spreadsOverAllServersWithinItsConnections() {
        // Given: the units are all at one of them, so half of the winners ask again at the other one
        var second = new FakeShop(vertx, 0);
        URI other = get(second.open());
        shop.delayMs = 50;

        // When
        CrowdRun.Result run = run(CrowdPlan.simple(sale(), 2_000, 20_000, 0, 0.2), shop(api, other));

        // Then
        assertThat(count(run, Attempt.FIRST)).isEqualTo(2_000);
        assertThat(shop.requests() + second.requests())
                .isEqualTo(run.history().requests().size());
        assertThat(shop.requestsByKey).hasSizeGreaterThan(900);
        assertThat(second.requestsByKey).hasSizeGreaterThan(900);
        assertThat(shop.connectionsMax.get()).isBetween(1, 512);
    }

    @Test
    void sendsToTheNextInstanceWhatDidNotReachTheFirst() {
        // Given: nothing listens at the other address any more
        var stopped = new FakeShop(vertx, 0);
        URI other = get(stopped.open());
        Void unused = get(stopped.close());

        // When
        CrowdRun.Result run = run(plan(30), shop(other, api));

        // Then: each failed attempt is recorded, and no buyer had to repeat an order
        assertThat(run.history().requests().stream()
                        .filter(request -> request.instance().equals(other.toString())))
                .isNotEmpty()
                .allMatch(request -> request.answer().lost() == ShopAnswer.Lost.NOT_CONNECTED);
        assertThat(count(run, Attempt.RETRY)).isZero();
        assertThat(judge(run).counts().keysReserved()).isEqualTo(STOCK);
        assertThat(judge(run).isClean()).isTrue();
    }

    @Test
    void tellsHowItGoes() {
        CrowdRun.Result unused = run(plan(200));

        CrowdProgress last = progress.get(progress.size() - 1);
        assertThat(last.arrived()).isEqualTo(200);
        assertThat(last.done()).isEqualTo(200);
        assertThat(last.reserved()).isEqualTo(STOCK);
        assertThat(last.repeats()).isEqualTo(STOCK);
    }

    @Test
    void countsAndMeasuresItsAnswers() {
        CrowdStats stats = run(plan(200, 0, 0)).stats();

        assertThat(stats.orders()).isEqualTo(200);
        assertThat(stats.outcomes()).containsEntry("201 RESERVED", STOCK).containsEntry("409 sold-out", 180);
        assertThat(stats.all().count()).isEqualTo(200);
        assertThat(stats.all().p50())
                .isPositive()
                .isLessThanOrEqualTo(stats.all().p99());
        assertThat(stats.reserved().count()).isEqualTo(STOCK);
        assertThat(stats.ordersPerSecond()).isPositive();
    }

    @Test
    void countsABuyersTimeUntilHeKnowsHoweverOftenHeAsks() {
        // Given: the first ten are sent away, and come back a good while later
        shop.busyFirst.set(10);

        // When
        CrowdStats stats = run(plan(30)).stats();

        // Then: the answer that sent them away was quick, and does not count
        assertThat(stats.known().count()).isEqualTo(30);
        assertThat(stats.unclear()).isZero();
        assertThat(stats.known().max()).isGreaterThan(Duration.ofMillis(200));
    }

    @Test
    void countsThoseWhoNeverKnow() {
        shop.busyFirst.set(Integer.MAX_VALUE);

        CrowdStats stats = run(plan(3).with(retries(1))).stats();

        assertThat(stats.unclear()).isEqualTo(3);
        assertThat(stats.known().count()).isZero();
    }

    @Test
    void tellsHowManyRequestsWereOutAndWhetherConnectionsRanOut() {
        shop.delayMs = 200;

        CrowdRun.Result few = run(plan(50), shop().withConnections(5));
        CrowdRun.Result enough = run(plan(50));

        assertThat(few.pace().ranOutOfConnections()).isTrue();
        assertThat(few.pace().requestsInFlightMax()).isGreaterThan(5);
        assertThat(enough.pace().ranOutOfConnections()).isFalse();
        assertThat(enough.pace().late().count()).isEqualTo(50);
    }

    @Test
    void noBuyerIsDueBeforeTheCrowdBegins() {
        // Given
        long before = System.nanoTime();
        List<Long> due = new CopyOnWriteArrayList<>();

        // When
        Void unused = get(Arrivals.run(vertx, 3, 1_000, (number, dueAtNanos) -> {
            due.add(dueAtNanos);
            return Future.succeededFuture();
        }));

        // Then: by the clock that answers are timed with, evenly
        assertThat(due.get(0)).isGreaterThanOrEqualTo(before);
        assertThat(due.get(2) - due.get(0)).isEqualTo(2_000_000);
    }

    @Test
    void doesNotTrustAShopWhoseCertificateNobodyVouchesFor(@TempDir Path folder) throws Exception {
        // Given
        var options = new HttpServerOptions().setSsl(true).setKeyCertOptions(ownCertificate(folder));
        HttpServer secure = get(vertx.createHttpServer(options)
                .requestHandler(request -> request.response().end())
                .listen(0, "127.0.0.1"));
        URI address = URI.create("https://localhost:" + secure.actualPort());

        // When
        CrowdRun.Result run = run(plan(3).with(retries(0)), shop(address));

        // Then
        assertThat(run.history().requests())
                .extracting(request -> request.answer().kind())
                .containsOnly(AnswerKind.LOST);
        assertThat(run.history().requests().get(0).answer().reason()).contains("SSL");
    }

    private static KeyStoreOptions ownCertificate(Path folder) throws Exception {
        String store = folder.resolve("own.p12").toString();
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process making = new ProcessBuilder(List.of(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "shop",
                        "-dname",
                        "CN=localhost",
                        "-keyalg",
                        "EC",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store,
                        "-storepass",
                        SECRET))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(making.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(making.exitValue()).isZero();
        return new KeyStoreOptions().setType("PKCS12").setPath(store).setPassword(SECRET);
    }

    private static CrowdPlan plan(int buyers) {
        return plan(buyers, 0, 0);
    }

    private static CrowdPlan plan(int buyers, double duplicateShare, double keylessShare) {
        return CrowdPlan.simple(sale(), buyers, 1_000, duplicateShare, keylessShare);
    }

    private ShopClient.Settings shop() {
        return shop(api);
    }

    private static ShopClient.Settings shop(URI... apis) {
        return ShopClient.Settings.of(List.of(apis), SECRET);
    }

    private static SaleRecord sale() {
        return SaleRecord.of(SALE, SaleRequest.of("A sale", "redis", STOCK, 1, 3600));
    }

    private static RetryPolicy retries(int max) {
        Duration soon = Duration.ofMillis(1);
        return new RetryPolicy(max, soon, 1, soon, 1, soon);
    }

    private CrowdRun.Result run(CrowdPlan plan) {
        return run(plan, shop());
    }

    private CrowdRun.Result run(CrowdPlan plan, ShopClient.Settings settings) {
        return get(CrowdRun.run(vertx, settings, plan, progress::add));
    }

    private SaleReport judge(CrowdRun.Result run) {
        return Judge.judgeOrders(run.history(), shop.ledger(SALE, STOCK));
    }

    private static long count(CrowdRun.Result run, Attempt attempt) {
        return run.history().requests().stream()
                .filter(request -> request.is(attempt))
                .count();
    }

    private static long looks(CrowdRun.Result run) {
        return run.history().requests().stream()
                .filter(request -> request.is(ShopRequest.Kind.LOOK))
                .count();
    }

    private static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }
}
