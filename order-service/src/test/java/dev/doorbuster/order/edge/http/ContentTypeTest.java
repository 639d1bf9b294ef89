package dev.doorbuster.order.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContentTypeTest {
    private static final long SEED = 9112;
    private static final int CASES = 10_000;
    private static final List<String> OTHERS = List.of(
            "text/plain",
            "application/jsonp",
            "application/json-seq",
            "application",
            "json",
            "xapplication/json",
            "*/*",
            "");
    private static final List<String> PARAMETERS =
            List.of("", ";charset=utf-8", " ; charset=\"utf-8\"", ";", "; a=b; c=d", ";charset=UTF-8 ");

    private final Random random = new Random(SEED);

    @Test
    void isJsonHoweverItIsWritten() {
        for (int i = 0; i < CASES; i++) {
            String type = " ".repeat(random.nextInt(2))
                    + cased("application/json")
                    + PARAMETERS.get(random.nextInt(PARAMETERS.size()));

            assertThat(RequestCheck.isJson(type)).as(type).isTrue();
        }
        assertThat(RequestCheck.isJson(null)).isFalse();
    }

    @Test
    void isNotJsonUnderAnotherName() {
        for (int i = 0; i < CASES; i++) {
            String type = cased(OTHERS.get(random.nextInt(OTHERS.size())))
                    + PARAMETERS.get(random.nextInt(PARAMETERS.size()));

            assertThat(RequestCheck.isJson(type)).as(type).isFalse();
        }
        assertThat(RequestCheck.isJson("text/plain;application/json")).isFalse();
    }

    private String cased(String text) {
        return text.codePoints()
                .mapToObj(Character::toString)
                .map(each -> random.nextBoolean() ? each : each.toUpperCase(java.util.Locale.ROOT))
                .reduce("", String::concat);
    }
}
