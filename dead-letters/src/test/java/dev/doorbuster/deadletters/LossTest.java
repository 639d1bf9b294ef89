package dev.doorbuster.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.message.MessageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LossTest {
    @ParameterizedTest
    @EnumSource
    void everyTypeOfMessageHasItsLossAndOnlyAPaymentsIsMoney(MessageType type) {
        Loss loss = Loss.of(type.wireName());

        assertThat(loss).isNotEqualTo(Loss.UNKNOWN);
        assertThat(loss.sentence()).endsWith(".").doesNotContain("not known");
        assertThat(loss.sentence().contains("MONEY")).isEqualTo(type == MessageType.ORDER_PAYMENT);
    }

    @Test
    void nobodyCanTellOfAnUnknownType() {
        assertThat(Loss.of("order.unheard-of.v9").sentence()).contains("not known");
        assertThat(Loss.of(null)).isEqualTo(Loss.UNKNOWN);
    }
}
