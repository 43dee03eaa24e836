package dev.penstock.benchmarks.encode;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.penstock.benchmarks.support.DrainedEngine;
import dev.penstock.benchmarks.support.RecordCopies;
import dev.penstock.benchmarks.support.ReferenceEvent;
import dev.penstock.benchmarks.support.ReferenceEvents;
import dev.penstock.benchmarks.support.WiredEngine;
import dev.penstock.engine.encode.EventEncoder;
import dev.penstock.engine.encode.EventShape;
import dev.penstock.engine.encode.JsonOutput;
import dev.penstock.engine.encode.SystemProperties;
import java.util.Random;

/**
 * 1,024 events of a shape: as values, as records with the stride of the ring, and as JSON.
 * <p>
 * <b>Threads:</b> any, once made.
 */
final class SampleRecords {
    static final int COUNT = 1_024;
    private static final int SLOTS = 4 * COUNT;
    /** Times end in 3: the engine leaves trailing zeros of a fraction out, the rival does not. */
    private static final long FIRST_MILLIS = 1_795_226_400_123L;

    private static final String[] REFERENCE_KEYS = {"place", "ad", "geo", "dev", "sid", "pos", "seen", "bid"};
    private static final String[] COMMIT_KEYS = {
        "repository", "commit", "subject", "files_changed", "insertions", "deletions"
    };
    private static final String[] WORDS = {
        "Fix",
        "the",
        "ring",
        "buffer",
        "Add",
        "a",
        "test",
        "for",
        "wait",
        "strategy",
        "Remove",
        "unused",
        "docs",
        "in",
        "Update",
        "release",
        "notes",
        "and",
        "README",
        "barrier",
        "sequence",
        "Improve",
        "performance",
        "of",
        "(#123)"
    };
    private static final String[] WIDE_WORDS = {
        "\u4fee\u6b63",
        "\u30ea\u30f3\u30b0",
        "\u30d0\u30c3\u30d5\u30a1",
        "\u8ffd\u52a0",
        "\u30c6\u30b9\u30c8",
        "\ud83d\ude80",
        "\u6539\u5584",
        "README"
    };

    final DrainedEngine engine = new DrainedEngine(SLOTS);
    final SampleEvent[] events = new SampleEvent[COUNT];
    final RecordCopies records = new RecordCopies(COUNT);

    SampleRecords(Shape shape) {
        Random random = new Random(7);
        ReferenceEvents callers = new ReferenceEvents(ReferenceEvents.Strings.FRESH, 3);
        for (int i = 0; i < COUNT; i++) {
            events[i] = switch (shape) {
                case REFERENCE, REFERENCE_NAMES -> reference(callers.next(), i, random);
                case COMMIT -> commit(WORDS, 3, i, random);
                case WIDE -> commit(WIDE_WORDS, 4, i, random);
            };
            events[i].capture(engine, shape != Shape.REFERENCE_NAMES);
        }
        records.takeAll(engine);
    }

    /** An encoder that knows these records' keys. */
    EventEncoder newEncoder() {
        return new EventEncoder(
                engine.keys(), new SystemProperties(WiredEngine.systemProperties()), EventShape.PROPERTIES);
    }

    /** The JSON of each event, with its marks. */
    JsonOutput[] encodeAll() {
        EventEncoder encoder = newEncoder();
        JsonOutput[] json = new JsonOutput[COUNT];
        for (int i = 0; i < COUNT; i++) {
            json[i] = new JsonOutput(1_024);
            encoder.encode(records.bytes(), records.offset(i), null, -1, json[i]);
        }
        return json;
    }

    private static SampleEvent reference(ReferenceEvent event, int i, Random random) {
        return new SampleEvent(
                ReferenceEvent.NAME,
                event.distinctId(),
                FIRST_MILLIS + 10L * i,
                uuidHigh(i, random),
                uuidLow(random),
                REFERENCE_KEYS,
                "ssssslbd".getBytes(US_ASCII),
                new String[] {
                    event.placement(), event.campaign(), event.country(), event.device(), event.sessionId(), "", "", ""
                },
                new long[] {
                    0, 0, 0, 0, 0, event.position(), event.viewable() ? 1 : 0, Double.doubleToLongBits(event.price())
                });
    }

    private static SampleEvent commit(String[] words, int wordCount, int i, Random random) {
        StringBuilder subject = new StringBuilder();
        int length = 2 * wordCount + random.nextInt(2 * wordCount);
        for (int word = 0; word < length; word++) {
            subject.append(word == 0 ? "" : " ").append(words[random.nextInt(words.length)]);
        }
        return new SampleEvent(
                "commit pushed",
                "dev_" + hex(random, 16),
                FIRST_MILLIS + 10L * i,
                uuidHigh(i, random),
                uuidLow(random),
                COMMIT_KEYS,
                "ssslll".getBytes(US_ASCII),
                new String[] {"disruptor", hex(random, 40), subject.toString(), "", "", ""},
                new long[] {0, 0, 0, random.nextInt(12), random.nextInt(900), random.nextInt(300)});
    }

    private static long uuidHigh(int i, Random random) {
        return ((FIRST_MILLIS + 10L * i) << 16) | 0x7000 | random.nextInt(0x1000);
    }

    private static long uuidLow(Random random) {
        return 0x8000_0000_0000_0000L | random.nextLong() >>> 2;
    }

    private static String hex(Random random, int digits) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < digits; i++) {
            text.append(Character.forDigit(random.nextInt(16), 16));
        }
        return text.toString();
    }
}
