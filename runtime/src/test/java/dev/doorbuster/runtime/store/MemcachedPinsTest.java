package dev.doorbuster.runtime.store;

import static dev.doorbuster.runtime.store.MemcachedStores.serverOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.doorbuster.runtime.config.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The assignment of names to servers. */
class MemcachedPinsTest {
    private static final int NAMES = 20_000;
    private static final Endpoint LIGHT = new Endpoint("10.0.0.1", 11211, 1);
    private static final Endpoint OTHER = new Endpoint("10.0.0.2", 11211, 1);
    private static final Endpoint HEAVY = new Endpoint("10.0.0.3", 11211, 2);

    private static List<String> names() {
        return IntStream.range(0, NAMES).mapToObj(number -> "count:" + number).toList();
    }

    @Test
    void namesAreSpreadByWeight() {
        // When
        Map<Endpoint, Long> shares = names().stream()
                .collect(Collectors.groupingBy(
                        name -> serverOf(name, List.of(LIGHT, OTHER, HEAVY)), Collectors.counting()));

        // Then
        assertThat(shares.get(LIGHT) / (double) NAMES).isCloseTo(0.25, within(0.02));
        assertThat(shares.get(OTHER) / (double) NAMES).isCloseTo(0.25, within(0.02));
        assertThat(shares.get(HEAVY) / (double) NAMES).isCloseTo(0.5, within(0.02));
    }

    @Test
    void theOrderOfTheListDoesNotMatter() {
        assertThat(names())
                .allSatisfy(name -> assertThat(serverOf(name, List.of(HEAVY, LIGHT, OTHER)))
                        .isEqualTo(serverOf(name, List.of(LIGHT, OTHER, HEAVY))));
    }

    @Test
    void onlyTheNamesOfARemovedServerMove() {
        assertThat(names())
                .filteredOn(
                        name -> !serverOf(name, List.of(LIGHT, OTHER, HEAVY)).equals(OTHER))
                .allSatisfy(name -> assertThat(serverOf(name, List.of(LIGHT, HEAVY)))
                        .isEqualTo(serverOf(name, List.of(LIGHT, OTHER, HEAVY))));
    }
}
