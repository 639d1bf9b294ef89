package dev.doorbuster.systemtests.fuzz;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.cli.system.RunningService;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.cli.system.plan.SystemPlan;
import dev.doorbuster.crowd.client.ApiClient;
import dev.doorbuster.crowd.client.BuyerTokens;
import dev.doorbuster.systemtests.TestSystem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whatever comes in, each server answers by the rules of HTTP, never with a fault of its own, and keeps neither a connection nor a
 * metric of it. Longer runs: {@code -Ddoorbuster.fuzz.cases=300000 -Ddoorbuster.fuzz.seed=7}.
 */
class HttpFuzzIT {
    private static final Logger LOG = LoggerFactory.getLogger(HttpFuzzIT.class);
    private static final Duration QUIET_MAX = Duration.ofSeconds(90);
    private static final int BUYERS = 50;

    private static final long CASES = Long.getLong("doorbuster.fuzz.cases", 12_000);
    private static final long SEED = Long.getLong("doorbuster.fuzz.seed", 20_261_129);
    /** Values of labels that a server may show first in the second half: a status or route not met in the first one. */
    private static final int NEW_LABELS_MAX = 10;

    private static final Pattern LABEL = Pattern.compile("\\w+=\"[^\"]*\"");

    private static RunningSystem system;
    private static List<FuzzTarget> targets;

    @BeforeAll
    static void start() throws InterruptedException {
        system = TestSystem.start(TestSystem.distribution("fuzz"), new SystemPlan(1, 1, 1, false).withRaceLab());
        targets = targets();
    }

    @AfterAll
    static void stop() {
        if (system != null) {
            system.discard();
        }
    }

    private static List<FuzzTarget> targets() throws InterruptedException {
        var operator = system.secrets().operator();
        RunningService edge = system.orderServices().get(0);
        String operatorToken = ApiClient.withToken(edge.http(), null)
                .post("/api/sessions", Map.of("name", operator.user(), "password", operator.password()))
                .get("token")
                .asText();
        var buyers = new BuyerTokens(system.secrets().jwtSecret());
        List<String> tokens = new ArrayList<>(IntStream.range(0, BUYERS)
                .mapToObj(number -> buyers.mint("fuzz-" + number, Instant.now()))
                .toList());
        tokens.addAll(
                IntStream.range(0, BUYERS / 5).mapToObj(each -> operatorToken).toList());
        RunningService lab = system.raceLab().orElseThrow();
        var found = new ArrayList<FuzzTarget>();
        found.add(new FuzzTarget("edge", edge.port(), edge.managementPort(), edgePaths(), tokens));
        found.add(new FuzzTarget(
                "notifier",
                system.notifier().port(),
                system.notifier().managementPort(),
                List.of(
                        "/api/sales/?/events",
                        "/api/sales/aaaaaaaaaaaaaaaa/events",
                        "/api/events/ticket",
                        "/api/events",
                        "/api/events?ticket=?"),
                tokens));
        found.add(new FuzzTarget(
                "race lab",
                lab.port(),
                lab.managementPort(),
                List.of(
                        "/api/race-lab/strategies",
                        "/api/race-lab/races",
                        "/api/race-lab/races/?",
                        "/api/race-lab/schedules"),
                tokens));
        for (RunningService service : system.services()) {
            found.add(new FuzzTarget(
                    "management of " + service.name(),
                    service.managementPort(),
                    service.managementPort(),
                    List.of("/health/live", "/metrics", "/", "/?"),
                    tokens));
        }
        return found;
    }

    private static List<String> edgePaths() {
        String sale = "/api/sales/aaaaaaaaaaaaaaaa";
        String order = "/api/orders/00000000-0000-4000-8000-000000000000";
        return List.of(
                "/",
                "/orders",
                "/console",
                "/console/?",
                "/sales/?",
                "/assets/?/?",
                "/openapi.yaml",
                "/problems",
                "/problems/?",
                "/api/shop",
                "/api/sessions",
                "/api/sales",
                "/api/sales?after=?",
                sale,
                "/api/sales/?",
                sale + "/orders",
                "/api/sales/?/orders",
                sale + "/orders?status=?&buyer=?&placedFrom=?",
                sale + "/orders/export?format=?",
                sale + "/draft",
                "/api/sales-report?sale=?&sale=?",
                "/api/sales/import",
                sale + "/verification",
                sale + "/holds",
                "/api/orders",
                "/api/orders?saleId=?&after=?",
                order,
                "/api/orders/?",
                order + "/payment",
                "/api/operations",
                "/api/dead-letters/?/replay",
                "/api/dead-letters/dead-letters/discard",
                "/api/?");
    }

    @Test
    void everyServerAnswersWhateverComesByTheRules() throws Exception {
        for (FuzzTarget target : targets) {
            long cases = target.name().equals("edge") ? CASES / 2 : CASES / 2 / (targets.size() - 1);
            var fuzzer = new HttpFuzzer(target, SEED, 0);
            var faults = fuzzer.run(cases / 2);
            assertThat(faults).as(String.join("\n\n", faults)).isEmpty();
            Set<String> before = labels(target);
            faults = fuzzer.run(cases / 2);
            assertThat(faults).as(String.join("\n\n", faults)).isEmpty();

            LOG.info("{}: {} cases of seed {}, answers {}", target.name(), cases, SEED, fuzzer.statuses());
            Set<String> after = labels(target);
            after.removeAll(before);
            assertThat(after).as("new labels of " + target.name()).hasSizeLessThanOrEqualTo(NEW_LABELS_MAX);
            assertThat(metrics(target)).as("labels of " + target.name()).doesNotContain(RequestGrammar.INVENTED);
            await().atMost(QUIET_MAX).untilAsserted(() -> {
                // the connection and the request that ask
                assertThat(sum(target, "vertx_http_server_active_connections")).isEqualTo(1);
                assertThat(sum(target, "vertx_http_server_active_requests")).isEqualTo(1);
                assertThat(sum(target, "doorbuster_sse_subscribers")).isZero();
            });
        }
        for (RunningService service : system.services()) {
            assertThat(service.process().isAlive()).as(service.name()).isTrue();
        }
    }

    private static Set<String> labels(FuzzTarget target) throws IOException {
        return LABEL.matcher(metrics(target)).results().map(MatchResult::group).collect(toCollection(TreeSet::new));
    }

    private static double sum(FuzzTarget target, String metric) throws IOException {
        return metrics(target)
                .lines()
                .filter(line -> line.startsWith(metric))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** By a connection that ends with the answer. */
    private static String metrics(FuzzTarget target) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), target.managementPort())) {
            socket.getOutputStream()
                    .write("GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
