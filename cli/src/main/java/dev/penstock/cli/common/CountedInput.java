package dev.penstock.cli.common;

import java.io.IOException;
import java.io.InputStream;

/** Counts the bytes read through it. One thread at a time. */
final class CountedInput extends InputStream {
    private final InputStream in;
    private long count;

    CountedInput(InputStream in) {
        this.in = in;
    }

    long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, length);
        if (read > 0) {
            count += read;
        }
        return read;
    }

    /** Never 0: gzip asks this to decide whether another member follows, and a slow pipe must not end the file. */
    @Override
    public int available() {
        return 1;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
