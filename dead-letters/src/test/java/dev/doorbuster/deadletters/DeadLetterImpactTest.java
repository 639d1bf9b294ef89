package dev.doorbuster.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.message.MessageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeadLetterImpactTest {
    @ParameterizedTest
    @EnumSource
    void everyMessageTypeHasALossAndOnlyPaymentsAreMoney(MessageType type) {
        DeadLetterImpact deadLetterImpact = DeadLetterImpact.of(type.wireName());

        assertThat(deadLetterImpact).isNotEqualTo(DeadLetterImpact.UNKNOWN);
        assertThat(deadLetterImpact.sentence()).endsWith(".").doesNotContain("not known");
        assertThat(deadLetterImpact.sentence().contains("MONEY")).isEqualTo(type == MessageType.ORDER_PAYMENT);
    }

    @Test
    void anUnknownTypeHasAnUnknownLoss() {
        assertThat(DeadLetterImpact.of("order.unheard-of.v9").sentence()).contains("not known");
        assertThat(DeadLetterImpact.of(null)).isEqualTo(DeadLetterImpact.UNKNOWN);
    }
}
