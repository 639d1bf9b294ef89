package dev.doorbuster.cli.bench.client;

import java.nio.charset.StandardCharsets;

/** Finds the end of an HTTP/1.1 response (RFC 9112) with a Content-Length, and its status code; parses nothing else. */
final class ResponseParser {
    /** The response is not complete yet. */
    static final int INCOMPLETE = 0;

    private static final byte[] CONTENT_LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final int STATUS_DIGITS = 3;
    private static final int LOWER_CASE = 0x20;

    private int status;

    /** The length in bytes of the response at the start of the buffer, or {@link #INCOMPLETE}. */
    int parse(byte[] bytes, int length) {
        int lineStart = 0;
        int contentLength = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] != '\n') {
                continue;
            }
            if (i - lineStart <= 1) {
                int end = i + 1 + contentLength;
                return end <= length ? end : INCOMPLETE;
            }
            if (lineStart == 0) {
                status = number(bytes, STATUS_AT, STATUS_AT + STATUS_DIGITS);
            } else if (isContentLength(bytes, lineStart, i)) {
                contentLength = number(bytes, lineStart + CONTENT_LENGTH.length, i);
            }
            lineStart = i + 1;
        }
        return INCOMPLETE;
    }

    /** Status of the last parsed response. */
    int status() {
        return status;
    }

    private static boolean isContentLength(byte[] bytes, int from, int to) {
        if (to - from < CONTENT_LENGTH.length) {
            return false;
        }
        for (int i = 0; i < CONTENT_LENGTH.length; i++) {
            if ((bytes[from + i] | LOWER_CASE) != (CONTENT_LENGTH[i] | LOWER_CASE)) {
                return false;
            }
        }
        return true;
    }

    private static int number(byte[] bytes, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            if (bytes[i] >= '0' && bytes[i] <= '9') {
                number = number * 10 + bytes[i] - '0';
            }
        }
        return number;
    }
}
