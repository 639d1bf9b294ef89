package dev.doorbuster.runtime.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.doorbuster.runtime.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceConfigTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://me:sesame@collector.example/v1/traces",
                "https://sesame@collector.example/v1/traces",
                "ftp://collector.example/sesame",
                "sesame"
            })
    void refusesAnEndpointThatIsNoneOrHasAUserAndDoesNotRepeatIt(String endpoint) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> TraceConfigs.of("DOORBUSTER_TRACE_ENDPOINT", endpoint))
                .withMessageContaining("DOORBUSTER_TRACE_ENDPOINT")
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("sesame"));
    }

    @Test
    void readsHeadersAndDoesNotPrintThem() {
        TraceConfig config = TraceConfigs.of(
                "DOORBUSTER_TRACE_HEADERS", "Authorization=Basic%20c2VzYW1lOnNlc2FtZQ==, x-tenant = a+b%2Cc");

        assertThat(config.headers())
                .hasSize(2)
                .containsEntry("Authorization", "Basic c2VzYW1lOnNlc2FtZQ==")
                .containsEntry("x-tenant", "a+b,c");
        assertThat(config.toString()).doesNotContain("c2Vz").doesNotContain("a+b");
    }

    @Test
    void hasNoHeadersByDefault() {
        assertThat(TraceConfigs.of().headers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sesame",
                "=sesame",
                "a b=sesame",
                "a=",
                "a=sesame,",
                "a=sesame,a=sesame",
                "a=sesame%",
                "a=sesame%0D%0Ab:c",
                "a=sesame%C3%A9",
                "a=sesame,b=1,c=1,d=1,e=1,f=1,g=1,h=1,i=1,j=1,k=1,l=1,m=1,n=1,o=1,p=1,q=1"
            })
    void refusesWhatAreNoHeadersAndDoesNotRepeatThem(String headers) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> TraceConfigs.of("DOORBUSTER_TRACE_HEADERS", headers))
                .withMessageContaining("DOORBUSTER_TRACE_HEADERS")
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("sesame"));
    }
}
