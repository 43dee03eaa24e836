package dev.penstock.engine.flags.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.penstock.client.flags.FlagPayload;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadReaderTest {

    private final List<String> problems = new ArrayList<>();
    private final PayloadReader reader = new PayloadReader((message, cause) -> {
        assertThat(cause).isNull();
        problems.add(message);
    });

    /** A record of the application's. */
    public record Layout(int columns, String title) {}

    /** A bean of the application's. */
    public static final class Bean {
        private int columns;

        /** Told by Jackson. */
        public void setColumns(int columns) {
            this.columns = columns;
        }
    }

    private FlagPayload payload(String text) {
        return reader.read("f", text).orElseThrow();
    }

    private Object value(String text) {
        return payload(text).value();
    }

    @Test
    void shouldDecodeJson() {
        assertThat(value("7")).isEqualTo(7L);
        assertThat(value("7.0")).isEqualTo(7.0);
        assertThat(value("9223372036854775808")).isEqualTo(new BigInteger("9223372036854775808"));
        assertThat(value("false")).isEqualTo(false);
        assertThat(value("\"\"")).isEqualTo("");
        assertThat(value(" [1, null, {\"a\": 1.5}] ")).isEqualTo(Arrays.asList(1L, null, Map.of("a", 1.5)));
        assertThat(payload(" [1] ").text()).isEqualTo(" [1] ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", " ", "{", "{} x", "1 2", "NaN", "'a'", "{a:1}", "\"\ud800", "01"})
    void shouldTakeWhatIsNotJsonForText(String text) {
        assertThat(value(text)).isEqualTo(text);
        assertThat(problems).isEmpty();
    }

    @Test
    void shouldHaveNoPayloadForNothing() {
        assertThat(reader.read("f", null)).isEmpty();
        assertThat(reader.read("f", "")).isEmpty();
        assertThat(reader.read("f", "null")).isEmpty();
        assertThat(reader.read("f", " null ")).isEmpty();
    }

    @Test
    void shouldLetNobodyChangeAPayload() {
        Map<?, ?> map = (Map<?, ?>) value("{\"a\":[1],\"b\":{\"c\":1}}");

        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(map::clear);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> ((List<?>) map.get("a")).clear());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> ((Map<?, ?>) map.get("b")).clear());
    }

    @Test
    void shouldMakeObjectsOfTheApplications() {
        String json = "{\"columns\":2,\"title\":\"x\",\"unknown\":[]}";

        assertThat(payload(json).as(Layout.class)).contains(new Layout(2, "x"));
        assertThat(payload(json).as(Bean.class).map(bean -> bean.columns)).contains(2);
        assertThat(payload("7").as(Integer.class)).contains(7);
        assertThat(payload("7").as(int.class)).contains(7);
        assertThat(payload("[1,2]").as(int[].class))
                .hasValueSatisfying(array -> assertThat(array).containsExactly(1, 2));
        assertThat(payload(json).as(Map.class)).isPresent();
        assertThat(problems).isEmpty();
    }

    @Test
    void shouldGiveTextAsText() {
        assertThat(payload("\"a\\nb\"").as(String.class)).contains("a\nb");
        assertThat(payload("plain").as(String.class)).contains("plain");
        assertThat(payload("SECONDS").as(TimeUnit.class)).contains(TimeUnit.SECONDS);
    }

    @Test
    void shouldReportWhatDoesNotFitWithoutQuotingIt() {
        assertThat(payload("{\"columns\":\"secret\"}").as(Layout.class)).isEqualTo(Optional.empty());
        assertThat(payload("[\"secret\"]").as(Integer.class)).isEmpty();
        assertThat(payload("secret").as(Layout.class)).isEmpty();
        assertThat(payload("1.5").as(Integer.class)).isEmpty();
        assertThat(problems)
                .hasSize(4)
                .allMatch(problem -> problem.contains("payload of flag f does not fit"))
                .noneMatch(problem -> problem.contains("secret"));
        assertThat(payload("secret").toString()).doesNotContain("secret");
    }

    @Test
    void shouldNotExhaustTheStackOnADeepPayload() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);

        assertThat(value(deep)).isEqualTo(deep);
        assertThat(problems).hasSize(1).allMatch(problem -> problem.contains("too deep"));
        assertThat(payload(deep).as(List.class)).isEmpty();
    }

    @Test
    void shouldSurviveAClassThatThrows() {
        assertThat(payload("{\"a\":1}").as(Thrower.class)).isEmpty();
        assertThat(problems).hasSize(1);
    }

    /** Refuses most values. */
    public static final class Thrower {
        /** Fails unless given zero. */
        public void setA(int a) {
            if (a != 0) {
                throw new IllegalStateException("on purpose");
            }
        }
    }
}
