package dev.doorbuster.order.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.doorbuster.order.catalogue.ListPage.ListPosition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ListPositionTest {
    private static final long SEED = 8288;
    private static final int CASES = 20_000;
    private static final long YEAR_5000_MICROS = 95_617_584_000_000_000L;

    private final Random random = new Random(SEED);

    @Test
    void readsWhatItWrote() {
        for (int i = 0; i < CASES; i++) {
            long micros = Math.floorMod(random.nextLong(), YEAR_5000_MICROS);
            String id = random.nextBoolean() ? UUID.randomUUID().toString() : "abcdefghijklmno" + random.nextInt(10);
            var position = new ListPosition(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), id);

            assertThat(ListPosition.of(position.toString())).isEqualTo(position);
            assertThat(position.toString()).matches("[0-9]{1,17}-[0-9a-z-]+");
        }
    }

    @Test
    void refusesAnyOtherTextInOneWay() {
        for (int i = 0; i < CASES; i++) {
            String text = random.ints(random.nextInt(30), 0, 14)
                    .mapToObj(each -> "-0123456789ab\u0665".substring(each, each + 1))
                    .reduce("", String::concat);

            Throwable refused = catchThrowable(() -> ListPosition.of(text));
            if (refused != null) {
                assertThat(refused).as(text).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }
}
