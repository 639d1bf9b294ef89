package dev.doorbuster.order.edge.http.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorbuster.runtime.config.ConfigException;
import dev.doorbuster.runtime.config.Environment;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
    private static final String PROXIES = "10.0.0.0/8, 192.0.2.1, 2001:db8:1::/48";
    private static final long SEED = 17;
    private static final int CASES = 20_000;

    private final TrustedProxies proxies = proxies(PROXIES);

    private static TrustedProxies proxies(String list) {
        var env = new Environment(Map.of("DOORBUSTER_TRUSTED_PROXIES", list));
        TrustedProxies read = TrustedProxies.fromEnv(env);
        env.check();
        return read;
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.9,        '',                                     203.0.113.9",
        "203.0.113.9,        198.51.100.1,                           203.0.113.9",
        "10.1.2.3,           198.51.100.1,                           198.51.100.1",
        "10.1.2.3,           '1.2.3.4, 198.51.100.1',                198.51.100.1",
        "10.1.2.3,           '1.2.3.4, 198.51.100.1, 10.9.9.9',      198.51.100.1",
        "192.0.2.1,          '198.51.100.1:50123',                   198.51.100.1",
        "192.0.2.2,          198.51.100.1,                           192.0.2.2",
        "10.1.2.3,           '',                                     10.1.2.3",
        "10.1.2.3,           'unknown',                              10.1.2.3",
        "10.1.2.3,           '198.51.100.1, unknown',                10.1.2.3",
        "10.1.2.3,           '10.4.4.4, 10.5.5.5',                   10.4.4.4",
        "::ffff:10.1.2.3,    198.51.100.1,                           198.51.100.1",
        "2001:db8:1:9::1,    '[2001:db8:7:8:1:2:3:4]:443',           2001:db8:7:8::",
        "2001:db8:1:9::1,    2001:db8:7:8:9:9:9:9,                   2001:db8:7:8::",
        "2001:db8:2::1,      198.51.100.1,                           2001:db8:2::"
    })
    void takesTheWordOfAProxyOnly(String peer, String header, String client) {
        assertThat(proxies.client(peer, List.of(header))).isEqualTo(client);
    }

    @Test
    void readsSeveralHeadersAsOneList() {
        assertThat(proxies.client("10.1.2.3", List.of("1.2.3.4", "198.51.100.1", "10.3.3.3")))
                .isEqualTo("198.51.100.1");
    }

    @Test
    void trustsNoProxyByDefault() {
        assertThat(proxies("").client("127.0.0.1", List.of("198.51.100.1"))).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/", "10.0.0/8", "gateway", "::1/129", "10.0.0.1/-1", "/8"})
    void refusesWhatIsNoNetwork(String list) {
        assertThatThrownBy(() -> proxies(list))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("DOORBUSTER_TRUSTED_PROXIES");
    }

    /** An address that the client itself put into the header never counts. */
    @Test
    void noClientChoosesItsAddress() {
        var random = new Random(SEED);
        for (int i = 0; i < CASES; i++) {
            String own = random.ints(random.nextInt(40), 0x20, 0x7f)
                    .mapToObj(Character::toString)
                    .reduce("", String::concat);
            assertThat(proxies.client("10.1.2.3", List.of(own + ", 198.51.100.1")))
                    .isEqualTo("198.51.100.1");
            assertThat(proxies.client("203.0.113.9", List.of(own))).isEqualTo("203.0.113.9");
            assertThatCode(() -> proxies.client("10.1.2.3", List.of(own))).doesNotThrowAnyException();
        }
    }
}
