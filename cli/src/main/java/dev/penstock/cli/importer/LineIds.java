package dev.penstock.cli.importer;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Gives a line an id that depends on nothing but its bytes and how many identical lines went before it:
 *
 * <pre>
 * digest = SHA-256(bytes of the line, without its line break)
 * id     = first 128 bits of SHA-256(digest, ordinal as 8 bytes, big-endian), with version 8 and the RFC 9562 variant
 * </pre>
 *
 * Importing a file again gives the same ids, also when lines have been added at its end; identical lines differ by their
 * ordinal. One thread at a time.
 */
final class LineIds {
    private static final long VERSION_MASK = ~0xF000L;
    private static final long VERSION_8 = 0x8000L;
    private static final long VARIANT_MASK = ~(3L << 62);
    private static final long VARIANT = 2L << 62;

    private final MessageDigest sha256 = sha256();
    private final OrdinalTable ordinals = new OrdinalTable();
    private final ByteBuffer ordinalBytes = ByteBuffer.allocate(Long.BYTES);

    UUID next(byte[] line, int length) {
        sha256.update(line, 0, length);
        byte[] digest = sha256.digest();
        long ordinal = ordinals.next(ByteBuffer.wrap(digest).getLong());
        sha256.update(digest);
        sha256.update(ordinalBytes.putLong(0, ordinal).array());
        ByteBuffer id = ByteBuffer.wrap(sha256.digest());
        return new UUID((id.getLong() & VERSION_MASK) | VERSION_8, (id.getLong() & VARIANT_MASK) | VARIANT);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
