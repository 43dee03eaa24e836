package dev.penstock.engine.spool;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Makes records, and says whether two are the same. */
final class Records {

    private Records() {}

    /** A record of some events whose content follows from a number. */
    static SpoolRecord of(long seed, int events, int bytes) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] envelope = new byte[random.nextInt(3) * 7];
        random.nextBytes(envelope);
        int offset = random.nextInt(5);
        byte[] body = new byte[offset + bytes + random.nextInt(5)];
        random.nextBytes(body);
        int[] starts = new int[events + 1];
        for (int i = 1; i <= events; i++) {
            starts[i] = starts[i - 1] + 2 + random.nextInt(500);
        }
        long[] uuids = random.longs(2L * events).toArray();
        return new SpoolRecord(
                1 + random.nextInt(4),
                random.nextBoolean(),
                random.nextInt(3),
                envelope,
                body,
                offset,
                bytes,
                starts[events],
                random.nextInt(),
                starts,
                uuids);
    }

    /** Everything of a record that must survive, as text for messages. */
    static String text(SpoolRecord record) {
        return record.protocol() + " " + record.historical() + " " + record.encoding() + " "
                + Arrays.toString(record.envelope()) + " "
                + Arrays.toString(
                        Arrays.copyOfRange(record.events(), record.offset(), record.offset() + record.length()))
                + " " + record.plainLength() + " " + record.checksum() + " " + Arrays.toString(record.starts()) + " "
                + Arrays.toString(record.uuids());
    }
}
