package dev.penstock.engine.encode;

import dev.penstock.client.spi.ContentEncoder;
import dev.penstock.engine.record.ShownText;
import java.util.function.BiConsumer;

/**
 * A body that an encoder of the user's has compressed, or the plain one where it could not.
 *
 * <p>The plain bytes are kept beside the others: only they can be cut, and only they can take another head. While the
 * head stays as it is, and the encoder has not failed, the bytes are compressed once for all tries.
 */
final class EncodedBody implements Body {

    private final PlainBody plain;
    private final ContentEncoder encoder;
    private final String name;
    private final BiConsumer<String, Throwable> failures;

    /** Null while there is none, and if the encoder has failed. Never written to, so a copy may share it. */
    private byte[] encoded;

    EncodedBody(PlainBody plain, ContentEncoder encoder, String name, BiConsumer<String, Throwable> failures) {
        this.plain = plain;
        this.encoder = encoder;
        this.name = name;
        this.failures = failures;
    }

    @Override
    public void renewHead(byte[] head) {
        if (encoded == null || !plain.hasHead(head)) {
            plain.renewHead(head);
            encoded = encode();
        }
    }

    private byte[] encode() {
        byte[] result;
        try {
            result = encoder.encode(plain.bytes(), 0, plain.length());
        } catch (Throwable e) {
            // Checked exceptions too: some languages and tools throw them undeclared.
            failures.accept(
                    "the content encoder " + name + " threw, so bodies go out uncompressed: " + ShownText.of(e), e);
            return null;
        }
        if (result == null || result.length == 0) {
            failures.accept("the content encoder " + name + " returned nothing, so bodies go out uncompressed", null);
            return null;
        }
        return result;
    }

    @Override
    public Body copy() {
        EncodedBody copy = new EncodedBody(plain.copy(), encoder, name, failures);
        copy.encoded = encoded;
        return copy;
    }

    @Override
    public byte[] bytes() {
        return encoded == null ? plain.bytes() : encoded;
    }

    @Override
    public byte[] storage() {
        return plain.storage();
    }

    @Override
    public int heldBytes() {
        return plain.heldBytes() + (encoded == null ? 0 : encoded.length);
    }

    @Override
    public String contentEncoding() {
        return encoded == null ? null : name;
    }

    @Override
    public int length() {
        return encoded == null ? plain.length() : encoded.length;
    }

    @Override
    public int plainLength() {
        return plain.length();
    }

    /** The plain one: the encoder may be another when it is read. */
    @Override
    public StoredBody stored() {
        return plain.stored();
    }

    @Override
    public byte[] readEvents() {
        return plain.readEvents();
    }
}
