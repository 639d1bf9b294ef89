package dev.doorbuster.order.edge.pending;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferenceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wait=5|5",
                "wait=30|30",
                "WAIT=5|5",
                "Wait=6|6",
                "wait=31|30",
                "wait=999999999|30",
                "respond-async, wait=7|7",
                "wait = 8; strict|8",
                "wait=\"9\"|9",
                "wait=-1|0",
                "wait=5x|0",
                "wait|0",
                "await=5|0",
                "wait=99999999999999999999|0",
                "''|0"
            })
    void honoursWaitUpToItsLimit(String header, long seconds) {
        assertThat(Preference.maxWait(header, Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(seconds));
    }
}
