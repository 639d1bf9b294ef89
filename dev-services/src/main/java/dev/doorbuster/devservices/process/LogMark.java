package dev.doorbuster.devservices.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A position in a log file: messages of an earlier run must not be reported as this run's failure.
 *
 * @param offset in bytes
 */
record LogMark(Path file, long offset) {
    private static final int READ_BYTES_MAX = 64 * 1024;

    static LogMark atEndOf(Path file) {
        return new LogMark(file, file.toFile().length());
    }

    /** The end of the text logged since, at most {@value #READ_BYTES_MAX} bytes. */
    String textSince() throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(offset, log.length() - READ_BYTES_MAX);
            byte[] bytes = new byte[(int) Math.max(0, log.length() - from)];
            log.seek(from);
            log.readFully(bytes);
            // Not every server logs UTF-8, and an invalid byte must not hide the reason.
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }
}
