package dev.doorbuster.cli.bench.client;

import dev.doorbuster.crowd.client.BuyerTokens;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Concatenates requests from parts encoded before the run: the head per sale, the token per buyer. */
final class RequestEncoder {
    private static final String START = """
            POST /api/sales/%s/orders HTTP/1.1\r
            Host: 127.0.0.1\r
            Content-Type: application/json\r
            Content-Length: 14\r
            Prefer: wait=30\r
            Authorization: Bearer\s""";
    private static final byte[] END = ascii("\r\n\r\n{\"quantity\":1}");
    private static final byte[] KEY = ascii("\r\nIdempotency-Key: k");

    private final byte[][] starts;
    private final byte[][] tokens;
    private final boolean keys;
    private long number;

    RequestEncoder(LoadSpec spec) {
        starts = spec.sales().stream()
                .map(START::formatted)
                .map(RequestEncoder::ascii)
                .toArray(byte[][]::new);
        tokens = new byte[spec.buyers()][];
        keys = spec.keys();
        var minted = new BuyerTokens(spec.jwtSecret());
        Instant now = Instant.now();
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = ascii(minted.mint(spec.buyerPrefix() + i, now));
        }
    }

    /** Appends the next request. */
    void encode(ByteBuffer out) {
        int buyer = (int) (number % tokens.length);
        out.put(starts[(int) (number % starts.length)]).put(tokens[buyer]);
        if (keys) {
            out.put(KEY).put(ascii(Long.toString(number)));
        }
        out.put(END);
        number++;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
