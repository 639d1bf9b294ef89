package dev.doorbuster.cli.rehearse.step;

import dev.doorbuster.cli.rehearse.Deployment;
import dev.doorbuster.cli.rehearse.metrics.AnswerCounts;
import dev.doorbuster.cli.rehearse.metrics.MetricsWatch;
import dev.doorbuster.cli.rehearse.metrics.Observation;
import dev.doorbuster.crowd.buyers.CrowdPlan;
import dev.doorbuster.crowd.buyers.CrowdRun;
import dev.doorbuster.crowd.client.AnswerKind;
import dev.doorbuster.crowd.client.ApiClient;
import dev.doorbuster.crowd.client.Futures;
import dev.doorbuster.crowd.client.SaleRequest;
import dev.doorbuster.crowd.client.SaleVerification;
import dev.doorbuster.crowd.client.ShopClient;
import dev.doorbuster.crowd.history.CrowdHistory;
import dev.doorbuster.crowd.history.CrowdStats;
import dev.doorbuster.crowd.history.SaleRecord;
import dev.doorbuster.crowd.judge.Judge;
import dev.doorbuster.crowd.judge.evidence.HttpLedgerReader;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Runs sales in sequence: opens each, runs its buyers, verifies, judges and ends it. */
public record StepRunner(Vertx vertx, Deployment deployment, ApiClient operator, OpenSales sales, String counter) {
    /** Real buyers have connections of their own; requests beyond this limit wait for a connection. */
    private static final int CONNECTIONS_MAX = 2_048;

    private static final double DUPLICATE_SHARE = 0.05;
    private static final double KEYLESS_SHARE = 0.2;
    /** Time limit from the last arrival until all requests are answered, retried and verified. */
    private static final Duration AFTERWARDS_MAX = Duration.ofMinutes(10);

    private static final Duration VERDICT_MAX = Duration.ofSeconds(60);

    public StepResult run(StepPlan step) throws ExecutionException, InterruptedException, TimeoutException {
        Duration max = Duration.ofSeconds(step.buyers() / step.perSecond()).plus(AFTERWARDS_MAX);
        SaleRequest sale = sale(step, max);
        String id = sales.open(sale);
        var plan = CrowdPlan.simple(
                SaleRecord.of(id, sale), step.buyers(), step.perSecond(), DUPLICATE_SHARE, KEYLESS_SHARE);
        var shop = ShopClient.Settings.of(deployment.apis(), deployment.jwtSecret())
                .withConnections(CONNECTIONS_MAX);
        try (MetricsWatch watch = MetricsWatch.start(deployment.metrics())) {
            CrowdRun.Result crowd = await(CrowdRun.run(vertx, shop, plan, progress -> {}), max);
            CrowdStats stats = crowd.stats();
            Observation observation = watch.end(AnswerCounts.of(stats.outcomes()));
            SaleVerification verification = SaleVerification.await(operator, id, VERDICT_MAX);
            LedgerSnapshot ledger = await(
                    HttpLedgerReader.read(
                            vertx,
                            shop,
                            plan,
                            crowd.history(),
                            verification.number("stock"),
                            verification.number("sold")),
                    max);
            sales.end(id);
            return new StepResult(
                    step,
                    id,
                    stats,
                    crowd.pace(),
                    verification,
                    Judge.judgeOrders(crowd.history(), ledger),
                    observation,
                    reservedAt(crowd.history()));
        }
    }

    /** The sale closes by itself if this program is killed before it ends the sale. */
    private SaleRequest sale(StepPlan step, Duration max) {
        String title = "REHEARSAL, nothing is for sale here: %s, %d/s".formatted(step.name(), step.perSecond());
        return SaleRequest.of(title, 0, counter, step.stock(), 1, max.toSeconds())
                .closing(Instant.now().plus(max));
    }

    private static List<Duration> reservedAt(CrowdHistory history) {
        Set<String> known = new HashSet<>();
        return history.requests().stream()
                .filter(request -> request.is(AnswerKind.RESERVED)
                        && known.add(request.request().buyer()))
                .map(request -> Duration.ofNanos(1_000 * request.answeredMicros()))
                .sorted()
                .toList();
    }

    private static <T> T await(Future<T> future, Duration max)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            return Futures.await(future, max);
        } catch (TimeoutException e) {
            throw new TimeoutException(
                    "a step of the rehearsal was not complete after %d s".formatted(max.toSeconds()));
        }
    }

    /** One sale of the rehearsal and its buyers. */
    public record StepPlan(String name, int perSecond, int buyers, long stock) {}
}
