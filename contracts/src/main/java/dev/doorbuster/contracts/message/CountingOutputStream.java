package dev.doorbuster.contracts.message;

import java.io.OutputStream;

/** Takes everything, keeps only how much it was. */
final class CountingOutputStream extends OutputStream {
    private long count;

    @Override
    public void write(int oneByte) {
        count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        count += length;
    }

    long count() {
        return count;
    }
}
