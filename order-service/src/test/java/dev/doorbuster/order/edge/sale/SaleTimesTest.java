package dev.doorbuster.order.edge.sale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.doorbuster.order.edge.http.ApiRequest.InvalidFieldException;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SaleTimesTest {
    private static final long SEED = 3339;
    private static final int CASES = 20_000;
    private static final long YEAR_9999 = 253_402_300_799L;

    private final Random random = new Random(SEED);

    @Test
    void readsEveryInstantInEveryOffset() {
        for (int i = 0; i < CASES; i++) {
            Instant instant =
                    Instant.ofEpochSecond(Math.floorMod(random.nextLong(), YEAR_9999), random.nextInt(1_000_000_000));
            var offset = ZoneOffset.ofTotalSeconds(60 * (random.nextInt(2 * 14 * 60 + 1) - 14 * 60));
            String text = instant.atOffset(offset).toString();

            assertThat(SaleJson.edit(new JsonObject().put("opensAt", text)).opensAt())
                    .as(text)
                    .isEqualTo(instant);
        }
    }

    @Test
    void refusesAnyOtherTextInOneWay() {
        String deadLetters = "0123456789-:TZ.+ ";
        for (int i = 0; i < CASES; i++) {
            String text = random.ints(random.nextInt(28), 0, deadLetters.length())
                    .mapToObj(each -> deadLetters.substring(each, each + 1))
                    .reduce("", String::concat);

            Throwable refused = catchThrowable(() -> SaleJson.edit(new JsonObject().put("opensAt", text)));
            assertThat(refused)
                    .as(text)
                    .satisfiesAnyOf(
                            none -> assertThat(none).isNull(),
                            other -> assertThat(other).isInstanceOf(InvalidFieldException.class));
        }
    }
}
