package dev.doorbuster.systemtests.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.cli.system.plan.SystemPlan.Topology;
import dev.doorbuster.crowd.judge.Findings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The judge accepts the services as they are, also with delays and disabled safeguards, and reports each broken rule
 * with the expected violation.
 */
@Tag("on-request")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MutantsIT {
    /** A correct system needs a few seconds; a busy machine may need longer. */
    private static final Duration SOUND_MAX = Duration.ofSeconds(60);
    /** A mutant need not recover: the violation is found anyway. */
    private static final Duration MUTANT_MAX = Duration.ofSeconds(15);

    private static final int ATTEMPTS_MAX = 5;
    private static final int EXAMPLES = 3;

    private static final List<String> RESULTS = new ArrayList<>();
    /** Started when the first scenario needs it. */
    private static final Map<Topology, MutatedSystem> SYSTEMS = new EnumMap<>(Topology.class);

    private static MutatedSystem system(Topology topology) {
        return SYSTEMS.computeIfAbsent(topology, MutatedSystem::new);
    }

    @AfterAll
    static void close() {
        SYSTEMS.values().forEach(MutatedSystem::close);
        System.out.printf("%n%-38s %-30s %s%n", "mutant", "reported as", "after");
        RESULTS.forEach(System.out::println);
    }

    @ParameterizedTest
    @EnumSource
    @Order(1)
    void acceptsTheServicesAsTheyAre(Topology topology) throws InterruptedException {
        List<Scenario> scenarios = Arrays.stream(Scenario.values())
                .filter(scenario -> scenario.topology() == topology)
                .toList();

        Findings findings = system(topology).run(scenarios, SOUND_MAX);

        assertThat(findings.isEmpty()).as(findings.describe(EXAMPLES)).isTrue();
    }

    static Stream<Mutant> withSurroundings() {
        return Arrays.stream(Mutant.values())
                .filter(mutant -> !mutant.surroundings().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("withSurroundings")
    @Order(2)
    void acceptsEveryRuleIntactWithItsSurroundings(Mutant mutant) throws InterruptedException {
        MutatedSystem mutated = system(mutant.scenario().topology());
        mutated.apply(mutant.surroundings());

        Findings findings = mutated.run(List.of(mutant.scenario()), SOUND_MAX);

        assertThat(findings.isEmpty()).as(findings.describe(EXAMPLES)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    @Order(3)
    void reportsTheViolation(Mutant mutant) throws InterruptedException {
        MutatedSystem mutated = system(mutant.scenario().topology());
        mutated.apply(mutant.patches());
        long began = System.nanoTime();
        var others = new ArrayList<String>();
        for (int attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
            Findings findings = mutated.run(List.of(mutant.scenario()), MUTANT_MAX);

            if (findings.byViolation().containsKey(mutant.violation())) {
                RESULTS.add("%-38s %-30s %.0f s%s"
                        .formatted(
                                mutant,
                                mutant.violation(),
                                (System.nanoTime() - began) / 1e9,
                                attempt == 1 ? "" : ", attempt " + attempt));
                return;
            }
            others.add(findings.describe(EXAMPLES));
        }
        throw new AssertionError(
                "not reported as " + mutant.violation() + " in " + ATTEMPTS_MAX + " attempts, but as " + others);
    }
}
