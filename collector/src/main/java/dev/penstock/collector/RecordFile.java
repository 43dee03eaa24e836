package dev.penstock.collector;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Appends received events to a file, one a line, in one write a request. Any thread; blocks on the file. */
final class RecordFile implements AutoCloseable {
    private final OutputStream out;
    private final ByteArray lines = new ByteArray(1 << 16);

    RecordFile(Path path) throws IOException {
        out = Files.newOutputStream(
                path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    synchronized void append(byte[] body, BatchContents contents) throws IOException {
        lines.clear();
        for (int event = 0; event < contents.count(); event++) {
            int start = contents.start(event);
            int end = contents.end(event);
            int from = start;
            // A line break in valid JSON is white space between tokens, so leaving it out changes nothing else.
            for (int i = start; i < end; i++) {
                if (body[i] == '\n' || body[i] == '\r') {
                    lines.append(body, from, i - from);
                    from = i + 1;
                }
            }
            lines.append(body, from, end - from);
            lines.append((byte) '\n');
        }
        out.write(lines.bytes(), 0, lines.length());
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
