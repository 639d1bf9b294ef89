package dev.doorbuster.loadtest;

import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Simulation;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The opening of a sale: buyers, impatient buyers, and people who only look. All come at their own rate; at the end the
 * system proves what it sold, and anything but PASS fails the run.
 */
public final class FlashSaleSimulation extends Simulation {
    /** Requests without any answer. More, and this machine or the network was the test's subject, not the shop. */
    private static final double LOST_PERCENT_MAX = 1;

    private final LoadPlan plan = LoadPlan.fromEnv(System.getenv());
    private final LoadReport report = new LoadReport();
    private OperatorSale proof;

    public FlashSaleSimulation() {
        setUp(populations())
                .protocols(http.baseUrl(plan.api().toString()).shareConnections())
                .assertions(global().failedRequests().percent().lte(LOST_PERCENT_MAX));
    }

    @Override
    public void before() {
        System.out.println(plan);
        proof = OperatorSale.begin(plan);
    }

    @Override
    public void after() {
        proof.end(report, new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    }

    private List<PopulationBuilder> populations() {
        var crowd = new LoadScenarios(plan, report, () -> proof.sale());
        Duration storm = plan.storm();
        Duration rise = storm.dividedBy(4);
        double height = plan.browseRate();
        var all = new ArrayList<PopulationBuilder>();
        all.add(crowd.browsers()
                .injectOpen(
                        rampUsersPerSec(height / 10).to(height).during(rise),
                        rampUsersPerSec(height).to(height / 2).during(storm.minus(rise))));
        if (plan.stormBuyers() > 0) {
            all.add(crowd.storm().injectOpen(rampUsers(plan.stormBuyers()).during(storm)));
        }
        if (plan.repeaters() > 0) {
            all.add(crowd.repeats().injectOpen(rampUsers(plan.repeaters()).during(storm)));
        }
        return all;
    }
}
