package dev.doorbuster.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.cli.crowd.Answer;
import dev.doorbuster.cli.crowd.Heard;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AnswerReaderTest {
    @Test
    void readsAnOrderThatWasAccepted() {
        Answer answer = AnswerReader.of(202, "{\"id\":\"1\",\"status\":\"PENDING\"}", "1");

        assertThat(answer.heard()).isEqualTo(Heard.PENDING);
        assertThat(answer.orderId()).isEqualTo("1");
        assertThat(answer.retryAfterSeconds()).isEqualTo(1);
    }

    @Test
    void readsWhyAnOrderWasRefusedAtOnceAndAfterwards() {
        Answer atOnce = AnswerReader.of(409, "{\"type\":\"/problems/sold-out\",\"status\":409}", null);
        Answer afterwards =
                AnswerReader.of(200, "{\"id\":\"1\",\"status\":\"REJECTED\",\"reason\":\"sold-out\"}", null);

        assertThat(atOnce.reason()).isEqualTo(afterwards.reason()).isEqualTo("sold-out");
        assertThat(atOnce.heard()).isEqualTo(afterwards.heard()).isEqualTo(Heard.REFUSED);
    }

    @Test
    void waitsAsLongAsTheShopAsksWithinReason() {
        Answer soon = AnswerReader.of(503, "{}", null);
        Answer later = AnswerReader.of(503, "{}", "2");
        Answer tomorrow = AnswerReader.of(503, "{}", "86400");

        for (int i = 0; i < 100; i++) {
            assertThat(RetryWait.after(soon)).isBetween(RetryWait.MIN, RetryWait.MIN.multipliedBy(2));
            assertThat(RetryWait.after(later)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3));
            assertThat(RetryWait.after(tomorrow)).isEqualTo(RetryWait.MAX);
        }
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
}
