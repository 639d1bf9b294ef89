package dev.doorbuster.cli.rehearse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doorbuster.cli.rehearse.report.RehearsalReport;
import dev.doorbuster.cli.rehearse.step.OpenSales;
import dev.doorbuster.cli.rehearse.step.StepRunner;
import dev.doorbuster.cli.system.ConsoleCommand;
import dev.doorbuster.cli.system.Distribution;
import dev.doorbuster.cli.up.RunFile;
import dev.doorbuster.crowd.client.ApiClient;
import dev.doorbuster.crowd.client.BuyerTokens;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rehearse}: whether a deployment is ready for an expected sale. */
@Command(
        name = "rehearse",
        exitCodeOnExecutionException = 2,
        description =
                "Load a deployment with growing crowds and then the expected one, each in a sale of its own, and say"
                        + " whether it is ready: exit status 0 READY, 1 NOT READY, 2 could not be found out. The deployment's real"
                        + " sales get slower meanwhile.")
public final class RehearseCommand extends ConsoleCommand {
    @Mixin
    private DeploymentOption deployment;

    @Option(names = "--stock", defaultValue = "1000", description = "Units of the sale. Default: ${DEFAULT-VALUE}.")
    private long stock;

    @Option(names = "--buyers", defaultValue = "20000", description = "Expected buyers. Default: ${DEFAULT-VALUE}.")
    private int buyers;

    @Option(
            names = "--ramp",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "Within which they arrive, evenly. Default: ${DEFAULT-VALUE}.")
    private int rampSeconds;

    @Option(
            names = "--p99-limit",
            paramLabel = "MS",
            defaultValue = "1000",
            description = "How long 99 of 100 buyers may wait, from when they are due until they are answered. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int p99LimitMs;

    @Option(
            names = "--counter",
            defaultValue = "redis",
            description = "redis or memcached: where the stock is counted. Default: ${DEFAULT-VALUE}.")
    private String counter;

    @Option(
            names = "--step-seconds",
            defaultValue = "10",
            description = "How long the arrivals of one step last. Default: ${DEFAULT-VALUE}.")
    private int stepSeconds;

    @Option(names = "--steps", defaultValue = "12", description = "Steps at most. Default: ${DEFAULT-VALUE}.")
    private int stepsMax;

    @Option(
            names = "--headroom",
            paramLabel = "PERCENT",
            defaultValue = "20",
            description = "By which the highest rate held must exceed the needed one. Default: ${DEFAULT-VALUE}.")
    private int headroomPercent;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Where the report is written. Default: rehearsal.html in the state folder.")
    private Path report;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = out();
        var plan = new RehearsalPlan(
                stock, buyers, rampSeconds, p99LimitMs, counter, stepSeconds, stepsMax, headroomPercent);
        Distribution distribution = Distribution.current();
        Deployment against =
                deployment.resolve(System.getenv(), RunFile.of(distribution).read());
        Path file = writable(report == null ? distribution.state().resolve("rehearsal.html") : report);
        ApiClient operator = reach(against);
        RehearsalProgress.announce(plan, against, out);
        Instant began = Instant.now();
        RehearsalResult rehearsed = rehearse(plan, against, operator, out);
        Readiness readiness = Readiness.of(rehearsed);
        Files.writeString(file, new RehearsalReport(rehearsed, readiness, against, began).page());
        RehearsalProgress.conclude(rehearsed, readiness, file, out);
        return readiness.ready() ? 0 : 1;
    }

    private static Path writable(Path file) throws IOException {
        Path whole = file.toAbsolutePath().normalize();
        Files.createDirectories(whole.getParent());
        if (Files.isDirectory(whole) || !Files.isWritable(Files.exists(whole) ? whole : whole.getParent())) {
            throw new IOException("the report cannot be written to " + whole + "; name another place with --report");
        }
        return whole;
    }

    /** Checks that the API answers and accepts the operator and the buyers' tokens. */
    private static ApiClient reach(Deployment against) throws IOException, InterruptedException {
        var unused = against.metrics().read();
        ApiClient operator = null;
        for (URI api : against.apis()) {
            try {
                operator = ApiClient.login(api, against.operatorName(), against.operatorPassword());
            } catch (UncheckedIOException e) {
                throw new IOException("no order-service answers at " + api + ": " + e.getMessage(), e);
            } catch (IllegalStateException e) {
                throw new IOException(
                        "%s does not let %s in as operator (%s): check %s and %s"
                                .formatted(
                                        api,
                                        against.operatorName(),
                                        e.getMessage(),
                                        DeploymentOption.NAME,
                                        DeploymentOption.PASSWORD),
                        e);
            }
            letsBuyersIn(api, against.jwtSecret());
        }
        return operator;
    }

    private static void letsBuyersIn(URI api, String jwtSecret) throws IOException, InterruptedException {
        String token = new BuyerTokens(jwtSecret).mint("b-000001", Instant.now());
        try {
            JsonNode unused = ApiClient.withToken(api, token).get("/api/orders");
        } catch (IllegalStateException e) {
            throw new IOException(
                    "%s does not let buyers in whose tokens are signed with the given secret (%s): is it the deployment's %s?"
                            .formatted(api, e.getMessage(), DeploymentOption.SECRET),
                    e);
        }
    }

    private static RehearsalResult rehearse(RehearsalPlan plan, Deployment against, ApiClient operator, PrintWriter out)
            throws IOException, InterruptedException, TimeoutException {
        var sales = new OpenSales(operator);
        // Ctrl-C or another early end: no sale stays open.
        var tidy = new Thread(() -> RehearsalProgress.left(sales.close(), out), "end sales");
        Runtime.getRuntime().addShutdownHook(tidy);
        Vertx vertx = Vertx.vertx();
        try {
            var runner = new StepRunner(vertx, against, operator, sales, plan.counter());
            return new Rehearsal(plan, runner, step -> RehearsalProgress.show(step, out)).run();
        } catch (ExecutionException e) {
            throw new IOException("the rehearsal failed: " + e.getCause().getMessage(), e);
        } finally {
            RehearsalProgress.left(sales.close(), out);
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
