package dev.doorbuster.order.edge.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorbuster.runtime.config.ConfigException;
import dev.doorbuster.runtime.config.Environment;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesConfigTest {
    @Test
    void usesItsOwnOriginForEventsByDefault() {
        assertThat(read(Map.of()).eventsOrigin()).isEmpty();
        assertThat(read(Map.of("DOORBUSTER_EVENTS_ORIGIN", "http://127.0.0.1:8082"))
                        .eventsOrigin())
                .isEqualTo("http://127.0.0.1:8082");
    }

    @Test
    void hasNoRaceLabByDefault() {
        assertThat(read(Map.of()).raceLabOrigin()).isEmpty();
        assertThat(read(Map.of("DOORBUSTER_RACE_LAB_ORIGIN", "http://127.0.0.1:8083"))
                        .raceLabOrigin())
                .isEqualTo("http://127.0.0.1:8083");
    }

    @Test
    void behindAGatewayTheRaceLabIsWhereThePagesAre() {
        assertThat(read(Map.of("DOORBUSTER_RACE_LAB_ORIGIN", "self")).raceLabOrigin())
                .isEqualTo("self");
        assertThatThrownBy(() -> read(Map.of("DOORBUSTER_EVENTS_ORIGIN", "self")))
                .isInstanceOf(ConfigException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"events.example", "https://events.example/", "https://a.example; script-src *", "ftp://a"})
    void refusesWhatIsNoOrigin(String origin) {
        assertThatThrownBy(() -> read(Map.of("DOORBUSTER_EVENTS_ORIGIN", origin)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("DOORBUSTER_EVENTS_ORIGIN must be an origin such as https://events.example");
    }

    @Test
    void refusesWhatIsNoOriginOfARaceLab() {
        assertThatThrownBy(() -> read(Map.of("DOORBUSTER_RACE_LAB_ORIGIN", "lab; script-src *")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "DOORBUSTER_RACE_LAB_ORIGIN must be an origin such as https://lab.example, or self");
    }

    private static PagesConfig read(Map<String, String> variables) {
        var env = new Environment(variables);
        PagesConfig config = PagesConfig.fromEnv(env);
        env.check();
        return config;
    }
}
