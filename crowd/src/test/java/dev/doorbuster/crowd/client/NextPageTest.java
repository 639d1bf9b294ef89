package dev.doorbuster.crowd.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class NextPageTest {
    @Test
    void readsWhereAListGoesOn() {
        assertThat(NextPage.of("</api/sales?after=1-a>; rel=\"next\"")).contains("/api/sales?after=1-a");
        assertThat(NextPage.of("</first>; rel=\"first\", </2>;rel=next")).contains("/2");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "</a>", "</a>; rel=\"prev\"", "<", "rel=\"next\""})
    void isEmptyOnTheLastPage(String link) {
        assertThat(NextPage.of(link)).isEmpty();
    }
}
