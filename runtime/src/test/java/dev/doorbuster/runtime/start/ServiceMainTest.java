package dev.doorbuster.runtime.start;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServiceMainTest {
    /** The default is to believe a DNS server for as long as it says, which is ten minutes in a network of containers. */
    @Test
    void looksUpTheAddressOfAServerAgainWithinSeconds() {
        assertThat(ServiceMain.options().getAddressResolverOptions().getCacheMaxTimeToLive())
                .isBetween(1, 10);
    }
}
