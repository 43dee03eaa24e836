package dev.penstock.engine.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;

/**
 * Writes a body straight from the caller's array.
 *
 * <p>In slices, because the JDK copies all that remains of a heap buffer into a temporary direct one at each write: with
 * the whole body in view, a slow peer would have it copied again for every few kilobytes, through a direct buffer as
 * large as the body.
 *
 * <p><b>Threads:</b> driven by the I/O thread; the two questions by any thread.
 */
final class BodyProducer implements AsyncEntityProducer {

    private static final int SLICE_BYTES = 64 * 1024;

    /** Then the other connections of the I/O thread have their turn. */
    private static final int SLICES_PER_TURN = 4;

    private final ByteBuffer view;
    private final int length;
    private volatile boolean begun;
    private volatile boolean ended;

    BodyProducer(byte[] body, int length) {
        this.view = ByteBuffer.wrap(body, 0, length);
        this.length = length;
    }

    /** Whether the request has begun to leave: its head is written, its connection was ready. */
    boolean hasBegun() {
        return begun;
    }

    /** Whether the last byte was taken and the array will not be looked at again. */
    boolean hasEnded() {
        return ended;
    }

    @Override
    public void produce(DataStreamChannel channel) throws IOException {
        begun = true;
        try {
            write(channel);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            // An Error would end the I/O thread and every exchange with it.
            throw new IOException("body not written", e);
        }
    }

    private void write(DataStreamChannel channel) throws IOException {
        if (ended) {
            return;
        }
        for (int i = 0; i < SLICES_PER_TURN && view.position() < length; i++) {
            view.limit(Math.min(view.position() + SLICE_BYTES, length));
            channel.write(view);
            if (view.hasRemaining()) {
                return;
            }
        }
        if (view.position() == length) {
            ended = true;
            channel.endStream();
        }
    }

    /** What remains; HttpClient asks for more while this is not zero. */
    @Override
    public int available() {
        return length - view.position();
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public long getContentLength() {
        return length;
    }

    /** Null: the request's own headers say it. */
    @Override
    public String getContentType() {
        return null;
    }

    /** Null: the request's own headers say it. */
    @Override
    public String getContentEncoding() {
        return null;
    }

    @Override
    public boolean isChunked() {
        return false;
    }

    @Override
    public Set<String> getTrailerNames() {
        return Set.of();
    }

    @Override
    public void failed(Exception cause) {
        // The exchange is told as well.
    }

    /** Nothing: comes any number of times, even after the body has been reused. */
    @Override
    public void releaseResources() {}
}
