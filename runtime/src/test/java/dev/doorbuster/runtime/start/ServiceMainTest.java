package dev.doorbuster.runtime.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ServiceMainTest {
    /** The default is to believe a DNS server for as long as it says, which is ten minutes in a network of containers. */
    @Test
    void looksUpTheAddressOfAServerAgainWithinSeconds() {
        assertThat(ServiceMain.options().getAddressResolverOptions().getCacheMaxTimeToLive())
                .isBetween(1, 10);
    }

    @Test
    void aFailedStartSaysWhichStepAndWhyEvenWithoutAMessage() {
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
