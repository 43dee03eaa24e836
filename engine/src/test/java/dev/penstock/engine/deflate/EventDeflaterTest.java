package dev.penstock.engine.deflate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.penstock.engine.record.TestSeed;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is compressed can be read back, and events become small. */
class EventDeflaterTest {

    private static final byte[] COMMA = {','};
    private static final byte[] TAIL = "]}".getBytes(UTF_8);

    private static byte[] event(SplittableRandom random) {
        return ("{\"event\":\"ad_impression\",\"distinct_id\":\"user-" + random.nextInt(100_000) + "\",\"uuid\":\""
                        + new UUID(random.nextLong(), random.nextLong())
                        + "\",\"timestamp\":\"2026-11-21T12:00:00." + random.nextInt(100, 1000)
                        + "Z\",\"properties\":{\"$lib\":\"penstock-java\",\"place\":\"slot-" + random.nextInt(50)
                        + "\",\"geo\":\"" + (random.nextBoolean() ? "FR" : "DE") + "\",\"pos\":" + random.nextInt(40)
                        + ",\"seen\":" + random.nextBoolean() + ",\"bid\":" + random.nextInt(1_000) / 100.0 + "}}")
                .getBytes(UTF_8);
    }

    private static int compress(RoundTrip stream, List<byte[]> events) {
        stream.begin();
        for (int i = 0; i < events.size(); i++) {
            ValueMarks marks = JsonMarks.of(events.get(i));
            if (i > 0) {
                stream.next(events.get(i), marks);
            } else {
                stream.event(events.get(i), marks);
            }
        }
        return stream.append(TAIL).finish();
    }

    private static List<byte[]> events(int count, SplittableRandom random) {
        List<byte[]> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(event(random));
        }
        return events;
    }

    private static int zlib(List<byte[]> events) {
        Deflater deflater = new Deflater(1, true);
        try {
            byte[] all =
                    new byte[events.stream().mapToInt(event -> event.length + 1).sum()];
            int n = 0;
            for (byte[] event : events) {
                System.arraycopy(event, 0, all, n, event.length);
                n += event.length;
                all[n++] = ',';
            }
            deflater.setInput(all);
            deflater.finish();
            return deflater.deflate(new byte[all.length]);
        } finally {
            deflater.end();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 10, 100, 1_000})
    void shouldBeReadableWithAnyNumberOfEvents(int count) {
        TestSeed.run(random -> {
            RoundTrip stream = new RoundTrip();
            for (int i = 0; i < 5; i++) {
                compress(stream, events(count, random));
            }
        });
    }

    @Test
    void shouldBeSmallerThanAFastGeneralCompressor() {
        TestSeed.run(random -> {
            RoundTrip stream = new RoundTrip();
            for (int i = 0; i < 10; i++) {
                compress(stream, events(1_000, random));
            }
            List<byte[]> events = events(1_000, random);
            assertThat((double) compress(stream, events) / zlib(events)).isLessThan(0.91);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 300})
    void shouldNeverTakeMoreThanAFewBytesOverZlibForFortyEvents(int streamsBefore) {
        TestSeed.run(random -> {
            RoundTrip stream = new RoundTrip();
            for (int i = 0; i < streamsBefore; i++) {
                compress(stream, events(100, random));
            }
            for (int count = 1; count <= 40; count++) {
                List<byte[]> events = events(count, random);
                assertThat(compress(stream, events)).as("%d events", count).isLessThan(zlib(events) + 16);
            }
        });
    }

    @Test
    void shouldDoWithoutZlibWhereThereIsNoMemoryForIt() {
        AtomicInteger asked = new AtomicInteger();
        RoundTrip stream = new RoundTrip(64, () -> {
            asked.incrementAndGet();
            throw new OutOfMemoryError("for a test");
        });
        TestSeed.run(random -> {
            for (int i = 0; i < 10; i++) {
                assertThat(compress(stream, events(3, random))).isPositive();
            }
        });
        assertThat(asked).hasValue(1);
    }

    @Test
    void shouldAllocateNothingForAShortStream() {
        SplittableRandom random = new SplittableRandom(1);
        byte[] event = event(random);
        ValueMarks marks = JsonMarks.of(event);
        EventDeflater deflater = new EventDeflater(new CRC32());
        byte[] storage = compressShort(deflater, new byte[64 * 1024], event, marks, 20_000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        compressShort(deflater, storage, event, marks, 10_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        deflater.close();

        // New codes once or twice, and nothing else.
        assertThat((double) allocated / 10_000).isLessThan(10);
    }

    private static byte[] compressShort(
            EventDeflater deflater, byte[] storage, byte[] event, ValueMarks marks, int streams) {
        for (int i = 0; i < streams; i++) {
            deflater.begin(storage, 0);
            deflater.appendEvent(event, event.length, marks);
            deflater.finish();
        }
        return deflater.bytes();
    }

    @Test
    void shouldBeSmallWhenKindsComeByTurns() {
        TestSeed.run(random -> {
            RoundTrip stream = new RoundTrip();
            List<byte[]> events = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                events.add(
                        i % 2 == 0
                                ? event(random)
                                : ("{\"order\":" + random.nextInt(1_000_000) + ",\"state\":\"PAID\",\"CITY\":\"ROMA\"}")
                                        .getBytes(UTF_8));
            }
            for (int i = 0; i < 10; i++) {
                compress(stream, events);
            }
            assertThat((double) compress(stream, events) / zlib(events)).isLessThan(0.95);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {32_700, 32_760, 32_767, 32_768, 32_769, 32_800})
    void shouldNotReachBackFartherThanItMay(int apart) {
        for (int longer = 0; longer < 40; longer++) {
            RoundTrip stream = new RoundTrip().begin();
            byte[] first = "{\"rare\":\"vvvvvvvvvv\",\"tail_of_the_event\":\"0123456789\"}".getBytes(UTF_8);
            byte[] last = ("{\"rare\":\"wvvvvvvvvv" + "x".repeat(longer) + "\",\"tail_of_the_event\":\"0123456789\"}")
                    .getBytes(UTF_8);
            stream.event(first, JsonMarks.of(first));
            byte[] noise = new byte[apart - first.length];
            new SplittableRandom(longer).nextBytes(noise);
            stream.append(noise).event(last, JsonMarks.of(last)).finish();
        }
    }

    @Test
    void shouldTakeWrongMarksForNone() {
        byte[] json = "{\"k\":\"abcdefghijklmnop\",\"l\":123456}".getBytes(UTF_8);
        int[][] wrong = {{6, 400}, {-50, 20}, {20, 6}, {6, 20, 10, 30}, {0, 0, -1, -1}, {Integer.MIN_VALUE, 5}};
        for (int[] bounds : wrong) {
            ValueMarks marks = new ValueMarks();
            for (int i = 0; i < bounds.length; i += 2) {
                marks.value(bounds[i], bounds[i + 1]);
            }
            assertThat(marks.valuesWithin(json.length)).isZero();
            RoundTrip stream = new RoundTrip().begin();
            for (int i = 0; i < 10; i++) {
                stream.event(json, marks).event(json, JsonMarks.of(json));
            }
            stream.finish();
        }
    }

    @Test
    void shouldNotCompareAnEventWithItself() {
        byte[] json = "{\"k\":\"abcdefghijklmnop\"}".getBytes(UTF_8);
        ValueMarks whole = new ValueMarks();
        whole.value(0, json.length);
        ValueMarks none = new ValueMarks();
        none.value(0, 0);

        new RoundTrip().begin().event(json, whole).event(json, none).finish();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 60})
    void shouldAllocateNothingForAnEvent(int kinds) {
        SplittableRandom random = new SplittableRandom(kinds);
        byte[][] events = new byte[600][];
        ValueMarks[] marks = new ValueMarks[events.length];
        for (int i = 0; i < events.length; i++) {
            events[i] = ("{\"kind\":\"" + i % kinds + "\",\"" + "k".repeat(i % kinds) + "\":" + random.nextInt()
                            + ",\"id\":\"" + new UUID(random.nextLong(), random.nextLong()) + "\"}")
                    .getBytes(UTF_8);
            marks[i] = JsonMarks.of(events[i]);
        }
        EventDeflater deflater = new EventDeflater(new CRC32());
        byte[] storage = compressAll(deflater, new byte[256 * 1024], events, marks, 400);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        int streams = 200;
        compressAll(deflater, storage, events, marks, streams);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        // New codes a few times, and nothing else.
        assertThat((double) allocated / streams / events.length).isLessThan(4);
    }

    private static byte[] compressAll(
            EventDeflater deflater, byte[] first, byte[][] events, ValueMarks[] marks, int streams) {
        byte[] storage = first;
        for (int stream = 0; stream < streams; stream++) {
            deflater.begin(storage, 0);
            for (int i = 0; i < events.length; i++) {
                deflater.appendEvent(events[i], events[i].length, marks[i]);
            }
            deflater.finish();
            storage = deflater.bytes();
        }
        return storage;
    }

    @Test
    void shouldForgetEverythingInTimeWhenPositionsBeginAnew() {
        TestSeed.run(random -> {
            RoundTrip stream = new RoundTrip();
            List<byte[]> events = events(3, random);
            for (int i = 0; i < 70_000; i++) {
                if (i % 1_000 == 0) {
                    compress(stream, events);
                } else {
                    stream.begin();
                }
            }
            compress(stream, events);
        });
    }

    @Test
    void shouldKeepWhatIsBeforeItInTheArray() {
        byte[] storage = new byte[100];
        Arrays.fill(storage, (byte) 7);
        EventDeflater deflater = new EventDeflater(new CRC32());
        deflater.begin(storage, 90);
        deflater.append(new byte[5_000], 0, 5_000);
        deflater.finish();

        assertThat(Arrays.copyOf(deflater.bytes(), 90)).containsOnly(7);
    }

    @Test
    void shouldStoreWhatDoesNotCompress() {
        TestSeed.run(random -> {
            RoundTrip stream = new RoundTrip();
            for (int length : new int[] {0, 1, 100, 20_000, 300_000}) {
                byte[] noise = new byte[length];
                random.nextBytes(noise);
                int compressed = stream.begin().append(noise).finish();
                // A head of a block and five bytes for each that is stored.
                assertThat(compressed).as("%d bytes", length).isLessThan(length + length / 50 + 300);
            }
        });
    }

    @Test
    void shouldLearnNewCodesSoonAfterNoise() {
        TestSeed.run(random -> {
            RoundTrip stream = new RoundTrip();
            List<byte[]> events = events(1_000, random);
            for (int i = 0; i < 20; i++) {
                compress(stream, events);
            }
            byte[] noise = new byte[200_000];
            random.nextBytes(noise);
            stream.begin().append(noise).finish();
            compress(stream, events);
            assertThat((double) compress(stream, events) / zlib(events)).isLessThan(0.95);
        });
    }

    @Test
    void shouldLearnNewCodesSoonWhenOtherLettersCome() {
        TestSeed.run(random -> {
            RoundTrip stream = new RoundTrip();
            List<byte[]> events = events(1_000, random);
            for (int i = 0; i < 40; i++) {
                compress(stream, events);
            }
            List<byte[]> upperCase = events.stream()
                    .map(event ->
                            new String(event, UTF_8).toUpperCase(Locale.ROOT).getBytes(UTF_8))
                    .toList();
            for (int i = 0; i < 3; i++) {
                compress(stream, upperCase);
            }
            assertThat((double) compress(stream, upperCase) / zlib(upperCase)).isLessThan(1);
        });
    }

    @Test
    void shouldReadBackWhateverIsMarkedAndHowever() {
        TestSeed.run(random -> {
            RoundTrip stream = new RoundTrip();
            for (int round = 0; round < 150; round++) {
                stream.begin(random.nextInt(300));
                for (int i = random.nextInt(120); i > 0; i--) {
                    byte[] bytes = piece(random);
                    if (random.nextBoolean()) {
                        stream.append(bytes);
                    } else if (random.nextBoolean()) {
                        stream.next(bytes, randomMarks(bytes.length, random));
                    } else {
                        stream.event(bytes, randomMarks(bytes.length, random));
                    }
                }
                stream.finish();
            }
        });
    }

    /** Noise, repetitions, JSON, and texts of few letters, short and long. */
    private static byte[] piece(SplittableRandom random) {
        int length = random.nextInt(4) == 0 ? random.nextInt(30_000) : random.nextInt(600);
        byte[] bytes = new byte[length];
        switch (random.nextInt(4)) {
            case 0 -> random.nextBytes(bytes);
            case 1 -> {
                int letters = random.nextInt(1, 30);
                for (int i = 0; i < length; i++) {
                    bytes[i] = (byte) ('a' + random.nextInt(letters));
                }
            }
            case 2 -> {
                int period = random.nextInt(1, 400);
                for (int i = 0; i < length; i++) {
                    bytes[i] = i < period ? (byte) random.nextInt() : bytes[i - period];
                }
            }
            default -> {
                return event(random);
            }
        }
        return bytes;
    }

    private static ValueMarks randomMarks(int length, SplittableRandom random) {
        ValueMarks marks = new ValueMarks();
        if (random.nextInt(5) == 0) {
            return marks;
        }
        marks.clear();
        int at = 0;
        for (int i = random.nextInt(70); i > 0 && at < length; i--) {
            int begin = at + random.nextInt(Math.min(40, length - at));
            at = begin + random.nextInt(Math.min(60, length - begin) + 1);
            marks.value(begin, at);
        }
        return marks;
    }

    @Test
    void shouldReadBackManyKindsOfEvents() {
        TestSeed.run(random -> {
            RoundTrip stream = new RoundTrip();
            for (int round = 0; round < 30; round++) {
                stream.begin();
                for (int i = 0; i < 300; i++) {
                    StringBuilder json = new StringBuilder("{\"event\":\"e\"");
                    for (int key = random.nextInt(80); key > 0; key--) {
                        json.append(",\"k")
                                .append(random.nextInt(100))
                                .append("\":")
                                .append(value(random));
                    }
                    byte[] event = json.append('}').toString().getBytes(UTF_8);
                    stream.event(event, JsonMarks.of(event)).append(COMMA);
                }
                stream.finish();
            }
        });
    }

    private static String value(SplittableRandom random) {
        return switch (random.nextInt(8)) {
            case 0 -> "\"\"";
            case 1 -> "true";
            case 2 -> Integer.toString(random.nextInt());
            case 3 -> "\"" + "x".repeat(random.nextInt(600)) + "\"";
            case 4 -> "\"\\\"\\\\\\u0007\u00e9\u6f22\"";
            case 5 -> "[1,[2,{\"a\":\"b]\"}]]";
            case 6 -> "\"" + Long.toHexString(random.nextLong()) + "\"";
            default -> Double.toString(random.nextDouble());
        };
    }

    @Test
    void shouldReadBackStreamsLongerThanTheWindow() {
        TestSeed.run(random -> {
            RoundTrip stream = new RoundTrip().begin();
            for (int i = 0; i < 20_000; i++) {
                byte[] event = event(random);
                stream.event(event, JsonMarks.of(event)).append(COMMA);
            }
            stream.finish();
        });
    }

    @Test
    void shouldReadBackLongRuns() {
        RoundTrip stream = new RoundTrip();
        for (int length = 0; length < 1_200; length++) {
            stream.begin().append("a".repeat(length).getBytes(UTF_8)).finish();
        }
        assertThat(stream.begin().append(new byte[3_000_000]).finish()).isLessThan(30_000);
    }
}
