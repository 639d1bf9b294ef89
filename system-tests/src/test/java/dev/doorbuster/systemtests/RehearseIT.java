package dev.doorbuster.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.doorbuster.crowd.client.ApiClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * {@code ./doorbuster rehearse} against a running system; small numbers of buyers, so that the result does not
 * depend on the machine.
 */
class RehearseIT {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final JsonMapper MAPPER = new JsonMapper();
    /** Limits that every machine meets, and that no machine meets. */
    private static final String LENIENT_MS = "60000";

    private static final String IMPOSSIBLE_MS = "0";
    private static final String LATE = "this client did not keep its own schedule";
    private static final int RUNS_MAX = 5;

    private static Command up;
    private static JsonNode run;
    private static ApiClient operator;

    @BeforeAll
    static void start() throws Exception {
        up = new Command("rehearse");
        Command.Ended started = up.run("up");
        assertThat(started.status()).as(started.output()).isZero();
        run = MAPPER.readTree(up.state().resolve("run.json").toFile());
        operator = ApiClient.login(
                URI.create(run.get("api").asText()),
                run.get("operator").get("name").asText(),
                run.get("operator").get("password").asText());
    }

    @AfterAll
    static void stop() throws Exception {
        Command.Ended unused = up.run("down");
    }

    @AfterEach
    void nothingIsLeftOpen() throws Exception {
        await().atMost(SOON).until(() -> openSales().isEmpty());
    }

    @Test
    void isReadyWhereTheLimitIsLenient() throws Exception {
        // When
        Command.Ended rehearsal = up.run(small("--p99-limit", LENIENT_MS));

        // Then
        assertThat(rehearsal.status()).as(rehearsal.output()).isZero();
        assertThat(rehearsal.output())
                .containsPattern("(?m)^READY$")
                .contains("highest rate held", "every answer was true", "  smoke", "  step 1");
        assertThat(Files.readString(up.state().resolve("rehearsal.html")))
                .contains(
                        "<strong>READY</strong>",
                        "id=\"latency\"",
                        "id=\"stock\"",
                        "new uPlot(",
                        "process",
                        "every answer was true");
    }

    @Test
    void isNotReadyWhereTheLimitCannotBeMet() throws Exception {
        // Given: a deployment named by its address, with its secrets in the environment
        var elsewhere = new Command("rehearse-elsewhere");
        elsewhere.set(
                "DOORBUSTER_OPERATOR_PASSWORD",
                run.get("operator").get("password").asText());
        elsewhere.set("DOORBUSTER_JWT_SECRET", run.get("jwtSecret").asText());
        Path report = elsewhere.state().resolve("new/report.html");

        // When
        Command.Ended rehearsal = onSchedule(
                elsewhere,
                small(
                        "--p99-limit",
                        IMPOSSIBLE_MS,
                        "--counter",
                        "memcached",
                        "--api",
                        run.get("api").asText(),
                        "--metrics",
                        "edge=http://127.0.0.1:" + managementPort(),
                        "--report",
                        report.toString()));

        // Then
        assertThat(rehearsal.status()).as(rehearsal.output()).isEqualTo(1);
        assertThat(rehearsal.output())
                .contains("NOT READY", "over the limit of 0 ms", "highest rate held: 0/s", "metrics: edge")
                .containsPattern("(?m)^  rehearsal .* too slow");
        assertThat(Files.readString(report)).contains("<strong>NOT READY</strong>");
    }

    @Test
    void endsItsSaleWhenItIsInterrupted() throws Exception {
        // Given
        Path output = up.state().resolve("interrupted.txt");
        Process rehearsal =
                up.start(output, "rehearse", "--buyers", "100000", "--ramp", "3000", "--step-seconds", "60");
        await().atMost(SOON).until(() -> Files.readString(output).contains("  smoke"));
        await().atMost(SOON).until(() -> !openSales().isEmpty());

        // When
        rehearsal.destroy();

        // Then
        await().atMost(SOON).until(() -> !rehearsal.isAlive());
        assertThat(openSales()).isEmpty();
    }

    @Test
    void explainsWhatToDoIfItCannotStart() throws Exception {
        // Given
        var nothing = new Command("rehearse-nothing");
        var stranger = new Command("rehearse-stranger");
        stranger.set(
                "DOORBUSTER_OPERATOR_PASSWORD",
                run.get("operator").get("password").asText());
        stranger.set("DOORBUSTER_JWT_SECRET", "another secret than the deployment's own");
        String api = run.get("api").asText();

        // When
        Command.Ended notUp = nothing.run("rehearse");
        Command.Ended wrong = up.run("rehearse", "--stock", "0", "--counter", "etcd");
        Command.Ended wrongSecret = stranger.run("rehearse", "--api", api);
        Command.Ended noMetrics = stranger.run("rehearse", "--api", api, "--metrics", api + "/nothing");
        stranger.set("DOORBUSTER_OPERATOR_PASSWORD", "not the password");
        Command.Ended wrongPassword = stranger.run("rehearse", "--api", api);
        Command.Ended unreachable = stranger.run("rehearse", "--api", "http://127.0.0.1:1");

        // Then
        assertThat(notUp.output()).contains("./doorbuster up", "--api");
        assertThat(wrong.output()).contains("--stock must be", "--counter must be");
        assertThat(wrongSecret.output()).contains("DOORBUSTER_JWT_SECRET");
        assertThat(noMetrics.output()).contains("no metrics from " + api + "/nothing");
        assertThat(wrongPassword.output()).contains("DOORBUSTER_OPERATOR_PASSWORD");
        assertThat(unreachable.output()).contains("no order-service answers at http://127.0.0.1:1");
        assertThat(List.of(notUp, wrong, wrongSecret, noMetrics, wrongPassword, unreachable))
                .extracting(Command.Ended::status)
                .containsOnly(2);
    }

    /**
     * Repeats a rehearsal whose own arrivals were late, which happens on a busy machine: such a run must say so, and shows
     * nothing about the deployment.
     */
    private static Command.Ended onSchedule(Command command, String... arguments) throws Exception {
        Command.Ended rehearsal = command.run(arguments);
        for (int run = 1; run < RUNS_MAX && rehearsal.output().contains(LATE); run++) {
            assertThat(rehearsal.status()).as(rehearsal.output()).isEqualTo(1);
            assertThat(rehearsal.output())
                    .contains("NOT READY", "highest rate held: 0/s")
                    .containsPattern("(?m)^  rehearsal .* client-bound");
            rehearsal = command.run(arguments);
        }
        return rehearsal;
    }

    private static String[] small(String... more) {
        var arguments = new ArrayList<>(List.of(
                "rehearse", "--stock", "5", "--buyers", "60", "--ramp", "3", "--step-seconds", "1", "--steps", "4"));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private static int managementPort() throws IOException {
        for (JsonNode process : run.get("processes")) {
            if (process.get("name").asText().startsWith("order-service")) {
                return process.get("managementPort").asInt();
            }
        }
        throw new IOException("no order-service in " + run);
    }

    private static List<String> openSales() throws InterruptedException {
        var open = new ArrayList<String>();
        for (JsonNode sale : operator.list("/api/sales", "sales")) {
            if (!sale.get("state").asText().equals("CLOSED")) {
                open.add(sale.get("title").asText());
            }
        }
        return open;
    }
}
