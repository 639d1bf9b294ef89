package dev.doorbuster.contracts.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.value.OrderNumber.OrderNumbers;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderNumbersTest {
    @Test
    void joinsSuccessiveNumbersOfEachStream() {
        // Given
        List<OrderNumber> numbers = List.of(
                new OrderNumber(2, 1),
                new OrderNumber(1, 3),
                new OrderNumber(1, 1),
                new OrderNumber(1, 2),
                new OrderNumber(1, 2),
                new OrderNumber(1, 5));

        // When
        List<OrderNumbers> ranges = OrderNumbers.of(numbers);

        // Then
        assertThat(ranges)
                .containsExactly(new OrderNumbers(1, 1, 3), new OrderNumbers(1, 5, 5), new OrderNumbers(2, 1, 1));
    }

    @Test
    void hasNoRangesOfNoNumbers() {
        assertThat(OrderNumbers.of(List.of())).isEmpty();
    }
}
