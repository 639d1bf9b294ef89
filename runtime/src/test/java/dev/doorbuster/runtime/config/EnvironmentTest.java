package dev.doorbuster.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {
    private enum Colour {
        RED,
        BLUE
    }

    @Test
    void usesDefaultsForUnsetVariables() {
        var env = new Environment(Map.of("BLANK", "  "));

        assertThat(env.text("BLANK", "text")).isEqualTo("text");
        assertThat(env.optional("BLANK")).isEmpty();
        assertThat(env.integer("ABSENT", 7, 1, 9)).isEqualTo(7);
        assertThat(env.flag("ABSENT", true)).isTrue();
        assertThat(env.choice("ABSENT", Colour.class, Colour.BLUE)).isEqualTo(Colour.BLUE);
        assertThat(env.millis("ABSENT_MS", 2000, 0, 9000)).isEqualTo(Duration.ofSeconds(2));
        env.check();
    }

    @Test
    void readsTypedValues() {
        var env = new Environment(Map.of(
                "TEXT",
                "some text",
                "PORT",
                " 8080 ",
                "WAIT_MS",
                "250",
                "FLAG",
                "false",
                "COLOUR",
                "red",
                "SECRET",
                "0123456789abcdef"));

        assertThat(env.required("TEXT")).isEqualTo("some text");
        assertThat(env.integer("PORT", 1, 1, 65535)).isEqualTo(8080);
        assertThat(env.millis("WAIT_MS", 0, 0, 1000)).isEqualTo(Duration.ofMillis(250));
        assertThat(env.flag("FLAG", true)).isFalse();
        assertThat(env.choice("COLOUR", Colour.class, Colour.BLUE)).isEqualTo(Colour.RED);
        assertThat(env.secret("SECRET", 16)).isEqualTo("0123456789abcdef");
        env.check();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "10", "-1", "ten", "1.5", "99999999999999999999"})
    void refusesANumberOutsideItsRange(String value) {
        var env = new Environment(Map.of("NUMBER", value));

        int unused = env.integer("NUMBER", 5, 1, 9);

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(env::check)
                .withMessageContaining("NUMBER")
                .withMessageContaining(value);
    }

    @Test
    void reportsAllErrorsTogether() {
        // Given
        var env = new Environment(Map.of("NUMBER", "x", "FLAG", "yes", "COLOUR", "green"));

        // When
        String unused1 = env.required("USER");
        int unused2 = env.integer("NUMBER", 5, 1, 9);
        boolean unused3 = env.flag("FLAG", false);
        Colour unused4 = env.choice("COLOUR", Colour.class, Colour.RED);
        env.reject("A and B exclude each other");

        // Then
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(env::check)
                .withMessageContainingAll("USER", "NUMBER", "FLAG", "COLOUR", "A and B exclude each other");
    }

    @Test
    void readsSeveralServersWithTheirWeights() {
        var env = new Environment(Map.of("SERVERS", "one:11211, 127.0.0.1:11212:3,[::1]:11213:2", "NODES", "one:5672"));

        assertThat(env.weightedEndpoints("SERVERS"))
                .containsExactly(
                        new Endpoint("one", 11211, 1),
                        new Endpoint("127.0.0.1", 11212, 3),
                        new Endpoint("[::1]", 11213, 2));
        assertThat(env.endpoints("NODES")).containsExactly(new Endpoint("one", 5672));
        assertThat(env.endpoints("ABSENT")).isEmpty();
        env.check();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"one", "one:0", "one:65536", ":11211", "one:11211:0", "one:11211:101", "one:1,", "one:1,one:1:2"
            })
    void refusesWhatIsNoListOfServers(String list) {
        var env = new Environment(Map.of("SERVERS", list));

        var unused = env.weightedEndpoints("SERVERS");

        assertThatExceptionOfType(ConfigException.class).isThrownBy(env::check).withMessageContaining("SERVERS");
    }

    @Test
    void rejectsAWeightIfWeightsAreNotAllowed() {
        var env = new Environment(Map.of("NODES", "one:5672:2"));

        var unused = env.endpoints("NODES");

        assertThatExceptionOfType(ConfigException.class).isThrownBy(env::check).withMessageContaining("NODES");
    }

    @Test
    void neverPrintsASecret() {
        var env = new Environment(Map.of("SECRET", "hunter2"));

        String unused = env.secret("SECRET", 16);

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(env::check)
                .withMessageContaining("at least 16 characters")
                .withMessageNotContaining("hunter2");
    }
}
