package dev.doorbuster.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorbuster.runtime.config.ConfigException;
import dev.doorbuster.runtime.config.Environment;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Origins as browsers send them (RFC 6454): any other one would be configured and never match. */
class CorsOriginsTest {
    private static final long SEED = 6454;
    private static final int CASES = 10_000;

    private static List<String> origins(String text) {
        var env = new Environment(Map.of("DOORBUSTER_CORS_ORIGINS", text));
        PublicServerConfig config = PublicServerConfig.fromEnv(env, 0, 10, 100);
        env.check();
        return config.corsOrigins();
    }

    @Test
    void takesOrigins() {
        assertThat(origins("https://shop.example , http://localhost:8080,http://[::1]:8080"))
                .containsExactly("https://shop.example", "http://localhost:8080", "http://[::1]:8080");
        assertThat(origins("HTTPS://Shop.Example")).containsExactly("https://shop.example");
        assertThat(origins("https://shop.example:443, http://shop.example:80"))
                .containsExactly("https://shop.example", "http://shop.example");
        assertThat(origins("*")).containsExactly("*");
        assertThat(origins("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop.example", "ftp://shop.example", "https://", "https://shop.example/", "https://shop.example?x",
                "https://user@shop.example", "https://shop.example:99999", "https://shop.example:", "https://a b",
                        "https://*.example",
                "https://shop.example#x", "null"
            })
    void refusesWhatNoBrowserSends(String text) {
        assertThatThrownBy(() -> origins(text))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("DOORBUSTER_CORS_ORIGINS");
    }

    @Test
    void anyTextIsRefusedOrReadAsItStands() {
        var random = new Random(SEED);
        String letters = "https://a.Z:09[]*?#@ %";
        for (int i = 0; i < CASES; i++) {
            String text = (random.nextBoolean() ? "https://" : "")
                    + random.ints(random.nextInt(12), 0, letters.length())
                            .mapToObj(each -> letters.substring(each, each + 1))
                            .reduce("", String::concat);
            try {
                assertThat(origins(text)).allMatch(origin -> origin.matches("\\*|https?://[a-z0-9.:\\[\\]-]+"), text);
            } catch (ConfigException e) {
                assertThat(e).hasMessageContaining("DOORBUSTER_CORS_ORIGINS");
            }
        }
    }
}
