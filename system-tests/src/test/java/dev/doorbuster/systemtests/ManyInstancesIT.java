package dev.doorbuster.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.cli.system.plan.SystemPlan;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three deciders and two edges with ledgers sell one sale exactly; buyers use both edges. */
class ManyInstancesIT {
    private static RunningSystem system;
    private static TestSales sales;

    @BeforeAll
    static void start() {
        system = TestSystem.start("many-instances", new SystemPlan(3, 2, 1, false));
        sales = new TestSales(system);
    }

    @AfterAll
    static void stop() {
        sales.close();
        system.discard();
    }

    @ParameterizedTest(name = "counted in {0}")
    @ValueSource(strings = {"redis", "memcached"})
    void sellExactlyTheStock(String counter) throws Exception {
        // Given
        var plan = new TestSales.Plan(counter, 500, 6000, 1000);

        // When
        TestSales.Result result = sales.sell(plan, Fault.NONE);

        // Then
        assertThat(result.report().isClean()).as(result.report().describe(5)).isTrue();
        assertThat(result.verification().verdict()).isEqualTo("PASS");
        assertThat(result.verification().number("sold")).isEqualTo(plan.stock());
    }

    @ParameterizedTest(name = "counted in {0}")
    @ValueSource(strings = {"redis", "memcached"})
    void aStandbyTakesOverWhenTheActiveDeciderDies(String counter) throws Exception {
        // Given
        var plan = new TestSales.Plan(counter, 300, 3000, 600);

        // When
        TestSales.Result result = sales.sell(plan, Fault.STOCK_SERVICE_KILLED_AND_RESTARTED);

        // Then
        assertThat(result.report().isClean()).as(result.report().describe(5)).isTrue();
        assertThat(result.verification().verdict()).isEqualTo("PASS");
        assertThat(result.verification().number("sold")).isEqualTo(plan.stock());
    }
}
