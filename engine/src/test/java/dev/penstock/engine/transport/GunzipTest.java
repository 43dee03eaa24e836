package dev.penstock.engine.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.engine.record.TestSeed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class GunzipTest {

    private static final byte[] TEXT = "{\"flags\":[],\"group_type_mapping\":{}}".getBytes(StandardCharsets.UTF_8);

    private static final int HEADER_BYTES = 10;

    @Test
    void shouldDecompressWhateverThePieces() {
        TestSeed.run(random -> {
            byte[] plain = new byte[200_000];
            random.nextBytes(plain);
            Arrays.fill(plain, 50_000, 150_000, (byte) 'x');
            byte[] packed = gzip(plain);
            AnswerBody body = new AnswerBody(plain.length);
            Gunzip gunzip = new Gunzip(body);
            int at = 0;
            while (at < packed.length) {
                int to = Math.min(packed.length, at + random.nextInt(1, 20_000));
                gunzip.feed(Arrays.copyOfRange(packed, at, to));
                at = to;
            }
            gunzip.finish();
            assertThat(body.toBytes()).isEqualTo(plain);
        });
    }

    @Test
    void shouldDecompressByteByByteWithEveryPartOfTheHeader() throws IOException {
        byte[] packed = withFullHeader(gzip(TEXT));
        AnswerBody body = new AnswerBody(1_000);
        Gunzip gunzip = new Gunzip(body);
        for (byte each : packed) {
            gunzip.feed(new byte[] {each});
        }
        gunzip.finish();
        assertThat(body.toBytes()).isEqualTo(TEXT);
        assertThat(decompressed(packed, 1_000)).isEqualTo(TEXT);
    }

    @Test
    void shouldDecompressSeveralMembers() throws IOException {
        byte[] packed = joined(gzip(TEXT), gzip(new byte[0]), gzip(TEXT));

        assertThat(decompressed(packed, 1_000)).isEqualTo(joined(TEXT, TEXT));
    }

    @Test
    void shouldNoticeACutAtEveryByte() throws IOException {
        byte[] packed = withFullHeader(gzip(TEXT));
        for (int length = 0; length < packed.length; length++) {
            byte[] cut = Arrays.copyOf(packed, length);
            assertThat(failure(cut, 1_000)).as("cut to %d bytes", length).isEqualTo(FailureKind.TRUNCATED);
        }
        assertThat(failure(joined(packed, Arrays.copyOf(packed, 5)), 1_000)).isEqualTo(FailureKind.TRUNCATED);
    }

    @Test
    void shouldRefuseWhatIsNoGzip() throws IOException {
        assertThat(failure(TEXT, 1_000)).isEqualTo(FailureKind.INVALID_BODY);
        byte[] packed = gzip(TEXT);
        for (int at : new int[] {0, 1, 2, HEADER_BYTES + 4, packed.length - 8, packed.length - 4}) {
            byte[] damaged = packed.clone();
            damaged[at] ^= 0x55;
            assertThat(failure(damaged, 1_000)).as("damaged at %d", at).isEqualTo(FailureKind.INVALID_BODY);
        }
        assertThat(failure(joined(packed, new byte[] {0}), 1_000)).isEqualTo(FailureKind.INVALID_BODY);
    }

    @Test
    void shouldRefuseAHeaderWithoutEnd() {
        byte[] endless = new byte[5_000];
        Arrays.fill(endless, (byte) 'n');
        System.arraycopy(new byte[] {0x1f, (byte) 0x8b, 8, 8}, 0, endless, 0, 4);

        assertThat(failure(endless, 1_000)).isEqualTo(FailureKind.INVALID_BODY);
    }

    @Test
    void shouldStopAtTheBound() throws IOException {
        byte[] packed = gzip(TEXT);
        assertThat(decompressed(packed, TEXT.length)).isEqualTo(TEXT);
        assertThat(failure(packed, TEXT.length - 1)).isEqualTo(FailureKind.TOO_LARGE);
        byte[] bomb = gzip(new byte[64 * 1024 * 1024]);
        assertThat(bomb.length).isLessThan(100_000);
        assertThat(failure(bomb, 100_000)).isEqualTo(FailureKind.TOO_LARGE);
    }

    private static byte[] decompressed(byte[] packed, int maxBytes) throws IOException {
        AnswerBody body = new AnswerBody(maxBytes);
        Gunzip gunzip = new Gunzip(body);
        gunzip.feed(packed);
        gunzip.finish();
        gunzip.close();
        return body.toBytes();
    }

    private static FailureKind failure(byte[] packed, int maxBytes) {
        UnusableBodyException failure =
                catchThrowableOfType(UnusableBodyException.class, () -> decompressed(packed, maxBytes));
        return failure == null ? null : failure.kind();
    }

    static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }

    /** With an extra field, a name, a comment and a header CRC, which nobody checks. */
    private static byte[] withFullHeader(byte[] packed) {
        byte[] head = Arrays.copyOf(packed, HEADER_BYTES);
        head[3] = 2 | 4 | 8 | 16;
        byte[] optional = {3, 0, 'a', 'b', 'c', 'n', 'a', 'm', 'e', 0, 'c', 0, 1, 2};
        return joined(head, optional, Arrays.copyOfRange(packed, HEADER_BYTES, packed.length));
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
