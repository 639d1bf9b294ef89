package dev.doorbuster.crowd.buyers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuyerScriptTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 7, 20})
    void everySeedHasBuyersOfEachKind(long seed) {
        // When
        List<BuyerScript> scripts = IntStream.range(0, 1_500)
                .mapToObj(number -> BuyerScript.draw(seed, 0, number, 2, 4))
                .toList();

        // Then
        Set<BuyerAction> actions = scripts.stream().map(BuyerScript::action).collect(Collectors.toSet());
        assertThat(scripts.stream().filter(BuyerScript::keyless)).hasSizeBetween(60, 180);
        assertThat(scripts.stream().filter(BuyerScript::duplicate)).hasSizeBetween(60, 180);
        assertThat(actions).isEqualTo(EnumSet.complementOf(EnumSet.of(BuyerAction.KEEP)));
    }

    @Test
    void theSameSeedAndNumberAreTheSameBuyer() {
        assertThat(BuyerScript.draw(7, 1, 5, 2, 4)).isEqualTo(BuyerScript.draw(7, 1, 5, 2, 4));
    }
}
