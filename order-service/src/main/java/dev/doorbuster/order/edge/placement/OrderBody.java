package dev.doorbuster.order.edge.placement;

import dev.doorbuster.contracts.value.Limits;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** Parses the usual body of an order, {@code {"quantity":n}}, without a JSON parser. */
final class OrderBody {
    /** Any other body, valid or not: left to the general checks. */
    static final int OTHER = -1;

    private static final byte[] NAME = "\"quantity\"".getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes;
    private int at;

    private OrderBody(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The quantity, or {@link #OTHER}. */
    static int quantity(Buffer body) {
        return new OrderBody(body.getBytes()).quantity();
    }

    private int quantity() {
        if (!next('{') || !name() || !next(':')) {
            return OTHER;
        }
        int quantity = number();
        boolean whole = next('}') && atEnd();
        return whole && quantity >= 1 && quantity <= Limits.QUANTITY_MAX ? quantity : OTHER;
    }

    private boolean next(char token) {
        skipBlanks();
        return at < bytes.length && bytes[at++] == token;
    }

    private boolean name() {
        skipBlanks();
        for (byte expected : NAME) {
            if (at == bytes.length || bytes[at++] != expected) {
                return false;
            }
        }
        return true;
    }

    /** Digits without a leading zero, at most as many as the largest quantity has; 0 for anything else. */
    private int number() {
        skipBlanks();
        int value = 0;
        while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9' && value <= Limits.QUANTITY_MAX) {
            if (value == 0 && bytes[at] == '0') {
                return 0;
            }
            value = 10 * value + bytes[at++] - '0';
        }
        return value;
    }

    private boolean atEnd() {
        skipBlanks();
        return at == bytes.length;
    }

    /** The four whitespace characters of RFC 8259. */
    private void skipBlanks() {
        while (at < bytes.length && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\n' || bytes[at] == '\r')) {
            at++;
        }
    }
}
