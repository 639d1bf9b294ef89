package dev.doorbuster.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.crowd.client.ShopAnswer;
import dev.doorbuster.crowd.client.ShopRequest;
import dev.doorbuster.crowd.judge.Violation;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadReportTest {
    private static final ShopAnswer RESERVED = answer(201, "{\"id\":\"1\",\"status\":\"RESERVED\"}", null);
    private static final ShopAnswer SOLD_OUT = answer(409, "{\"type\":\"/problems/sold-out\",\"status\":409}", null);
    private static final Duration ENOUGH = Duration.ofSeconds(10);

    private final LoadReport report = new LoadReport();

    @Test
    void answersAreCountedByKindAndTimesByWhatWasTold() {
        // When
        for (int i = 1; i <= 100; i++) {
            answered(SOLD_OUT);
            report.ended(SOLD_OUT, Duration.ofMillis(i));
        }
        answered(RESERVED);
        report.ended(RESERVED, Duration.ofMillis(7));

        // Then
        assertThat(report.wrongs(ENOUGH)).isEmpty();
        assertThat(report.describe())
                .containsPattern("201 RESERVED +1\n")
                .containsPattern("409 sold-out +100\n")
                .containsPattern("had it +7.0 ms +7.0 ms +7.0 ms +7.0 ms +\\(1\\)")
                .containsPattern("heard no +50.0 ms +95.0 ms +99.0 ms +100.0 ms +\\(100\\)");
    }

    @ParameterizedTest
    @CsvSource({"500, {}", "200, {}", "404, {}", "409, no JSON", "201, '{\"status\":\"RESERVED\"}'"})
    void anAnswerThatNoBuyerShouldHearIsWrong(int status, String body) {
        answered(answer(status, body, null));

        assertThat(report.wrongs(ENOUGH))
                .containsExactly("UNEXPECTED_ANSWER, " + Violation.UNEXPECTED_ANSWER.meaning() + ": 1");
    }

    @Test
    void aBuyerWhoNeverHeardIsWrong() {
        report.ended(ShopAnswer.lost(ShopAnswer.Lost.OTHER, null), Duration.ZERO);

        assertThat(report.wrongs(ENOUGH)).containsExactly("buyers without a final answer: 1");
    }

    @Test
    void onlyTheSlowestHundredthMayBeLaterThanTheLimit() {
        // Given
        for (int i = 0; i < 99; i++) {
            report.ended(SOLD_OUT, Duration.ofSeconds(1));
        }
        report.ended(SOLD_OUT, Duration.ofSeconds(60));
        assertThat(report.wrongs(ENOUGH)).isEmpty();

        // When
        report.ended(SOLD_OUT, Duration.ofSeconds(60));

        // Then
        assertThat(report.wrongs(ENOUGH)).containsExactly("p99 later than P99_MS_MAX, REFUSED");
    }

    @Test
    void twoOrdersUnderOneKeyAreWrongAndSoIsARefusalAfterAReservation() {
        // When
        answered(RESERVED);
        answered(answer(201, "{\"id\":\"2\",\"status\":\"RESERVED\"}", null));
        answered(SOLD_OUT);

        // Then
        assertThat(report.wrongs(ENOUGH))
                .anyMatch(wrong -> wrong.startsWith("TWO_ORDERS_FOR_ONE_KEY"))
                .anyMatch(wrong -> wrong.startsWith("REFUSED_AFTER_RESERVED"))
                .hasSize(2);
    }

    /** Of one buyer; sent when the one before was answered. */
    private void answered(ShopAnswer answer) {
        report.answered(ShopRequest.order("a sale", "ann", "key", 1), report.now() + 1, answer);
    }

    private static ShopAnswer answer(int status, String body, String retryAfter) {
        return Requests.read(new Requests.Response(status, body), retryAfter);
    }
}
