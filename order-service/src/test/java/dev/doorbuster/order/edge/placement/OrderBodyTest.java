package dev.doorbuster.order.edge.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderBodyTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "{\"quantity\":1}|1",
                "{\"quantity\":100}|100",
                "{\"quantity\": 2}|2",
                " { \"quantity\" : 37 } |37",
                "\t{\"quantity\":\t9}|9",
            })
    void readsTheQuantity(String body, int quantity) {
        assertThat(OrderBody.quantity(Buffer.buffer(body))).isEqualTo(quantity);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{}",
                "{\"quantity\":}",
                "{\"quantity\":1",
                "{\"quantity\":1}}",
                "{\"quantity\":1}x",
                "{\"quantity\":0}",
                "{\"quantity\":01}",
                "{\"quantity\":-1}",
                "{\"quantity\":101}",
                "{\"quantity\":4294967297}",
                "{\"quantity\":99999999999999999999}",
                "{\"quantity\":1.0}",
                "{\"quantity\":1e0}",
                "{\"quantity\":\"1\"}",
                "{\"quantity\":1,\"quantity\":2}",
                "{\"quantity\":1,\"more\":2}",
                "{\"Quantity\":1}",
                "{\"quantity\\u0020\":1}",
                "{\"quantit\":1}",
                "[{\"quantity\":1}]",
                "\uFEFF{\"quantity\":1}",
                "{\"quantity\":1}\u00A0",
                "{\"quantity\":\u0661}",
            })
    void leavesEverythingElseToTheGeneralChecks(String body) {
        assertThat(OrderBody.quantity(Buffer.buffer(body))).isEqualTo(OrderBody.OTHER);
    }
}
