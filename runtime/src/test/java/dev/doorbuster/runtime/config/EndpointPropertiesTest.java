package dev.doorbuster.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EndpointPropertiesTest {
    private static final long SEED = 3986;
    private static final int CASES = 20_000;
    private static final List<String> HOSTS =
            List.of("localhost", "10.0.0.1", "[::1]", "[2001:db8::1]", "redis-1.example", "A_b-c");

    private final Random random = new Random(SEED);

    @Test
    void readsWhatItWrote() {
        for (int i = 0; i < CASES; i++) {
            var endpoint = new Endpoint(
                    HOSTS.get(random.nextInt(HOSTS.size())), 1 + random.nextInt(65_535), 1 + random.nextInt(100));

            assertThat(Endpoint.parse(endpoint + ":" + endpoint.weight())).contains(endpoint);
        }
    }

    @Test
    void anyTextIsAnEndpointOrNone() {
        String letters = "a1:0.[]-,9 \u0665/@";
        for (int i = 0; i < CASES; i++) {
            String text = random.ints(random.nextInt(16), 0, letters.length())
                    .mapToObj(each -> letters.substring(each, each + 1))
                    .collect(Collectors.joining());

            Endpoint.parse(text).ifPresent(endpoint -> {
                assertThat(endpoint.port()).as(text).isBetween(1, 65_535);
                assertThat(endpoint.weight()).as(text).isBetween(1, 100);
                assertThat(Endpoint.parse(endpoint.toString())).as(text).isPresent();
                assertThat(endpoint.host()).as(text).doesNotContain(",", " ");
            });
        }
    }

    @Test
    void aListHasAllItsEndpointsInTheirSequence() {
        for (int i = 0; i < CASES / 10; i++) {
            List<String> texts = IntStream.rangeClosed(1, 1 + random.nextInt(5))
                    .mapToObj(number -> "host-" + number + ":" + (1 + random.nextInt(65_535)))
                    .toList();
            var env = new Environment(Map.of("LIST", String.join(random.nextBoolean() ? "," : " , ", texts)));

            assertThat(env.endpoints("LIST").stream().map(Endpoint::toString).toList())
                    .isEqualTo(texts);
            env.check();
        }
    }
}
