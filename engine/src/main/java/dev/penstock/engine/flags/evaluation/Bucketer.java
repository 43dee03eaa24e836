package dev.penstock.engine.flags.evaluation;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Hashes ids into one of 2^60 places.
 *
 * <p><b>Threads:</b> one at a time. <b>Allocation:</b> none.
 */
final class Bucketer {

    static final String SHA_1 = "SHA-1";

    /** There is no hash: the platform lacks the algorithm. */
    static final long UNAVAILABLE = -1;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int DIGEST_BYTES = 20;

    /** Keys and ids are seldom longer together. */
    private static final int COPIED_BYTES = 192;

    private static final int PADDING_BYTES = 128;

    private final MessageDigest sha1;

    /** The text, then its digest, then what keeps the next object of the heap away. */
    private final byte[] text = new byte[COPIED_BYTES + DIGEST_BYTES + PADDING_BYTES];

    Bucketer(String algorithm) {
        MessageDigest found = null;
        try {
            found = MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            // Told through isAvailable(), once for all bucketers.
        }
        this.sha1 = found;
    }

    boolean isAvailable() {
        return sha1 != null;
    }

    /** Forgets a hash that was begun and not ended. */
    void reset() {
        if (sha1 != null) {
            sha1.reset();
        }
    }

    /** The first 60 bits of the digest of prefix, id and salt, or {@link #UNAVAILABLE}. */
    long hash(byte[] prefix, byte[] id, int length, byte[] salt) {
        MessageDigest sha = sha1;
        if (sha == null) {
            return UNAVAILABLE;
        }
        int idAt = prefix.length;
        int saltAt = idAt + length;
        int end = saltAt + salt.length;
        if (end <= COPIED_BYTES) {
            // One call into the digest instead of three: each costs as much as copying.
            System.arraycopy(prefix, 0, text, 0, idAt);
            System.arraycopy(id, 0, text, idAt, length);
            System.arraycopy(salt, 0, text, saltAt, salt.length);
            sha.update(text, 0, end);
        } else {
            sha.update(prefix, 0, idAt);
            sha.update(id, 0, length);
            sha.update(salt, 0, salt.length);
        }
        try {
            sha.digest(text, COPIED_BYTES, DIGEST_BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException(e); // the room is enough
        }
        return (long) LONG.get(text, COPIED_BYTES) >>> 4;
    }
}
