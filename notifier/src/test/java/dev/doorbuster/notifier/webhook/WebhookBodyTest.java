package dev.doorbuster.notifier.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.notifier.Events;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class WebhookBodyTest {
    @Test
    void namesThePaymentThatIsDueBackAndNoneInOtherEvents() {
        for (Message message : Events.ofEveryState(new SaleId("abcdefghijklmnop"), "alice")) {
            // When
            JsonObject event = WebhookBody.of(message)
                    .toJsonObject()
                    .getJsonArray("events")
                    .getJsonObject(0);

            // Then
            assertThat(event.getString("reference"))
                    .isEqualTo(message.type() == MessageType.ORDER_REFUND_DUE ? "pi_1" : null);
        }
    }
}
