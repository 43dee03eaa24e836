package dev.penstock.engine.encode;

import dev.penstock.client.spi.ContentEncoder;
import java.util.function.BiConsumer;

/** Builds bodies that an encoder of the user's compresses when they are sent. */
final class EncodedBodyWriter implements BodyWriter {

    private final PlainBodyWriter plain = new PlainBodyWriter();
    private final ContentEncoder encoder;
    private final String name;
    private final BiConsumer<String, Throwable> failures;

    EncodedBodyWriter(ContentEncoder encoder, BiConsumer<String, Throwable> failures) {
        this.encoder = encoder;
        this.name = encoder.name();
        this.failures = failures;
    }

    @Override
    public void begin(byte[] storage, int headLength) {
        plain.begin(storage, headLength);
    }

    @Override
    public void append(byte[] json, int offset, int length) {
        plain.append(json, offset, length);
    }

    @Override
    public Body finish() {
        return new EncodedBody(plain.finish(), encoder, name, failures);
    }

    @Override
    public void close() {
        plain.close();
    }
}
