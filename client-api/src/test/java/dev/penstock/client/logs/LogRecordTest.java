package dev.penstock.client.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogRecordTest {

    @Test
    void shouldHoldNothingButABodyAndInfoUnlessTold() {
        LogRecord record = LogRecord.builder("hello").build();

        assertThat(record.body()).isEqualTo("hello");
        assertThat(record.level()).isEqualTo(LogLevel.INFO);
        assertThat(record.attributes()).isEmpty();
        assertThat(record.traceId()).isNull();
        assertThat(record.spanId()).isNull();
        assertThat(record.traceFlags()).isEmpty();
        assertThat(record.distinctId()).isNull();
        assertThat(record.sessionId()).isNull();
    }

    @Test
    void shouldKeepWhatItIsGiven() {
        LogRecord record = LogRecord.builder("failed")
                .level(LogLevel.ERROR)
                .attribute("order", 4711)
                .traceId("0af7651916cd43dd8448eb211c80319c")
                .spanId("b7ad6b7169203331")
                .traceFlags(1)
                .distinctId("player-77")
                .sessionId("s-1")
                .build();

        assertThat(record.level()).isEqualTo(LogLevel.ERROR);
        assertThat(record.attributes()).containsExactly(Map.entry("order", 4711));
        assertThat(record.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(record.spanId()).isEqualTo("b7ad6b7169203331");
        assertThat(record.traceFlags()).hasValue(1);
        assertThat(record.distinctId()).isEqualTo("player-77");
        assertThat(record.sessionId()).isEqualTo("s-1");
    }

    @Test
    void shouldBeginAnotherThatIsLikeIt() {
        LogRecord record = LogRecord.builder("one")
                .level(LogLevel.WARN)
                .attribute("a", null)
                .traceId("t")
                .spanId("s")
                .traceFlags(0)
                .distinctId("d")
                .sessionId("e")
                .build();

        LogRecord copy = record.toBuilder().body("two").attribute("b", 2).build();

        assertThat(copy)
                .usingRecursiveComparison()
                .ignoringFields("body", "attributes")
                .isEqualTo(record);
        assertThat(copy.body()).isEqualTo("two");
        assertThat(copy.attributes()).containsKeys("a", "b");
        assertThat(record.attributes()).containsOnlyKeys("a");
    }

    @Test
    void shouldNotChangeWithTheMapOrTheBuilderItCameFrom() {
        Map<String, Object> attributes = new LinkedHashMap<>(Map.of("a", 1));
        LogRecord.Builder builder = LogRecord.builder("b").attributes(attributes);
        LogRecord record = builder.build();
        attributes.put("b", 2);
        builder.attribute("c", 3);

        assertThat(record.attributes()).containsOnlyKeys("a").isUnmodifiable();
    }

    @Test
    void shouldKeepANullValueAndLeaveOutANullName() {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("gone", null);
        attributes.put(null, "nameless");

        LogRecord record = LogRecord.builder("b")
                .attributes(attributes)
                .attributes(null)
                .attribute(null, 1)
                .build();

        assertThat(record.attributes()).containsOnlyKeys("gone").containsEntry("gone", null);
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void shouldTakeTheTextOfNamesOfACastMap() {
        LogRecord record =
                LogRecord.builder("b").attributes((Map) Map.of(7, "seven")).build();

        assertThat(record.attributes()).containsExactly(Map.entry("7", "seven"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\t\n"})
    void shouldTakeBlankIdsAsNone(String blank) {
        LogRecord record = LogRecord.builder(blank)
                .level(null)
                .traceId(blank)
                .spanId(blank)
                .distinctId(blank)
                .sessionId(blank)
                .build();

        assertThat(record.body()).isBlank();
        assertThat(record.level()).isEqualTo(LogLevel.INFO);
        assertThat(record.traceId()).isNull();
        assertThat(record.spanId()).isNull();
        assertThat(record.distinctId()).isNull();
        assertThat(record.sessionId()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "255, 255", "256, 0", "257, 1", "-1, 255"})
    void shouldKeepTheLowestEightBitsOfTraceFlags(int given, int kept) {
        assertThat(LogRecord.builder("b").traceFlags(given).build().traceFlags())
                .isEqualTo(OptionalInt.of(kept));
    }

    @Test
    void shouldShowNoValueOfAnAttribute() {
        assertThat(LogRecord.builder("b").attribute("password", "hunter2").build())
                .asString()
                .contains("password")
                .doesNotContain("hunter2");
    }
}
