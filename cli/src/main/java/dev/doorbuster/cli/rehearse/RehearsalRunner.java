package dev.doorbuster.cli.rehearse;

import dev.doorbuster.cli.crowd.Crowd;
import dev.doorbuster.cli.crowd.CrowdFigures;
import dev.doorbuster.cli.crowd.CrowdPlan;
import dev.doorbuster.cli.crowd.Entry;
import dev.doorbuster.cli.crowd.Journal;
import dev.doorbuster.cli.crowd.JournalCheck;
import dev.doorbuster.cli.crowd.LedgerOverHttp;
import dev.doorbuster.cli.crowd.Manners;
import dev.doorbuster.cli.rehearse.metrics.MetricsWatch;
import dev.doorbuster.cli.rehearse.metrics.Observation;
import dev.doorbuster.cli.rehearse.metrics.TurnedAwayCounts;
import dev.doorbuster.crowd.client.AnswerKind;
import dev.doorbuster.crowd.client.ApiClient;
import dev.doorbuster.crowd.client.SaleVerification;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Plays one sale after the other: opens it, sends its crowd, has it verified, compares, and ends it. */
final class RehearsalRunner {
    /** As real buyers each have their own; requests beyond would wait on our side. */
    private static final int CONNECTIONS_MAX = 2_048;

    private static final double IMPATIENT_SHARE = 0.05;
    private static final double KEYLESS_SHARE = 0.2;
    /** After its last arrival a crowd has this long to hear, to ask again and to be proved. */
    private static final Duration AFTERWARDS_MAX = Duration.ofMinutes(10);

    private static final Duration VERDICT_MAX = Duration.ofSeconds(60);

    private final Vertx vertx;
    private final Deployment deployment;
    private final ApiClient operator;
    private final OpenSales sales;
    private final String counter;

    RehearsalRunner(Vertx vertx, Deployment deployment, ApiClient operator, OpenSales sales, String counter) {
        this.vertx = vertx;
        this.deployment = deployment;
        this.operator = operator;
        this.sales = sales;
        this.counter = counter;
    }

    RehearsalRunResult play(RehearsalRun play) throws ExecutionException, InterruptedException, TimeoutException {
        Duration max = Duration.ofSeconds(play.buyers() / play.perSecond()).plus(AFTERWARDS_MAX);
        String sale = sales.open(sale(play, max));
        CrowdPlan plan = CrowdPlan.of(deployment.apis(), sale, deployment.jwtSecret(), play.buyers(), play.perSecond())
                .with(Manners.everyday().withShares(IMPATIENT_SHARE, KEYLESS_SHARE))
                .withConnections(CONNECTIONS_MAX);
        try (MetricsWatch watch = MetricsWatch.start(deployment.metrics())) {
            Journal journal = await(Crowd.run(vertx, plan, progress -> {}), max);
            CrowdFigures figures = CrowdFigures.of(journal);
            Observation observation = watch.end(TurnedAwayCounts.of(figures.outcomes()));
            SaleVerification verification = SaleVerification.await(operator, sale, VERDICT_MAX);
            var ledger = await(
                    LedgerOverHttp.read(
                            vertx, plan, journal, verification.number("stock"), verification.number("sold")),
                    max);
            sales.end(sale);
            return new RehearsalRunResult(
                    play,
                    sale,
                    figures,
                    journal.pace(),
                    verification,
                    JournalCheck.compare(journal, ledger),
                    observation,
                    reservedAt(journal));
        }
    }

    /** It closes by itself, should this program not live to end it; its units come back a little later. */
    private Map<String, Object> sale(RehearsalRun play, Duration max) {
        var sale = new LinkedHashMap<String, Object>();
        sale.put("title", "REHEARSAL, nothing is for sale here: %s, %d/s".formatted(play.name(), play.perSecond()));
        sale.put("priceCents", 0);
        sale.put("currency", "XXX");
        sale.put("stock", play.stock());
        sale.put("perBuyerLimit", 1);
        sale.put("closesAt", Instant.now().plus(max).toString());
        sale.put("holdSeconds", max.toSeconds());
        sale.put("counter", counter);
        return sale;
    }

    private static List<Duration> reservedAt(Journal journal) {
        Set<String> known = new HashSet<>();
        return journal.entries().stream()
                .filter(entry -> entry.answerKind() == AnswerKind.RESERVED && known.add(entry.buyer()))
                .map(Entry::answeredAtNanos)
                .sorted()
                .map(Duration::ofNanos)
                .toList();
    }

    private static <T> T await(Future<T> future, Duration max)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(max.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new TimeoutException("a crowd of the rehearsal was not done after %d s".formatted(max.toSeconds()));
        }
    }
}
