package dev.doorbuster.devservices.support;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MountsTest {
    @Test
    void readsBlanksAndBackslashesOfPaths() {
        assertThat(Mounts.decoded("/home/a\\040b\\134c/é$1")).isEqualTo("/home/a b\\c/é$1");
    }
}
