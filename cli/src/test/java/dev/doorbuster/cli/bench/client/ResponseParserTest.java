package dev.doorbuster.cli.bench.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ResponseParserTest {
    private static final String CREATED =
            "HTTP/1.1 201 Created\r\ncontent-type: application/json\r\nContent-Length: 5\r\n\r\n{...}";

    private final ResponseParser parser = new ResponseParser();

    private int parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return parser.parse(bytes, bytes.length);
    }

    @Test
    void findsStatusAndEnd() {
        // When
        int end = parse(CREATED + "HTTP/1.1 409");

        // Then
        assertThat(end).isEqualTo(CREATED.length());
        assertThat(parser.status()).isEqualTo(201);
    }

    @Test
    void everyPrefixIsIncomplete() {
        // When, Then
        for (int length = 0; length < CREATED.length(); length++) {
            assertThat(parse(CREATED.substring(0, length))).isEqualTo(ResponseParser.INCOMPLETE);
        }
    }

    @Test
    void aResponseWithoutLengthHasNoBody() {
        // Given
        String text = "HTTP/1.1 204 No Content\r\nx: content-length: 7\r\n\r\n";

        // When, Then
        assertThat(parse(text)).isEqualTo(text.length());
        assertThat(parser.status()).isEqualTo(204);
    }
}
