package dev.penstock.engine.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a body of verdicts says of each event. */
class VerdictReaderTest {

    private static final UUID A = UUID.fromString("019c4c0b-01aa-7b42-9c7e-55d0a1f3e8b6");
    private static final UUID B = UUID.fromString("019c4c0b-01ab-7f90-b2d1-0c9e4e7a6612");

    private final VerdictReader reader = new VerdictReader();

    private List<Judgement> read(String json, UUID... uuids) throws IOException {
        long[] halves = new long[2 * uuids.length];
        for (int i = 0; i < uuids.length; i++) {
            halves[2 * i] = uuids[i].getMostSignificantBits();
            halves[2 * i + 1] = uuids[i].getLeastSignificantBits();
        }
        return reader.read(json.getBytes(UTF_8), halves);
    }

    private Judgement one(String value) throws IOException {
        return read("{\"results\":{\"" + A + "\":" + value + "}}", A).get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "ok, OK, ok",
        "warning, WARNING, warning: why",
        "limited, LIMITED, limited: why",
        "drop, DROP, drop: why",
        "retry, RETRY, retry: why",
        "quarantined, UNKNOWN, unknown verdict: quarantined",
        "OK, UNKNOWN, unknown verdict: OK",
    })
    void shouldKnowTheWords(String word, EventVerdict verdict, String reason) throws IOException {
        assertThat(one("{\"result\":\"" + word + "\",\"details\":\"why\"}")).isEqualTo(new Judgement(verdict, reason));
    }

    @Test
    void shouldJudgeInTheOrderOfTheBatch() throws IOException {
        String json = "{\"request\":{\"a\":[1,{\"results\":{}}]},\"results\":{\"" + B
                + "\":{\"details\":\"not_persisted\"," + "\"more\":[{}],\"result\":\"retry\"},\"" + A
                + "\":{\"result\":\"ok\",\"details\":null}},\"last\":1}";

        assertThat(read(json, A, B))
                .containsExactly(
                        new Judgement(EventVerdict.OK, "ok"),
                        new Judgement(EventVerdict.RETRY, "retry: not_persisted"));
    }

    @Test
    void shouldCountAnEventWithoutAWordAsMissing() throws IOException {
        assertThat(read("{\"results\":{\"" + A + "\":{\"result\":\"ok\"}}}", A, B))
                .extracting(Judgement::verdict)
                .containsExactly(EventVerdict.OK, EventVerdict.MISSING);
        assertThat(read("{\"results\":{}}", A, B))
                .extracting(Judgement::verdict)
                .containsOnly(EventVerdict.MISSING);
    }

    @Test
    void shouldPassOverWhatIsNotInTheBatch() throws IOException {
        String json =
                "{\"results\":{\"" + B + "\":{\"result\":\"retry\"},\"no-uuid\":{\"result\":\"drop\"},\"1-1-1-1-1\":3,"
                        + "\"zzzzzzzz-01aa-7b42-9c7e-55d0a1f3e8b6\":{},\"" + A + "\":{\"result\":\"ok\"}}}";

        assertThat(read(json, A)).containsExactly(new Judgement(EventVerdict.OK, "ok"));
    }

    @Test
    void shouldTakeTheLastOfTwoWords() throws IOException {
        String json = "{\"results\":{\"" + A + "\":{\"result\":\"retry\"},\"" + A + "\":{\"result\":\"ok\"}}}";

        assertThat(read(json, A)).containsExactly(new Judgement(EventVerdict.OK, "ok"));
    }

    @Test
    void shouldReadUpperCaseIds() throws IOException {
        String json = "{\"results\":{\"" + A.toString().toUpperCase(Locale.ROOT) + "\":{\"result\":\"drop\"}}}";

        assertThat(read(json, A)).containsExactly(new Judgement(EventVerdict.DROP, "drop"));
    }

    @Test
    void shouldJudgeBothEventsOfOneId() throws IOException {
        String json = "{\"results\":{\"" + A + "\":{\"result\":\"drop\"}}}";

        assertThat(read(json, A, A))
                .extracting(Judgement::verdict)
                .containsExactly(EventVerdict.DROP, EventVerdict.DROP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"ok\"", "1", "null", "[]", "[{\"result\":\"ok\"}]", "{}", "{\"result\":1}", "{\"result\":{}}"})
    void shouldTakeWhatIsNoVerdictForAnUnknownOne(String value) throws IOException {
        assertThat(one(value)).isEqualTo(new Judgement(EventVerdict.UNKNOWN, "unknown verdict"));
    }

    @ParameterizedTest
    @CsvSource({"199, 199", "200, 200", "201, 200", "100000, 200"})
    void shouldBoundDetails(int length, int kept) throws IOException {
        assertThat(one("{\"result\":\"drop\",\"details\":\"" + "d".repeat(length) + "\"}")
                        .reason())
                .isEqualTo("drop: " + "d".repeat(kept));
        assertThat(one("{\"result\":\"" + "w".repeat(length) + "\"}").reason())
                .isEqualTo("unknown verdict: " + "w".repeat(kept));
    }

    @Test
    void shouldKeepDetailsOnOneLineAndWhole() throws IOException {
        assertThat(one("{\"result\":\"drop\",\"details\":\"a\\r\\nWARN \\u001b[0mb\\u0085\"}")
                        .reason())
                .isEqualTo("drop: aWARN [0mb");
        assertThat(one("{\"result\":\"drop\",\"details\":\"\\n\"}").reason()).isEqualTo("drop");
        assertThat(one("{\"result\":\"drop\",\"details\":\"" + "d".repeat(199) + "\ud83d\ude00\"}")
                        .reason())
                .isEqualTo("drop: " + "d".repeat(199));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ok",
                "[]",
                "{}",
                "null",
                "\"results\"",
                "{\"status\": 1}",
                "{\"results\":[]}",
                "{\"results\":null}",
                "{\"results\":{}",
                "{\"results\":{\"019c4c0b-01aa-7b42-9c7e-55d0a1f3e8b6\":{\"result\":\"retry\"}",
                "{\"results\":{}}}",
                "{\"results\":{}} {}",
                "<html></html>"
            })
    void shouldRefuseWhatIsNoSuchMap(String json) {
        assertThatIOException().isThrownBy(() -> read(json, A));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 65536",
        "1, 66560",
        "100, 167936",
        "4031, 4193280",
        "4032, 4194304",
        "4033, 4194304",
        "2147483647, 4194304"
    })
    void shouldBoundTheAnswerByTheEventsSent(int events, int bytes) {
        assertThat(VerdictReader.maxBodyBytes(events)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"28, true", "40, false", "100000, false"})
    void shouldBoundNesting(int depth, boolean readable) throws IOException {
        String json = "{\"more\":" + "[".repeat(depth) + "]".repeat(depth) + ",\"results\":{}}";
        if (readable) {
            assertThat(read(json, A)).extracting(Judgement::verdict).containsExactly(EventVerdict.MISSING);
        } else {
            assertThatIOException().isThrownBy(() -> read(json, A));
        }
    }
}
