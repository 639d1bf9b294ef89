package dev.doorbuster.cli.rehearse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorbuster.cli.rehearse.metrics.MetricsPages;
import dev.doorbuster.cli.rehearse.step.OpenSales;
import dev.doorbuster.cli.rehearse.step.StepRunner;
import dev.doorbuster.cli.rehearse.step.StepVerdict;
import dev.doorbuster.crowd.client.ApiClient;
import dev.doorbuster.crowd.client.SaleRequest;
import dev.doorbuster.crowd.judge.Violation;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole procedure against a correct shop, unless a test configures otherwise; small crowds and lenient limits. */
class RehearsalTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final int LENIENT_MS = 60_000;

    private final Vertx vertx = Vertx.vertx();
    private final FakeDeployment shop = new FakeDeployment(vertx);
    private final URI api = shop.open()
            .toCompletionStage()
            .toCompletableFuture()
            .orTimeout(60, TimeUnit.SECONDS)
            .join();
    private final List<RehearsalStep> shown = new ArrayList<>();

    @AfterEach
    void close() {
        Future<Void> unused = shop.close().eventually(() -> vertx.close());
    }

    @Test
    void playsSmokeWarmUpStepsAndTheSaleItselfAndLeavesNothingOpen() throws Exception {
        // When
        RehearsalResult rehearsed = rehearse(plan(LENIENT_MS, 3));

        // Then
        assertThat(shown)
                .extracting(step -> step.result().plan().name())
                .containsExactly("smoke", "warm-up", "step 1", "step 2", "step 3", "rehearsal");
        assertThat(rehearsed.held()).isEqualTo(24);
        assertThat(Readiness.of(rehearsed).reasons()).isEmpty();
        assertThat(rehearsed.rehearsal().orElseThrow().result().reservedAt())
                .hasSize(5)
                .isSorted();
        assertThat(shop.sales()).isEqualTo(6);
        assertThat(shop.openSales()).isZero();
        assertThat(shop.allMarked()).isTrue();
    }

    @Test
    void isNotReadyWhereNobodyCouldBeInTime() throws Exception {
        RehearsalResult rehearsed = rehearse(plan(0, 2));

        assertThat(rehearsed.held()).isZero();
        assertThat(shown.subList(0, 2)).extracting(RehearsalStep::words).containsExactly("true", "true");
        // On a busy machine the load generator is late, too.
        assertThat(shown.subList(2, shown.size()))
                .extracting(RehearsalStep::words)
                .isNotEmpty()
                .isSubsetOf("too slow", "client-bound");
        assertThat(Readiness.of(rehearsed).ready()).isFalse();
    }

    @Test
    void endsWhereTheSystemIsFoundToOversellWhateverItSaysItself() throws Exception {
        // Given
        shop.oversells = 1;

        // When
        RehearsalResult rehearsed = rehearse(plan(LENIENT_MS, 3));

        // Then
        assertThat(shown).singleElement().extracting(RehearsalStep::verdict).isEqualTo(StepVerdict.UNTRUE);
        assertThat(shown.get(0).result().report().findings().byViolation()).containsKey(Violation.OVERSOLD);
        assertThat(Readiness.of(rehearsed).reasons()).singleElement().asString().contains("OVERSOLD");
        assertThat(shop.openSales()).isZero();
    }

    @Test
    void opensNoSaleOnceItWasInterruptedAndEndsWhatIsOpen() throws Exception {
        // Given
        ApiClient operator = ApiClient.login(api, "operator", "a password");
        var sales = new OpenSales(operator);
        String unused = sales.open(SaleRequest.of("REHEARSAL", "redis", 10, 1, 60));

        // When
        List<String> left = sales.close();

        // Then
        assertThat(left).isEmpty();
        assertThat(shop.openSales()).isZero();
        assertThatThrownBy(() -> sales.open(SaleRequest.of("REHEARSAL", "redis", 10, 1, 60)))
                .hasMessageContaining("interrupted");
    }

    private RehearsalResult rehearse(RehearsalPlan plan) throws Exception {
        var against = new Deployment(List.of(api), "operator", "a password", SECRET, new MetricsPages(Map.of()));
        ApiClient operator = ApiClient.login(api, "operator", "a password");
        var runner = new StepRunner(vertx, against, operator, new OpenSales(operator), plan.counter());
        return new Rehearsal(plan, runner, shown::add).run();
    }

    private static RehearsalPlan plan(int p99LimitMs, int steps) {
        return new RehearsalPlan(5, 60, 3, p99LimitMs, "redis", 1, steps, 20);
    }
}
