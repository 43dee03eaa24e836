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
 * <p>Hot: the platform's digest is three quarters of a hash, and an intrinsic that nothing written by hand comes near. So it is
 * fed with one array in one call: the id stays where it is, and prefix and salt are put around it. A digest that has ever run
 * uncompiled owns a work area that it clears after each hash from then on; a copy of it owns none. So the digest is replaced by
 * a copy now and then, ever more seldom. Guarded by {@code FlagEvaluationBenchmark}.
 *
 * <p><b>Threads:</b> one at a time. <b>Allocation:</b> none, but for a new digest after 1, 2, 4, 8 and so on hashes.
 */
final class Bucketer {

    static final String SHA_1 = "SHA-1";

    /** There is no hash: the platform lacks the algorithm. */
    static final long UNAVAILABLE = -1;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int DIGEST_BYTES = 20;

    private MessageDigest sha1;
    private int hashes;

    Bucketer(String algorithm) {
        try {
            sha1 = MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            // Told through isAvailable(), once for all bucketers.
        }
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

    /**
     * The first 60 bits of the digest of prefix, id and salt, or {@link #UNAVAILABLE}. A salt has at most {@link
     * EncodedId#MAX_SALT_BYTES}, a prefix any length.
     */
    long hash(byte[] prefix, EncodedId id, byte[] salt) {
        MessageDigest sha = sha1;
        if (sha == null) {
            return UNAVAILABLE;
        }
        byte[] text = id.bytes();
        int from = EncodedId.AT - prefix.length;
        int end = id.end();
        if (salt.length > 0) {
            System.arraycopy(salt, 0, text, end, salt.length);
        }
        if (from >= 0) {
            // One call into the digest instead of two: each costs more than copying.
            System.arraycopy(prefix, 0, text, from, prefix.length);
            sha.update(text, from, end + salt.length - from);
        } else {
            sha.update(prefix, 0, prefix.length);
            sha.update(text, EncodedId.AT, end + salt.length - EncodedId.AT);
        }
        try {
            sha.digest(text, EncodedId.DIGEST_AT, DIGEST_BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException(e); // the room is enough
        }
        hashes++;
        if ((hashes & (hashes - 1)) == 0) {
            renew();
        }
        // The digest is written in pieces of four bytes; to read eight at once would wait for them.
        long high = (int) INT.get(text, EncodedId.DIGEST_AT);
        int low = (int) INT.get(text, EncodedId.DIGEST_AT + Integer.BYTES);
        return ((high << Integer.SIZE) | (low & 0xFFFF_FFFFL)) >>> 4;
    }

    private void renew() {
        try {
            sha1 = (MessageDigest) sha1.clone();
        } catch (CloneNotSupportedException e) {
            // Then the one there is has to do.
        }
    }
}
