package dev.doorbuster.runtime.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.runtime.start.Lifecycle.StartException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ServiceMainTest {
    /** The default is the TTL of the DNS record, which is ten minutes in a Docker network. */
    @Test
    void looksUpTheAddressOfAServerAgainWithinSeconds() {
        assertThat(ServiceMain.options().getAddressResolverOptions().getCacheMaxTimeToLive())
                .isBetween(1, 10);
    }

    @Test
    void aFailedStartNamesStepAndCauseEvenWithoutAMessage() {
        var late = new StartException("the schema", new TimeoutException());

        assertThat(ServiceMain.notStarted("order-service", late))
                .startsWith(
                        "order-service did not start: cannot start the schema: java.util.concurrent.TimeoutException.")
                .doesNotContain("{}");
    }

    @Test
    void aWrongConfigurationNeedsNoFurtherAdvice() {
        assertThat(ServiceMain.notStarted("notifier", new IllegalArgumentException("port out of range: 70000")))
                .isEqualTo("notifier did not start: port out of range: 70000");
    }
}
