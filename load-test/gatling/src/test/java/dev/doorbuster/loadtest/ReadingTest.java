package dev.doorbuster.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.cli.crowd.Answer;
import dev.doorbuster.cli.crowd.Heard;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReadingTest {
    @Test
    void readsAnOrderThatWasAccepted() {
        Answer answer = Reading.of(202, "{\"id\":\"1\",\"status\":\"PENDING\"}", "1");

        assertThat(answer.heard()).isEqualTo(Heard.PENDING);
        assertThat(answer.orderId()).isEqualTo("1");
        assertThat(answer.retryAfterSeconds()).isEqualTo(1);
    }

    @Test
    void readsWhyAnOrderWasRefusedAtOnceAndAfterwards() {
        Answer atOnce = Reading.of(409, "{\"type\":\"/problems/sold-out\",\"status\":409}", null);
        Answer afterwards = Reading.of(200, "{\"id\":\"1\",\"status\":\"REJECTED\",\"reason\":\"sold-out\"}", null);

        assertThat(atOnce.reason()).isEqualTo(afterwards.reason()).isEqualTo("sold-out");
        assertThat(atOnce.heard()).isEqualTo(afterwards.heard()).isEqualTo(Heard.REFUSED);
    }

    @Test
    void waitsAsLongAsTheShopAsksWithinReason() {
        Answer soon = Reading.of(503, "{}", null);
        Answer later = Reading.of(503, "{}", "2");
        Answer tomorrow = Reading.of(503, "{}", "86400");

        for (int i = 0; i < 100; i++) {
            assertThat(RetryWait.after(soon)).isBetween(RetryWait.MIN, RetryWait.MIN.multipliedBy(2));
            assertThat(RetryWait.after(later)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3));
            assertThat(RetryWait.after(tomorrow)).isEqualTo(RetryWait.MAX);
        }
    }

    @Test
    void aPageIsRightThatShowsTheSaleAndNoMoreThanThereIs() {
        assertThat(Pages.isSale("{\"saleId\":\"s\",\"stock\":10,\"available\":0}", "s"))
                .isTrue();
        assertThat(Pages.isSale("{\"saleId\":\"s\",\"stock\":10,\"available\":11}", "s"))
                .isFalse();
        assertThat(Pages.isSale("{\"saleId\":\"s\",\"stock\":10,\"available\":-1}", "s"))
                .isFalse();
        assertThat(Pages.isSale("{\"saleId\":\"t\",\"stock\":10,\"available\":1}", "s"))
                .isFalse();
        assertThat(Pages.hasSale("{\"sales\":[{\"saleId\":\"t\"},{\"saleId\":\"s\"}]}", "s"))
                .isTrue();
        assertThat(Pages.hasSale("{\"sales\":[{\"saleId\":\"t\"}]}", "s")).isFalse();
        assertThat(Pages.hasSale("nothing", "s")).isFalse();
    }
}
