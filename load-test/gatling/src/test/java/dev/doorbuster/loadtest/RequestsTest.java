package dev.doorbuster.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.crowd.client.AnswerKind;
import dev.doorbuster.crowd.client.ShopAnswer;
import org.junit.jupiter.api.Test;

class RequestsTest {
    @Test
    void readsAnOrderThatWasAccepted() {
        ShopAnswer answer = answer(202, "{\"id\":\"1\",\"status\":\"PENDING\"}", "1");

        assertThat(answer.kind()).isEqualTo(AnswerKind.PENDING);
        assertThat(answer.orderId()).isEqualTo("1");
        assertThat(answer.retryAfterSeconds()).isEqualTo(1);
    }

    @Test
    void readsWhyAnOrderWasRefusedAtOnceAndAfterwards() {
        ShopAnswer atOnce = answer(409, "{\"type\":\"/problems/sold-out\",\"status\":409}", null);
        ShopAnswer afterwards = answer(200, "{\"id\":\"1\",\"status\":\"REJECTED\",\"reason\":\"sold-out\"}", null);

        assertThat(atOnce.reason()).isEqualTo(afterwards.reason()).isEqualTo("sold-out");
        assertThat(atOnce.kind()).isEqualTo(afterwards.kind()).isEqualTo(AnswerKind.REFUSED);
    }

    @Test
    void aPageIsRightThatShowsTheSaleAndNoMoreThanThereIs() {
        assertThat(PageChecks.isSale("{\"saleId\":\"s\",\"stock\":10,\"available\":0}", "s"))
                .isTrue();
        assertThat(PageChecks.isSale("{\"saleId\":\"s\",\"stock\":10,\"available\":11}", "s"))
                .isFalse();
        assertThat(PageChecks.isSale("{\"saleId\":\"s\",\"stock\":10,\"available\":-1}", "s"))
                .isFalse();
        assertThat(PageChecks.isSale("{\"saleId\":\"t\",\"stock\":10,\"available\":1}", "s"))
                .isFalse();
        assertThat(PageChecks.hasSale("{\"sales\":[{\"saleId\":\"t\"},{\"saleId\":\"s\"}]}", "s"))
                .isTrue();
        assertThat(PageChecks.hasSale("{\"sales\":[{\"saleId\":\"t\"}]}", "s")).isFalse();
        assertThat(PageChecks.hasSale("nothing", "s")).isFalse();
    }

    private static ShopAnswer answer(int status, String body, String retryAfter) {
        return Requests.read(new Requests.Response(status, body), retryAfter);
    }
}
