package dev.doorbuster.contracts.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.doorbuster.contracts.value.Limits;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MessageTest {
    @Test
    void rejectsElementsOfAnotherType() {
        var mixed = List.of(Samples.placed(), new OrderHoldOver(Samples.placed().orderId()));

        assertThatIllegalArgumentException().isThrownBy(() -> Message.of(Samples.SALE, mixed));
    }

    @Test
    void rejectsNullElements() {
        assertThatIllegalArgumentException().isThrownBy(() -> withElements(Arrays.asList((Element) null)));
    }

    @Test
    void hasOneToTwoHundredAndFiftySixElements() {
        assertThat(withElements(copies(Limits.MESSAGE_ELEMENTS_MAX)).elements()).hasSize(256);
        assertThatIllegalArgumentException().isThrownBy(() -> withElements(copies(257)));
        assertThatIllegalArgumentException().isThrownBy(() -> withElements(copies(0)));
    }

    @Test
    void keepsItsIdWithSomeOfItsElements() {
        Message whole = withElements(copies(3));

        Message part = whole.with(whole.elements().subList(0, 1));

        assertThat(part.id()).isEqualTo(whole.id());
        assertThat(part.elements()).hasSize(1);
    }

    @Test
    void splitsNoElementsIntoNoMessage() {
        assertThat(Message.split(Samples.SALE, List.of())).isEmpty();
    }

    @Test
    void splitsByNumberIfElementsAreSmall() {
        var small = IntStream.range(0, 600)
                .mapToObj(i -> new OrderHoldOver(Samples.placed().orderId()))
                .toList();

        List<Message> messages = Message.split(Samples.SALE, small);

        assertThat(messages).extracting(each -> each.elements().size()).containsExactly(256, 256, 88);
    }

    @Test
    void splitsBySizeIfElementsAreLarge() {
        // Given
        var large = IntStream.range(0, 300).mapToObj(MessageTest::largest).toList();

        // When
        List<Message> messages = Message.split(Samples.SALE, large);

        // Then
        assertThat(messages.subList(0, messages.size() - 1))
                .isNotEmpty()
                .allSatisfy(each -> assertThat(MessageCodec.encode(each).length)
                        .isBetween(Limits.MESSAGE_BYTES_MAX * 9 / 10, Limits.MESSAGE_BYTES_MAX));
        assertThat(messages.stream().flatMap(each -> each.elements().stream()).toList())
                .isEqualTo(large);
    }

    @Test
    void keepsOrderAcrossTheSplit() {
        var elements = IntStream.range(0, 1000)
                .mapToObj(i -> new OrderHoldOver(new UUID(0, i)))
                .toList();

        List<Message> messages = Message.split(Samples.SALE, elements);

        assertThat(messages.stream().flatMap(each -> each.elements().stream()).toList())
                .isEqualTo(elements);
    }

    private static Message withElements(List<? extends Element> elements) {
        return new Message(MessageType.ORDER_PLACED, Samples.MESSAGE, Samples.SALE, Samples.SENT_AT, elements);
    }

    private static List<OrderPlaced> copies(int count) {
        return Collections.nCopies(count, Samples.placed());
    }

    /** All texts of maximal length, in characters with the most bytes. */
    private static OrderPlaced largest(int number) {
        OrderPlaced placed = Samples.placed();
        return new OrderPlaced(
                new UUID(0, number),
                placed.orderId(),
                "\u6f22".repeat(Limits.NAME_LENGTH_MAX),
                placed.quantity(),
                "\"".repeat(Limits.KEY_LENGTH_MAX),
                placed.counter(),
                placed.perBuyerLimit(),
                Long.MAX_VALUE,
                "e".repeat(Limits.EDGE_ID_LENGTH_MAX),
                placed.receivedAt(),
                "t".repeat(Limits.TRACE_LENGTH_MAX),
                null);
    }
}
