package dev.doorbuster.order.edge.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.message.OrderEvent;
import dev.doorbuster.contracts.message.SaleEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The pages listen to every event that the notifier sends to buyers. */
class PageEventsTest {
    @Test
    void everyEventOfAnOrderIsReadByItsBuyersPage() throws IOException {
        assertThat(script("/web/shop/own-events.js")).contains(names(OrderEvent.class));
    }

    @Test
    void everyEventOfASaleIsReadByItsPage() throws IOException {
        assertThat(script("/web/shop/sale-watch.js")).contains(names(SaleEvent.class));
    }

    private static List<String> names(Class<?> events) {
        List<String> names = Arrays.stream(MessageType.values())
                .filter(type -> events.isAssignableFrom(type.elementClass()))
                .map(type -> "'" + type.topic() + "'")
                .toList();
        assertThat(names).isNotEmpty();
        return names;
    }

    private static String script(String name) throws IOException {
        try (InputStream script = PageEventsTest.class.getResourceAsStream(name)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
