package dev.doorbuster.devservices.support;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Input and output whose failure no caller handles: it fails with an {@link UncheckedIOException}. */
public final class UncheckedIo {
    private UncheckedIo() {}

    /** Input or output with a result. */
    @FunctionalInterface
    public interface Reading<T> {
        T get() throws IOException;
    }

    /** Input or output without a result. */
    @FunctionalInterface
    public interface Action {
        void run() throws IOException;
    }

    public static <T> T get(Reading<T> reading) {
        try {
            return reading.get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void run(Action action) {
        try {
            action.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
