package dev.doorbuster.order.edge.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageHeadersTest {
    @ParameterizedTest
    @CsvSource({
        "'', '', connect-src 'self';",
        "'', self, connect-src 'self';",
        "'', http://127.0.0.1:8083, connect-src 'self' http://127.0.0.1:8083;",
        "https://events.example, self, connect-src 'self' https://events.example;"
    })
    void aPageMayConnectToItsOwnAndTheConfiguredOrigins(String events, String lab, String allowed) {
        assertThat(new PageHeaders(new PagesConfig(events, lab, "", "", false), Set.of("'sha256-abc='")).policy())
                .contains(allowed, "script-src 'self' 'sha256-abc=';");
    }
}
