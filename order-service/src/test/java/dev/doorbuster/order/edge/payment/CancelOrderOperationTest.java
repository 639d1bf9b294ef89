package dev.doorbuster.order.edge.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.order.edge.problem.ProblemType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CancelOrderOperationTest {
    @ParameterizedTest
    @CsvSource({
        "PAID,       ALREADY_PAID, ALREADY_PAID",
        "REFUND_DUE, ALREADY_PAID, NOT_HELD",
        "CANCELLED,  NOT_HELD,     NOT_HELD",
        "EXPIRED,    NOT_HELD,     NOT_HELD",
        "REJECTED,   NOT_HELD,     NOT_HELD"
    })
    void reportsAnEarlierPaymentOnlyIfThereWasOne(OrderStatus status, ProblemType foundSo, ProblemType sinceAsked) {
        assertThat(CancelOrderOperation.whyNotAsked(status)).isEqualTo(foundSo);
        assertThat(CancelOrderOperation.whyNotCancelled(status)).isEqualTo(sinceAsked);
    }
}
