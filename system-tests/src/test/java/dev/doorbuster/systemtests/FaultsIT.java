package dev.doorbuster.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.cli.system.plan.SystemPlan;
import dev.doorbuster.crowd.client.SaleVerification;
import dev.doorbuster.crowd.judge.Judge.SaleReport;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A process is killed in the middle of a sale: every unit is sold, none twice, and all answers recorded by the
 * buyers agree with the ledger. Services run as processes of their own and are killed with SIGKILL.
 */
class FaultsIT {
    private static RunningSystem system;
    private static TestSales sales;

    @BeforeAll
    static void start() {
        system = TestSystem.start("faults", new SystemPlan(1, 1, 1, false));
        sales = new TestSales(system);
    }

    @AfterAll
    static void stop() {
        sales.close();
        system.discard();
    }

    static Stream<Arguments> faultsInBothKindsOfSale() {
        return Stream.of(Fault.values())
                .flatMap(fault -> Stream.of("redis", "memcached").map(counter -> Arguments.of(fault, counter)));
    }

    @ParameterizedTest(name = "{0} in a sale counted in {1}")
    @MethodSource("faultsInBothKindsOfSale")
    void sellsEveryUnitOnceAndAnswersTruthfully(Fault fault, String counter) throws Exception {
        // Given
        TestSales.Plan plan = new TestSales.Plan(counter, 300, 3000, 600);

        // When
        TestSales.Result result = sales.sell(plan, fault);

        // Then
        SaleVerification verification = result.verification();
        SaleReport report = result.report();
        assertThat(report.isClean()).as(report.describe(5)).isTrue();
        assertThat(verification.verdict()).as(verification.json().toString()).isEqualTo("PASS");
        assertThat(verification.number("sold")).as("units sold").isEqualTo(plan.stock());
        assertThat(List.of("oversold", "duplicates", "overLimit", "drift"))
                .allSatisfy(figure ->
                        assertThat(verification.number(figure)).as(figure).isZero());
    }
}
