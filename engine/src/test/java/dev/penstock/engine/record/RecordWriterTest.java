package dev.penstock.engine.record;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordWriterTest {

    private static final int LIMIT = 10_000;

    private final KeyRegistry keys = new KeyRegistry();
    private final RecordWriter writer = new RecordWriter(keys, LIMIT);

    private int finish() {
        writer.distinctId("i");
        return writer.finish(RecordLayout.KIND_CAPTURE, "n", 1, 2, 3, 4);
    }

    private byte[] finished() {
        int length = finish();
        assertThat(length).isPositive();
        return Arrays.copyOf(writer.record(), length);
    }

    private void string(String key, String value) {
        writer.key(key, RecordLayout.STRING);
        writer.stringValue(value);
    }

    @Test
    void shouldWriteTheHeaderWhereTheLayoutSays() {
        writer.begin();
        string("key", "välue");
        writer.distinctId("id");
        int length = writer.finish(RecordLayout.KIND_CAPTURE, "name", 123_456_789_012L, 999_999_999, 1L << 60, -2);
        byte[] record = writer.record();

        assertThat((int) RecordLayout.INTS.get(record, RecordLayout.LENGTH)).isEqualTo(length);
        assertThat(record[RecordLayout.KIND]).isEqualTo(RecordLayout.KIND_CAPTURE);
        assertThat(record[RecordLayout.FLAGS]).isZero();
        assertThat((long) RecordLayout.LONGS.get(record, RecordLayout.EPOCH_SECOND))
                .isEqualTo(123_456_789_012L);
        assertThat((int) RecordLayout.INTS.get(record, RecordLayout.NANOS)).isEqualTo(999_999_999);
        assertThat((long) RecordLayout.LONGS.get(record, RecordLayout.UUID_HIGH))
                .isEqualTo(1L << 60);
        assertThat((long) RecordLayout.LONGS.get(record, RecordLayout.UUID_LOW)).isEqualTo(-2);
        assertThat((int) RecordLayout.INTS.get(record, RecordLayout.NAME_CHARS)).isEqualTo(4);
        assertThat((int) RecordLayout.INTS.get(record, RecordLayout.DISTINCT_ID_CHARS))
                .isEqualTo(2);
        int text = (int) RecordLayout.INTS.get(record, RecordLayout.TEXT_OFFSET);
        assertThat(text).isEqualTo(RecordLayout.ENTRIES + 12 + 4);
        assertThat(new String(record, text, length - text, ISO_8859_1)).isEqualTo("keyväluenameid");
        assertThat((int) RecordLayout.INTS.get(record, RecordLayout.IDS_OFFSET)).isEqualTo(text + 8);
    }

    @Test
    void shouldSayThatTextIsWide() {
        writer.begin();
        string("k", "漢");

        assertThat(finished()[RecordLayout.FLAGS]).isEqualTo((byte) RecordLayout.FLAG_WIDE);
    }

    @Test
    void shouldTakeBackWhatWasWrittenSinceAMark() {
        writer.begin();
        string("a", "b");
        byte[] expected = finished();

        writer.begin();
        string("a", "b");
        long mark = writer.mark();
        long state = writer.state();
        string("long key".repeat(100), "long value".repeat(100));
        for (int i = 0; i < 500; i++) {
            writer.element(RecordLayout.LONG);
            writer.longValue(i);
        }
        writer.reset(mark, state);

        assertThat(finished()).isEqualTo(expected);
    }

    @Test
    void shouldForgetWhatATakenBackKeySaidOfTheEvent() {
        writer.begin();
        long mark = writer.mark();
        long state = writer.state();
        string("$process_person_profile", "x");
        writer.reset(mark, state);

        assertThat(finished()[RecordLayout.FLAGS]).isZero();
    }

    @Test
    void shouldNotCountTakenBackEntriesTowardsTheLimit() {
        writer.begin();
        long mark = writer.mark();
        long state = writer.state();
        for (int i = 0; i < LIMIT / 2; i++) {
            writer.element(RecordLayout.NULL);
        }
        writer.reset(mark, state);
        string("k", "v");

        assertThat(finish()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 100, 1_000})
    void shouldRefuseOneCharOverTheLimit(int entries) {
        // An event is at least its chars, and a digit and a comma an entry; name and id take one char each.
        int chars = LIMIT - 2 * (entries + 1) - 2;
        for (String unit : new String[] {"x", "漢"}) {
            for (int over = 0; over <= 1; over++) {
                writer.begin();
                for (int i = 0; i < entries; i++) {
                    writer.element(RecordLayout.NULL);
                }
                string("", unit.repeat(chars + over));
                if (over == 0) {
                    assertThat(finish()).isPositive();
                    assertThat(writer.isTooLarge()).isFalse();
                } else {
                    assertThat(finish()).isEqualTo(-1);
                    assertThat(writer.isTooLarge()).isTrue();
                }
            }
        }
    }

    @Test
    void shouldStopGrowingBeyondTheLimit() {
        writer.begin();
        for (int i = 0; i < 1_000_000; i++) {
            writer.element(RecordLayout.UUID);
            writer.uuidValue(i, i);
            if (i % 100 == 0) {
                string("k", "x".repeat(1_000));
            }
        }

        assertThat(writer.isTooLarge()).isTrue();
        assertThat(finish()).isEqualTo(-1);
        assertThat(writer.record().length).isLessThan(64 * LIMIT);

        writer.begin();
        string("k", "fine again");
        assertThat(finish()).isPositive();
    }

    @Test
    void shouldGrowToTheLongestEvent() {
        RecordWriter big = new RecordWriter(keys, 900 * 1024);
        big.begin();
        int entries = (900 * 1024 - 2) / 2;
        for (int i = 0; i < entries; i++) {
            big.element(RecordLayout.UUID);
            big.uuidValue(i, i);
        }
        big.distinctId("i");
        int length = big.finish(RecordLayout.KIND_CAPTURE, "n", 0, 0, 0, 0);

        assertThat(length).isPositive().isLessThanOrEqualTo(RecordLayout.MAX_LENGTH);
        assertThat((int) RecordLayout.INTS.get(big.record(), RecordLayout.LENGTH))
                .isEqualTo(length);
    }

    @Test
    void shouldGiveBackTheMemoryOfAnUnusualEvent() {
        RecordWriter big = new RecordWriter(keys, 900 * 1024);
        big.begin();
        big.key("k", RecordLayout.STRING);
        big.stringValue("x".repeat(800_000));
        big.distinctId("i");
        assertThat(big.finish(RecordLayout.KIND_CAPTURE, "n", 0, 0, 0, 0)).isGreaterThan(800_000);

        big.shrink();
        assertThat(big.record().length).isLessThan(64 * 1024);

        big.begin();
        big.key("k", RecordLayout.STRING);
        big.stringValue("y".repeat(2_000));
        big.distinctId("i");
        assertThat(big.finish(RecordLayout.KIND_CAPTURE, "n", 0, 0, 0, 0)).isGreaterThan(2_000);
    }

    @Test
    void shouldKeepTheMemoryOfUsualEvents() {
        writer.begin();
        string("k", "x".repeat(5_000));
        finish();
        byte[] before = writer.record();

        writer.shrink();

        assertThat(writer.record()).isSameAs(before);
    }

    @Test
    void shouldWriteTheSameTheShortWayAndTheLong() {
        RegisteredKey key = keys.register("k");
        writer.begin();
        writer.key(key, RecordLayout.LONG);
        writer.longValue(-7);
        writer.key(key, RecordLayout.DOUBLE);
        writer.doubleValue(2.5);
        writer.key(key, RecordLayout.TRUE);
        writer.key(key, RecordLayout.FALSE);
        writer.key(key, RecordLayout.STRING);
        writer.stringValue("text");
        byte[] longWay = finished();

        writer.begin();
        assertThat(writer.tryLong(key, -7)).isTrue();
        assertThat(writer.tryDouble(key, 2.5)).isTrue();
        assertThat(writer.tryBoolean(key, true)).isTrue();
        assertThat(writer.tryBoolean(key, false)).isTrue();
        assertThat(writer.tryString(key, "text")).isTrue();

        assertThat(finished()).isEqualTo(longWay);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$lib", "$session_id", "$timestamp", "$set", "distinct_id"})
    void shouldLeaveKeysThatMeanSomethingToTheLongWay(String name) {
        RegisteredKey key = keys.register(name);
        writer.begin();

        assertThat(writer.tryLong(key, 1)).isFalse();
        assertThat(writer.tryDouble(key, 1)).isFalse();
        assertThat(writer.tryBoolean(key, true)).isFalse();
        assertThat(writer.tryString(key, "text")).isFalse();
    }

    @Test
    void shouldLeaveKeysOfOthersToTheLongWay() {
        writer.begin();

        assertThat(writer.tryLong(new KeyRegistry().register("k"), 1)).isFalse();
    }

    @Test
    void shouldLeaveWhatNeedsRoomToTheLongWay() {
        RegisteredKey key = keys.register("k");
        writer.begin();
        int theShortWay = 0;
        for (int i = 0; i < 500; i++) {
            if (writer.tryLong(key, i)) {
                theShortWay++;
            } else {
                writer.key(key, RecordLayout.LONG);
                writer.longValue(i);
            }
        }
        assertThat(theShortWay).isBetween(400, 499);
        int length = finish();
        assertThat(length).isGreaterThan(500 * 12);
        assertThat((int) RecordLayout.INTS.get(writer.record(), RecordLayout.TEXT_OFFSET))
                .isEqualTo(RecordLayout.ENTRIES + 500 * 12);
    }

    @Test
    void shouldTakeTheDistinctIdThatWasSaidLast() {
        writer.begin();
        writer.distinctId("somebody with a rather long id, which is longer than what is kept at first, and then some");
        string("key", "value");
        writer.distinctId("kim");
        int length = writer.finish(RecordLayout.KIND_CAPTURE, "n", 1, 2, 3, 4);

        assertThat(new String(writer.record(), length - 3, 3, ISO_8859_1)).isEqualTo("kim");
        writer.begin();
        assertThat(writer.distinctId().isBlank()).isTrue();
    }

    @Test
    void shouldRefuseADistinctIdThatNoEventHasRoomForUnlessAnotherFollows() {
        writer.begin();
        writer.distinctId("x".repeat(LIMIT + 1));
        assertThat(writer.finish(RecordLayout.KIND_CAPTURE, "n", 1, 2, 3, 4)).isEqualTo(-1);

        writer.begin();
        writer.distinctId("x".repeat(LIMIT + 1));
        writer.distinctId("x");
        assertThat(writer.finish(RecordLayout.KIND_CAPTURE, "n", 1, 2, 3, 4)).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n", "\u2003"})
    void shouldKnowADistinctIdThatNobodyCanRead(String id) {
        writer.begin();
        writer.distinctId(id);
        assertThat(writer.distinctId().isBlank()).isTrue();
        writer.distinctId("x" + id);
        assertThat(writer.distinctId().isBlank()).isFalse();
        writer.distinctId(null);
        assertThat(writer.distinctId().isBlank()).isTrue();
    }
}
