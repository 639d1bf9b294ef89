package dev.doorbuster.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doorbuster.cli.rehearse.metrics.MetricsPages;
import dev.doorbuster.cli.system.Distribution;
import dev.doorbuster.cli.system.RunningService;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.cli.system.plan.SystemPlan;
import dev.doorbuster.crowd.client.ApiClient;
import dev.doorbuster.crowd.client.SaleRequest;
import dev.doorbuster.crowd.client.SaleVerification;
import dev.doorbuster.devservices.RealServer;
import dev.doorbuster.devservices.process.record.PidFiles;
import dev.doorbuster.devservices.support.Directories;
import dev.doorbuster.devservices.support.Polling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A running system, and an operator client that opens, verifies and ends sales. */
final class SystemUnderTest implements AutoCloseable {
    private static final Duration STATE_MAX = Duration.ofSeconds(30);
    private static final long HOLD_SECONDS = 3_600;
    private static final Duration VERDICT_MAX = Duration.ofSeconds(90);

    private final RunningSystem system;
    private final List<ApiClient> apis = new ArrayList<>();
    private final MetricsPages edges;

    private SystemUnderTest(RunningSystem system) throws InterruptedException {
        this.system = system;
        this.edges = new MetricsPages(system.orderServices().stream()
                .collect(Collectors.toMap(
                        RunningService::name, edge -> edge.management().resolve("/metrics"))));
        var operator = system.secrets().operator();
        for (RunningService service : system.orderServices()) {
            apis.add(ApiClient.login(service.http(), operator.user(), operator.password()));
        }
    }

    /** @param instances number of order-services and of stock-services */
    static SystemUnderTest start(Distribution distribution, int instances, Consumer<String> progress)
            throws InterruptedException {
        var plan = new SystemPlan(instances, instances, 1, false);
        RunningSystem system = RunningSystem.start(distribution, folder(distribution), plan, progress);
        try {
            return new SystemUnderTest(system);
        } catch (RuntimeException e) {
            system.discard();
            throw e;
        }
    }

    /** Of the servers and services. */
    static Path folder(Distribution distribution) {
        return distribution.state().resolve("bench").resolve("system");
    }

    /** Ends and deletes what an interrupted run left; another run's processes stay. */
    static void deleteLeftovers(Path folder) {
        List<String> unused = PidFiles.endLeftovers(folder);
        if (PidFiles.runningIn(folder).isEmpty()) {
            Directories.delete(folder);
        }
    }

    /** Batches of orders that the edges have published since they started. */
    double batches() throws InterruptedException {
        try {
            return edges.read().stream()
                    .mapToDouble(edge -> edge.sum("doorbuster_entrance_batch_orders_count", null, null)
                            .orElse(0))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String jwtSecret() {
        return system.secrets().jwtSecret();
    }

    List<Integer> ports() {
        return system.orderServices().stream().map(RunningService::port).toList();
    }

    List<RunningService> services() {
        return system.services();
    }

    /** Process names by process id; the instances of a service share a name. */
    Map<Long, String> processes() {
        var names = new LinkedHashMap<Long, String>();
        for (RealServer server : system.servers().all()) {
            names.put(server.pid(), server.name());
        }
        for (RunningService service : system.services()) {
            names.put(service.process().pid(), service.name().replaceFirst("-\\d+$", ""));
        }
        return names;
    }

    /** Opens new sales; returns their ids once every edge accepts orders for them. */
    List<String> open(int count, long stock, String counter) throws InterruptedException {
        SaleRequest sale = SaleRequest.of("Benchmark, nothing is for sale here", 100, counter, stock, 1, HOLD_SECONDS);
        var ids = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            ids.add(sale.create(apis.get(0)));
        }
        ids.forEach(id -> await(id, "OPEN"));
        return ids;
    }

    /** Waits until every edge reports this state of the sale: it handles orders by the same reading. */
    private void await(String sale, String state) {
        for (ApiClient api : apis) {
            Polling.until(
                    "the sale " + sale + " is " + state,
                    STATE_MAX,
                    () -> api.get("/api/sales/" + sale).get("state").asText().equals(state));
        }
    }

    /** Opens a sale of one unit and sells it; returns once every edge reports it as sold out. */
    String soldOut(String buyerToken, String counter) throws InterruptedException {
        String id = open(1, 1, counter).get(0);
        JsonNode unused = ApiClient.withToken(system.orderServices().get(0).http(), buyerToken)
                .post("/api/sales/" + id + "/orders", Map.of("quantity", 1));
        await(id, "SOLD_OUT");
        return id;
    }

    /** Waits for the verdict, then ends the sale. */
    SaleVerification verify(String sale) throws InterruptedException {
        SaleVerification verification = SaleVerification.await(apis.get(0), sale, VERDICT_MAX);
        JsonNode unused = apis.get(0).delete("/api/sales/" + sale);
        return verification;
    }

    @Override
    public void close() {
        system.discard();
    }
}
