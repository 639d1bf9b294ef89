package dev.doorbuster.cli.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.crowd.client.AnswerKind;
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
        Journal journal = run(plan(200));

        JournalReport report = JournalCheck.compare(journal, shop.ledger(STOCK));
        assertThat(report.lies()).isEmpty();
        assertThat(report.keysReserved()).isEqualTo(STOCK);
        assertThat(report.keysRefused()).isEqualTo(180);
        assertThat(report.encores()).isEqualTo(STOCK);
        assertThat(kinds(journal, Entry.Kind.FIRST)).isEqualTo(200);
        assertThat(kinds(journal, Entry.Kind.ENCORE)).isEqualTo(STOCK);
    }

    @Test
    void warmUpReadsAcceptedAndRefusedAnswers() {
        Journal journal = get(ClientWarmUp.run(vertx));

        var outcomes = CrowdFigures.of(journal).outcomes();
        assertThat(outcomes).containsOnlyKeys("201 RESERVED", "409 sold-out");
        assertThat(outcomes.get("201 RESERVED")).isGreaterThanOrEqualTo(400);
    }

    @Test
    void sendsTheSameTwiceAtOnceForItsShareOfBuyers() {
        shop.delayMs = 20;

        Journal journal = run(plan(200).with(Manners.everyday().withShares(0.25, 0.25)));

        long twins = kinds(journal, Entry.Kind.TWIN);
        assertThat(twins).isBetween(25L, 75L);
        assertThat(shop.requestsByKey.values().stream().filter(count -> count.get() >= 2))
                .hasSizeGreaterThanOrEqualTo((int) twins);
        assertThat(shop.requestsByKey.keySet().stream().filter(key -> key.startsWith("made-")))
                .hasSizeBetween(25, 75);
        assertThat(JournalCheck.compare(journal, shop.ledger(STOCK)).lies()).isEmpty();
    }

    @Test
    void looksAfterAnOrderThatWasOnlyAccepted() {
        shop.acceptsOnly = true;

        Journal journal = run(plan(30));

        assertThat(kinds(journal, Entry.Kind.LOOK)).isEqualTo(STOCK);
        assertThat(JournalCheck.compare(journal, shop.ledger(STOCK)).keysReserved())
                .isEqualTo(STOCK);
    }

    @Test
    void comesBackWithTheSameKeyWhenItWasSentAway() {
        shop.busyFirst.set(10);

        Journal journal = run(plan(30));

        assertThat(kinds(journal, Entry.Kind.RETRY)).isEqualTo(10);
        assertThat(JournalCheck.compare(journal, shop.ledger(STOCK)).lies()).isEmpty();
    }

    @Test
    void comesBackWithTheSameKeyWhenItGotNoAnswer() {
        shop.deafFirst.set(5);

        Journal journal = run(plan(30));

        assertThat(journal.entries().stream().filter(entry -> entry.answerKind() == AnswerKind.LOST))
                .hasSize(5);
        assertThat(kinds(journal, Entry.Kind.RETRY)).isEqualTo(5);
        assertThat(shop.requestsByKey).hasSize(30);
        assertThat(JournalCheck.compare(journal, shop.ledger(STOCK)).lies()).isEmpty();
    }

    @Test
    void givesUpAfterAllItsRetries() {
        shop.busyFirst.set(Integer.MAX_VALUE);

        Journal journal = run(plan(3).with(patience(2, Duration.ofSeconds(5))));

        assertThat(journal.entries()).hasSize(3 * 3);
        assertThat(JournalCheck.compare(journal, shop.ledger(STOCK)).keysUnknown())
                .isEqualTo(3);
    }

    @Test
    void givesUpOnAnAnswerThatDoesNotCome() {
        shop.delayMs = 3_600_000;

        Journal journal = run(plan(3).with(patience(0, Duration.ofMillis(200))));

        assertThat(journal.entries()).extracting(Entry::answerKind).containsOnly(AnswerKind.LOST);
    }

    @Test
    void keepsArrivingWhateverBecomesOfThoseBefore() {
        // Given
        shop.delayMs = 2_000;

        // When
        Journal journal = run(plan(100).with(Manners.everyday().withShares(0, 0)));

        // Then: all had come before the first was answered
        long firstAnswer = journal.entries().stream()
                .mapToLong(Entry::answeredAtNanos)
                .min()
                .orElseThrow();
        assertThat(journal.entries().stream()
                        .filter(entry -> entry.kind() == Entry.Kind.FIRST)
                        .filter(entry -> entry.sentAtNanos() < firstAnswer))
                .hasSize(100);
    }

    @Test
    void spreadsOverAllServersWithinItsConnections() {
        // Given: the units are all at one of them, so half of the winners ask again where nobody knows them
        var second = new FakeShop(vertx, 0);
        URI other = get(second.open());
        shop.delayMs = 50;

        // When
        Journal journal = run(CrowdPlan.of(List.of(api, other), History.SALE, SECRET, 2_000, 20_000));

        // Then
        assertThat(kinds(journal, Entry.Kind.FIRST)).isEqualTo(2_000);
        assertThat(shop.requests() + second.requests())
                .isEqualTo(journal.entries().size());
        assertThat(shop.requestsByKey).hasSizeGreaterThan(900);
        assertThat(second.requestsByKey).hasSizeGreaterThan(900);
        assertThat(shop.connectionsMax.get()).isBetween(1, 512);
    }

    @Test
    void tellsHowItGoes() {
        Journal unused = run(plan(200));

        CrowdProgress last = progress.get(progress.size() - 1);
        assertThat(last.arrived()).isEqualTo(200);
        assertThat(last.done()).isEqualTo(200);
        assertThat(last.reserved()).isEqualTo(STOCK);
        assertThat(last.encores()).isEqualTo(STOCK);
    }

    @Test
    void countsAndMeasuresItsAnswers() {
        CrowdFigures figures =
                CrowdFigures.of(run(plan(200).with(Manners.everyday().withShares(0, 0))));

        assertThat(figures.orders()).isEqualTo(200);
        assertThat(figures.outcomes()).containsEntry("201 RESERVED", STOCK).containsEntry("409 sold-out", 180);
        assertThat(figures.all().count()).isEqualTo(200);
        assertThat(figures.all().p50())
                .isPositive()
                .isLessThanOrEqualTo(figures.all().p99());
        assertThat(figures.reserved().count()).isEqualTo(STOCK);
        assertThat(figures.ordersPerSecond()).isPositive();
    }

    @Test
    void countsABuyersTimeUntilHeKnowsHoweverOftenHeAsks() {
        // Given: the first ten are sent away, and come back a good while later
        shop.busyFirst.set(10);

        // When
        CrowdFigures figures = CrowdFigures.of(run(plan(30)));

        // Then: the answer that sent them away was quick, and does not count
        assertThat(figures.known().count()).isEqualTo(30);
        assertThat(figures.unclear()).isZero();
        assertThat(figures.known().max()).isGreaterThan(Duration.ofMillis(200));
    }

    @Test
    void countsThoseWhoNeverKnow() {
        shop.busyFirst.set(Integer.MAX_VALUE);

        CrowdFigures figures = CrowdFigures.of(run(plan(3).with(patience(1, Duration.ofSeconds(5)))));

        assertThat(figures.unclear()).isEqualTo(3);
        assertThat(figures.known().count()).isZero();
    }

    @Test
    void tellsHowManyRequestsWereOutAndWhetherConnectionsRanOut() {
        shop.delayMs = 500;

        Journal few = run(plan(50).withConnections(5));
        Journal enough = run(plan(50));

        assertThat(few.pace().ranOutOfConnections()).isTrue();
        assertThat(few.pace().requestsOutMax()).isGreaterThan(5);
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
    void readsFromTheBuyersThemselvesWhatTheLedgerHas() {
        // Given
        CrowdPlan plan = plan(200);
        Journal journal = run(plan);

        // When
        Ledger ledger = get(LedgerOverHttp.read(vertx, plan, journal, STOCK, STOCK));

        // Then
        assertThat(ledger.orders())
                .containsExactlyInAnyOrderElementsOf(shop.ledger(STOCK).orders());
        assertThat(JournalCheck.compare(journal, ledger).lies()).isEmpty();
    }

    @Test
    void readsAgainWhatAStormedShopDoesNotTellAtOnce() {
        // Given: every winner's first three questions
        CrowdPlan plan = plan(200);
        Journal journal = run(plan);
        shop.busyLists.set(3 * STOCK);

        // When
        Ledger ledger = get(LedgerOverHttp.read(vertx, plan, journal, STOCK, STOCK));

        // Then
        assertThat(ledger.orders()).hasSize(STOCK);
    }

    @Test
    void seesAnOrderThatABuyerWasToldAndTheLedgerLost() {
        // Given
        CrowdPlan plan = plan(200);
        Journal journal = run(plan);
        shop.forget("key-b-000001");

        // When
        Ledger ledger = get(LedgerOverHttp.read(vertx, plan, journal, STOCK, STOCK));

        // Then
        assertThat(JournalCheck.compare(journal, ledger).lies())
                .containsKeys(Lie.RESERVED_WITHOUT_ROW, Lie.SOLD_DIFFERS);
    }

    @Test
    void seesUnitsThatNobodyWasTold() {
        CrowdPlan plan = plan(10);
        Journal journal = run(plan);

        Ledger ledger = get(LedgerOverHttp.read(vertx, plan, journal, STOCK, 11));

        assertThat(JournalCheck.compare(journal, ledger).lies()).containsOnlyKeys(Lie.SOLD_DIFFERS);
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
        Journal journal = run(CrowdPlan.of(List.of(address), History.SALE, SECRET, 3, 1_000)
                .with(patience(0, Duration.ofSeconds(30))));

        // Then
        assertThat(journal.entries()).extracting(Entry::answerKind).containsOnly(AnswerKind.LOST);
        assertThat(journal.entries().get(0).answer().reason()).contains("SSL");
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

    private CrowdPlan plan(int buyers) {
        return CrowdPlan.of(List.of(api), History.SALE, SECRET, buyers, 1_000)
                .with(Manners.everyday().withShares(0, 0));
    }

    private static Patience patience(int retries, Duration answer) {
        return new Patience(answer, retries, Duration.ofMillis(1), 1, Duration.ofMillis(1));
    }

    private Journal run(CrowdPlan plan) {
        return get(Crowd.run(vertx, plan, progress::add));
    }

    private static long kinds(Journal journal, Entry.Kind kind) {
        return journal.entries().stream().filter(entry -> entry.kind() == kind).count();
    }

    private static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }
}
