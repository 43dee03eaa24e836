package dev.penstock.engine.encode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.Compressor;
import dev.penstock.engine.record.TestSeed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class BodyTest {

    @Parameter
    Compressor compressor;

    private static final byte[] HEAD_1 = "{\"sent_at\":\"2026-03-01T10:00:00.001Z\",\"batch\":[".getBytes(UTF_8);
    private static final byte[] HEAD_2 = "{\"sent_at\":\"2026-03-01T10:00:07.995Z\",\"batch\":[".getBytes(UTF_8);
    private static final int[] SIZES = {
        0, 1, 2, 100, 16_383, 16_384, 16_385, 32_768, 65_535, 65_536, 100_000, 1 << 20, 5 << 20
    };

    private static byte[] plainOf(Body body, BodyEncoding encoding) throws IOException {
        InputStream wire = new ByteArrayInputStream(body.bytes(), 0, body.length());
        try (InputStream in = switch (encoding) {
            case NONE -> wire;
            case GZIP -> new GZIPInputStream(wire);
            case DEFLATE -> new InflaterInputStream(wire); // checks the checksum
        }) {
            return in.readAllBytes();
        }
    }

    private static byte[] joined(byte[] head, byte[] events) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.writeBytes(head);
        joined.writeBytes(events);
        return joined.toByteArray();
    }

    private static Body body(BodyWriter writer, byte[] storage, byte[] events, SplittableRandom random) {
        return body(writer, HEAD_1.length, storage, events, random);
    }

    /** Appends in pieces of random length, as events of many sizes come. */
    private static Body body(
            BodyWriter writer, int headLength, byte[] storage, byte[] events, SplittableRandom random) {
        writer.begin(storage, headLength);
        int at = 0;
        while (at < events.length) {
            int piece = Math.min(events.length - at, random.nextInt(1, random.nextBoolean() ? 700 : 60_000));
            writer.append(events, at, piece);
            at += piece;
        }
        return writer.finish();
    }

    private static byte[] events(SplittableRandom random, int size, boolean compressible) {
        byte[] events = new byte[size];
        if (compressible) {
            byte[] event = "{\"event\":\"x\",\"n\":123},".getBytes(UTF_8);
            for (int i = 0; i < size; i++) {
                events[i] = event[i % event.length];
            }
        } else {
            random.nextBytes(events);
        }
        return events;
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeReadableAfterEveryRenewalOfItsHead(BodyEncoding encoding) {
        TestSeed.run(random -> {
            try (BodyWriter writer = BodyWriter.create(encoding, compressor)) {
                for (int size : SIZES) {
                    for (boolean compressible : new boolean[] {true, false}) {
                        byte[] events = events(random, size, compressible);
                        Body body = body(writer, new byte[0], events, random);
                        for (byte[] head : new byte[][] {HEAD_1, HEAD_2, HEAD_2, HEAD_1}) {
                            body.renewHead(head);
                            assertThat(Arrays.equals(plainOf(body, encoding), joined(head, events)))
                                    .as("size %d", size)
                                    .isTrue();
                        }
                        assertThat(body.plainLength()).isEqualTo(HEAD_1.length + size);
                        assertThat(Arrays.equals(body.readEvents(), events)).isTrue();
                    }
                }
            }
        });
    }

    /** A stored block holds 65,535 bytes. */
    @ParameterizedTest
    @EnumSource
    void shouldTakeAHeadOfAnyLength(BodyEncoding encoding) {
        TestSeed.run(random -> {
            try (BodyWriter writer = BodyWriter.create(encoding, compressor)) {
                for (int headLength : new int[] {0, 1, 65_535, 65_536, 131_070, 131_071, 200_000}) {
                    byte[] events = events(random, 1_000, true);
                    Body body = body(writer, headLength, new byte[16 * 1024], events, random);
                    for (Body each : new Body[] {body, body, body.copy()}) {
                        byte[] head = events(random, headLength, false);
                        each.renewHead(head);
                        assertThat(Arrays.equals(plainOf(each, encoding), joined(head, events)))
                                .as("head of %d", headLength)
                                .isTrue();
                        assertThat(each.plainLength()).isEqualTo(headLength + events.length);
                        assertThat(each.readEvents()).isEqualTo(events);
                    }
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void shouldCopyWhatCanBeRenewedOnItsOwn(BodyEncoding encoding) {
        TestSeed.run(random -> {
            try (BodyWriter writer = BodyWriter.create(encoding, compressor)) {
                byte[] events = events(random, 50_000, true);
                Body body = body(writer, new byte[0], events, random);
                body.renewHead(HEAD_1);
                Body copy = body.copy();
                copy.renewHead(HEAD_2);

                assertThat(plainOf(body, encoding)).isEqualTo(joined(HEAD_1, events));
                assertThat(plainOf(copy, encoding)).isEqualTo(joined(HEAD_2, events));
                assertThat(copy.readEvents()).isEqualTo(events);
                assertThat(copy.bytes()).isNotSameAs(body.bytes());
                assertThat(copy.length()).isEqualTo(body.length());
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void shouldMakeManyBodiesWithOneWriterInUsedStorage(BodyEncoding encoding) {
        TestSeed.run(random -> {
            try (BodyWriter writer = BodyWriter.create(encoding, compressor)) {
                byte[] storage = new byte[0];
                for (int i = 0; i < 200; i++) {
                    byte[] events = events(random, random.nextInt(100_000), random.nextBoolean());
                    Body body = body(writer, storage, events, random);
                    body.renewHead(HEAD_1);
                    assertThat(Arrays.equals(plainOf(body, encoding), joined(HEAD_1, events)))
                            .isTrue();
                    assertThat(Arrays.equals(body.readEvents(), events)).isTrue();
                    storage = body.bytes();
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void shouldPutCommasBetweenEvents(BodyEncoding encoding) {
        TestSeed.run(random -> {
            try (BodyWriter writer = BodyWriter.create(encoding, compressor)) {
                for (int round = 0; round < 50; round++) {
                    ByteArrayOutputStream expected = new ByteArrayOutputStream();
                    writer.begin(new byte[0], HEAD_1.length);
                    for (int i = 0; i < 3 * round; i++) {
                        JsonOutput event = marked(random);
                        if (i == 0) {
                            writer.append(event);
                        } else {
                            writer.appendNext(event);
                            expected.write(',');
                        }
                        expected.write(event.bytes(), 0, event.length());
                    }
                    Body body = writer.finish();
                    body.renewHead(HEAD_1);

                    assertThat(plainOf(body, encoding)).isEqualTo(joined(HEAD_1, expected.toByteArray()));
                    assertThat(body.readEvents()).isEqualTo(expected.toByteArray());
                    assertThat(body.plainLength()).isEqualTo(HEAD_1.length + expected.size());
                }
            }
        });
    }

    /** An event of two values, short or longer than what is compressed in one go. */
    private static JsonOutput marked(SplittableRandom random) {
        JsonOutput event = new JsonOutput(64);
        event.append("{\"a\":\"".getBytes(UTF_8));
        int text = event.length();
        event.append("x\u00e9"
                .repeat(random.nextInt(random.nextInt(10) == 0 ? 10_000 : 20))
                .getBytes(UTF_8));
        event.markText(text);
        event.append("\",\"b\":".getBytes(UTF_8));
        int number = event.length();
        event.append(Long.toString(random.nextLong()).getBytes(UTF_8));
        event.markValue(number);
        event.append("}".getBytes(UTF_8));
        return event;
    }

    @ParameterizedTest
    @EnumSource
    void shouldUseStorageThatIsLongEnough(BodyEncoding encoding) {
        try (BodyWriter writer = BodyWriter.create(encoding, compressor)) {
            byte[] storage = new byte[100_000];
            writer.begin(storage, HEAD_1.length);
            writer.append("{}]}".getBytes(UTF_8), 0, 4);

            assertThat(writer.finish().bytes()).isSameAs(storage);
        }
    }

    @Test
    void shouldCompressEvenOneSmallEvent() throws IOException {
        try (BodyWriter writer = BodyWriter.create(BodyEncoding.GZIP, compressor)) {
            writer.begin(new byte[0], HEAD_1.length);
            writer.append("_{}_".getBytes(UTF_8), 1, 2);
            writer.append("]}".getBytes(UTF_8), 0, 2);
            Body body = writer.finish();
            body.renewHead(HEAD_1);

            assertThat(new String(plainOf(body, BodyEncoding.GZIP), UTF_8))
                    .isEqualTo(new String(HEAD_1, UTF_8) + "{}]}");
            assertThat(body.bytes()[0]).isEqualTo((byte) 0x1f);
        }
    }

    @ParameterizedTest
    @CsvSource({"NONE,", "GZIP,gzip", "DEFLATE,deflate"})
    void shouldNameItsEncoding(BodyEncoding encoding, String name) {
        try (BodyWriter writer = BodyWriter.create(encoding, compressor)) {
            writer.begin(new byte[0], HEAD_1.length);

            assertThat(writer.finish().contentEncoding()).isEqualTo(name);
        }
    }

    /** In HTTP the name deflate stands for zlib, not for raw deflate. */
    @Test
    void shouldFrameDeflateAsZlib() {
        try (BodyWriter writer = BodyWriter.create(BodyEncoding.DEFLATE, compressor)) {
            writer.begin(new byte[0], HEAD_1.length);
            Body body = writer.finish();

            assertThat(body.bytes()[0]).isEqualTo((byte) 0x78);
            assertThat((body.bytes()[0] << 8 | body.bytes()[1]) % 31).isZero();
        }
    }

    @Test
    void shouldMakeCompressibleEventsSmaller() {
        try (BodyWriter writer = BodyWriter.create(BodyEncoding.GZIP, compressor)) {
            SplittableRandom random = new SplittableRandom(1);
            Body body = body(writer, new byte[0], events(random, 1 << 20, true), random);

            assertThat(body.length()).isLessThan(body.plainLength() / 10);
        }
    }
}
