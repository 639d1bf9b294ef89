package dev.doorbuster.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doorbuster.cli.draw.DrawSource;
import dev.doorbuster.cli.system.Distribution;
import dev.doorbuster.cli.system.RunningService;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.crowd.client.ApiClient;
import dev.doorbuster.crowd.client.SaleRequest;
import dev.doorbuster.crowd.client.SaleVerification;
import dev.doorbuster.crowd.judge.PublishedOrder;
import dev.doorbuster.crowd.room.RoomFindings;
import dev.doorbuster.crowd.room.RoomPlan;
import dev.doorbuster.crowd.room.RoomReport;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** One sale with a waiting room: fills the lobby, opens, lets the others come, and prints what its buyers were told. */
public record RoomDemo(Distribution distribution, RunningSystem system, Plan plan, PrintWriter out) {
    private static final Duration SALE_MAX = Duration.ofMinutes(15);
    private static final Duration OPENS_AFTER = Duration.ofSeconds(2);
    private static final long HOLD_SECONDS = 3_600;
    private static final long LOOK_MS = 100;

    /**
     * The sale and its buyers.
     *
     * @param buyers those of the lobby among them
     * @param rate arrivals per second
     * @param admit buyers admitted per second
     * @param perProcess buyers of one process of the crowd, at most
     * @param faults whether Redis, a notifier and an order-service are killed, and started again, after a fifth of the units
     */
    public record Plan(
            long stock,
            int buyers,
            int lobby,
            int rate,
            int admit,
            int perProcess,
            boolean faults,
            Duration verdictMax) {}

    /** Whether the sale passed, and, without faults, whether each buyer was served in turn and told the end in time. */
    public boolean run() throws Exception {
        ApiClient operator = system.operator();
        SaleRequest wanted = SaleRequest.of("Demo sale with a waiting room", "redis", plan.stock(), 1, HOLD_SECONDS)
                .withWaitingRoom(Instant.now().plus(SALE_MAX), plan.admit());
        JsonNode sale = operator.post("/api/sales", wanted);
        String id = sale.get("saleId").asText();
        String commitment = sale.get("waitingRoom").get("commitment").asText();
        out.printf("%nSale %s with a waiting room%n", id);
        List<URI> notifiers =
                system.named("notifier").stream().map(RunningService::http).toList();
        try (var crowd = CrowdProcesses.start(distribution, crowdPlan(id, notifiers), plan.perProcess())) {
            crowd.awaitLobby();
            say("%,d buyers are in the lobby".formatted(plan.lobby()));
            JsonNode unused = operator.patch(
                    "/api/sales/" + id,
                    Map.of("opensAt", Instant.now().plus(OPENS_AFTER).toString()));
            await(operator, id, "OPEN");
            crowd.comeLate();
            if (plan.faults()) {
                kill(operator, id);
            }
            await(operator, id, "SOLD_OUT");
            long soldOutAt = System.nanoTime();
            say("sold out");
            RoomReport report = crowd.report();
            return conclude(operator, id, report, draw(notifiers.get(0), id), commitment, soldOutAt);
        }
    }

    private RoomPlan crowdPlan(String id, List<URI> notifiers) {
        return new RoomPlan(
                id,
                0,
                system.orderServices().stream().map(RunningService::http).toList(),
                notifiers,
                system.secrets().jwtSecret(),
                plan.lobby(),
                plan.buyers() - plan.lobby(),
                plan.rate());
    }

    private void kill(ApiClient operator, String id) throws InterruptedException {
        until("a fifth sold", operator, id, sale -> sale.get("available").asLong() <= plan.stock() * 4 / 5);
        say("Redis is killed");
        system.servers().redis().kill();
        system.servers().redis().restart();
        for (String name : List.of("notifier", "order-service")) {
            List<RunningService> instances = system.named(name);
            RunningService service = instances.get(instances.size() - 1);
            say(service.name() + " is killed");
            service.process().kill();
            service.process().restart();
        }
        say("all run again");
    }

    private static void await(ApiClient operator, String id, String state) throws InterruptedException {
        until(state, operator, id, sale -> sale.get("state").asText().equals(state));
    }

    private static void until(String what, ApiClient operator, String id, Predicate<JsonNode> is)
            throws InterruptedException {
        long until = System.nanoTime() + SALE_MAX.toNanos();
        while (!is.test(operator.get("/api/sales/" + id))) {
            if (System.nanoTime() - until > 0) {
                throw new IllegalStateException("the sale is not " + what + " after " + SALE_MAX);
            }
            // A pause between two readings, within the limit above.
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
    }

    /** Null if the room was lost with its draw. */
    private static PublishedOrder draw(URI notifier, String id) throws Exception {
        JsonNode draw = DrawSource.read(
                notifier.resolve("/api/sales/" + id + "/waiting-room/draw").toString());
        return draw.path("drawn").asBoolean() && !draw.path("lost").asBoolean() ? PublishedOrder.of(draw) : null;
    }

    private boolean conclude(
            ApiClient operator, String id, RoomReport told, PublishedOrder draw, String commitment, long soldOutAt)
            throws InterruptedException {
        RoomFindings report = RoomFindings.of(told, draw, commitment, soldOutAt);
        SaleVerification verification = SaleVerification.await(operator, id, plan.verdictMax());
        out.println("  what the buyers were told");
        told.answers().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(each -> out.printf("      %-40s %,9d%n", each.getKey(), each.getValue()));
        out.printf(
                "    a place                  p50 %.0f ms, p99 %.0f ms%n    between two moves        p50 %.0f ms, p99 %.0f ms%n",
                told.places().millis(0.5),
                told.places().millis(0.99),
                told.moves().millis(0.5),
                told.moves().millis(0.99));
        out.printf(
                "    of these times, the crowd's own delay  p99 %.0f ms, longest %.0f ms%n",
                told.lags().millis(0.99), told.lags().millis(1));
        out.printf(
                "    longest wait after the last unit was gone  %.2f s%n",
                report.longestAfterEnd().toMillis() / 1e3);
        out.println("  what the system says");
        verification.print(out);
        report.faults().forEach(fault -> out.println("    FAULT: " + fault));
        boolean sold =
                verification.passed() && verification.number("sold") == plan.stock() && told.got() == plan.stock();
        out.printf(
                "%n%s%n",
                sold && (plan.faults() || report.faults().isEmpty())
                        ? "PASS: the units were sold, %s."
                                .formatted(report.faults().isEmpty() ? "each in turn" : "with these faults of the room")
                        : "FAIL");
        out.flush();
        return sold && (plan.faults() || report.faults().isEmpty());
    }

    private void say(String line) {
        out.println("  " + line);
        out.flush();
    }
}
