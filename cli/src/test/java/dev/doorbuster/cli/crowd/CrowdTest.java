package dev.doorbuster.cli.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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

        assertThat(journal.entries().stream().filter(entry -> entry.heard() == Heard.LOST))
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

        assertThat(journal.entries()).extracting(Entry::heard).containsOnly(Heard.LOST);
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
        // Given
        var second = new FakeShop(vertx, STOCK);
        URI other = get(second.open());
        shop.delayMs = 50;

        // When
        Journal journal = run(CrowdPlan.of(List.of(api, other), History.SALE, SECRET, 2_000, 20_000));

        // Then
        assertThat(kinds(journal, Entry.Kind.FIRST)).isEqualTo(2_000);
        assertThat(shop.requestsByKey.size() + second.requestsByKey.size()).isEqualTo(2_000);
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
