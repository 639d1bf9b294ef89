package dev.doorbuster.contracts.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisitorPositionTest {
    private static final int BUYERS = 50_000;

    static Stream<IntFunction<String>> names() {
        return Stream.of(
                number -> "buyer-" + number,
                number -> "b" + Integer.toHexString(number * 31),
                number -> new java.util.UUID(number, -number).toString(),
                number -> String.format("买家%05d", number));
    }

    /** Of n buyers, random positions would leave COUNT * exp(-n / COUNT) empty. */
    @ParameterizedTest
    @MethodSource("names")
    void similarNamesSpreadLikeRandomOnes(IntFunction<String> name) {
        long taken = IntStream.range(0, BUYERS)
                .map(number -> VisitorPosition.of(name.apply(number)))
                .distinct()
                .count();

        double expected = VisitorPosition.COUNT * (1 - StrictMath.exp((double) -BUYERS / VisitorPosition.COUNT));
        assertThat((double) taken).isCloseTo(expected, withinPercentage(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 12_000})
    void decodesWhatItEncodes(int count) {
        int[] positions = IntStream.range(0, count)
                .map(number -> VisitorPosition.of("buyer-" + number))
                .toArray();

        String text = VisitorPosition.encode(positions);

        assertThat(text).hasSize(count * VisitorPosition.TEXT_LENGTH);
        assertThat(VisitorPosition.decode(text)).isEqualTo(positions);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AAA", "AA==", "////", "?"})
    void rejectsOtherTexts(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> VisitorPosition.decode(text));
    }
}
