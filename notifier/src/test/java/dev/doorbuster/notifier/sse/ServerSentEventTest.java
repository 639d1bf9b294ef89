package dev.doorbuster.notifier.sse;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServerSentEventTest {
    @Test
    void isFormattedByTheStandard() {
        var event = new ServerSentEvent("m/0", "order.paid", new JsonObject().put("id", "o"));

        assertThat(event.encode()).hasToString("id: m/0\nevent: order.paid\ndata: {\"id\":\"o\"}\n\n");
    }

    @Test
    void withoutAnIdItLeavesTheClientsLastOneAsItIs() {
        assertThat(new ServerSentEvent(null, "sale.activity", new JsonObject()).encode())
                .hasToString("event: sale.activity\ndata: {}\n\n");
    }

    @Test
    void cannotBeBrokenUpByItsData() {
        var event = new ServerSentEvent("m/0", "order.paid", new JsonObject().put("buyer", "a\n\nevent: forged\r\n"));

        assertThat(event.encode().toString().lines()).hasSize(4);
    }

    @Test
    void beginsWithAHintWhenToConnectAgain() {
        assertThat(ServerSentEvent.preamble(Duration.ofSeconds(3))).hasToString("retry: 3000\n: connected\n\n");
    }
}
