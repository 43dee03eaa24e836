package dev.penstock.client.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.penstock.client.SlyThrow;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExceptionDetailsTest {

    static Stream<Arguments> boundaries() {
        String hook = "java.uncaught_exception_handler";
        return Stream.of(
                Arguments.of(ExceptionDetails.MANUAL, "error", "generic", true, null),
                Arguments.of(ExceptionDetails.LOGGER, null, "logger", true, null),
                Arguments.of(ExceptionDetails.HANDLED_BY_FRAMEWORK, "error", "middleware", true, null),
                Arguments.of(ExceptionDetails.ESCAPED_REQUEST, "error", "middleware", false, null),
                Arguments.of(ExceptionDetails.ESCAPED_TASK, "error", "task", false, null),
                Arguments.of(ExceptionDetails.UNCAUGHT, "error", "onuncaughtexception", false, hook),
                Arguments.of(ExceptionDetails.UNCAUGHT_FATAL, "fatal", "onuncaughtexception", false, hook),
                Arguments.of(ExceptionDetails.UNKNOWN, null, null, null, null));
    }

    @ParameterizedTest
    @MethodSource("boundaries")
    void shouldSayOfEachBoundaryWhatIsKnown(
            ExceptionDetails details, String level, String type, Boolean handled, String source) {
        assertThat(details.level().map(ExceptionLevel::wireName).orElse(null)).isEqualTo(level);
        assertThat(details.mechanismType().orElse(null)).isEqualTo(type);
        assertThat(details.handled().orElse(null)).isEqualTo(handled);
        assertThat(details.source().orElse(null)).isEqualTo(source);
        assertThat(details.synthetic()).isEmpty();
        assertThat(details.fingerprint()).isEmpty();
        assertThat(details.mechanismFields()).isEmpty();
        assertThat(details.isAtBoundary()).isEqualTo(type != null);
    }

    @Test
    void shouldTakeWhatIsKnownBetter() {
        ExceptionDetails details = ExceptionDetails.MANUAL
                .withLevel("warn")
                .withMechanismType("grpc")
                .withHandled(false)
                .withSynthetic(true)
                .withSource("grpc.server_interceptor")
                .withFingerprint("f-1")
                .withMechanismField("attempt", 3);

        assertThat(details.level()).contains(ExceptionLevel.WARNING);
        assertThat(details.mechanismType()).contains("grpc");
        assertThat(details.handled()).contains(false);
        assertThat(details.synthetic()).contains(true);
        assertThat(details.source()).contains("grpc.server_interceptor");
        assertThat(details.fingerprint()).contains("f-1");
        assertThat(details.mechanismFields()).isEqualTo(Map.of("attempt", 3));
        assertThat(ExceptionDetails.MANUAL.level()).contains(ExceptionLevel.ERROR);
        assertThat(ExceptionDetails.MANUAL.handled()).contains(true);
    }

    @Test
    void shouldFallBackForAWrongValueAndKeepItsNeighbours() {
        ExceptionDetails details = ExceptionDetails.MANUAL
                .withSynthetic(false)
                .withLevel("verbose")
                .withLevel((ExceptionLevel) null)
                .withMechanismType("")
                .withMechanismType(null)
                .withSource("Com.Acme")
                .withFingerprint("")
                .withFingerprint(null);

        assertThat(details.level()).contains(ExceptionLevel.ERROR);
        assertThat(details.mechanismType()).contains("generic");
        assertThat(details.synthetic()).contains(false);
        assertThat(details.source()).isEmpty();
        assertThat(details.fingerprint()).isEmpty();
        assertThat(ExceptionDetails.UNKNOWN.withLevel("verbose").level()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"logback.appender", "log4j2.appender", "a.b", "spring.exception_handler"})
    void shouldTakeATechnologyAndItsHookAsSource(String source) {
        assertThat(ExceptionDetails.UNKNOWN.withSource(source).source()).contains(source);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "logback",
                "logback.",
                ".appender",
                "Logback.appender",
                "logback.Appender",
                "com.acme.filter",
                "a b.c",
                "a.b-c",
                "/users/17",
                "2x.y",
                "a.b\n"
            })
    void shouldKeepTheBoundarysSourceInsteadOfAnythingElse(String source) {
        assertThat(ExceptionDetails.UNCAUGHT.withSource(source).source()).contains("java.uncaught_exception_handler");
    }

    @Test
    void shouldBoundEachHalfOfASource() {
        String longest = "a".repeat(64);

        assertThat(ExceptionDetails.UNKNOWN.withSource(longest + "." + longest).source())
                .isPresent();
        assertThat(ExceptionDetails.UNKNOWN.withSource(longest + "a.b").source())
                .isEmpty();
        assertThat(ExceptionDetails.UNKNOWN.withSource("b." + longest + "a").source())
                .isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "type", "handled", "source", "synthetic", "exception_id", "parent_id"})
    void shouldNotLetAFieldOfThePlatformTakeACanonicalName(String name) {
        assertThat(ExceptionDetails.MANUAL.withMechanismField(name, "x").mechanismFields())
                .isEmpty();
    }

    static Stream<Object> plainValues() {
        return Stream.of("text", true, 1, 2L, 1.5, List.of(1, "a"), Map.of("a", List.of(Map.of("b", false))));
    }

    @ParameterizedTest
    @MethodSource("plainValues")
    void shouldKeepFieldsThatJsonCanSay(Object value) {
        assertThat(ExceptionDetails.UNKNOWN.withMechanismField("meta", value).mechanismFields())
                .isEqualTo(Map.of("meta", value));
    }

    static Stream<Object> otherValues() {
        List<Object> itself = new ArrayList<>();
        itself.add(itself);
        return Stream.of(
                new Object(),
                Double.NaN,
                Float.POSITIVE_INFINITY,
                Map.of(1, "a"),
                Arrays.asList("a", null),
                List.of(new Object()),
                itself,
                java.util.Collections.nCopies(256, 1),
                new AbstractList<Object>() {
                    @Override
                    public Object get(int index) {
                        throw new IllegalStateException("unreadable");
                    }

                    @Override
                    public int size() {
                        return 1;
                    }
                });
    }

    @ParameterizedTest
    @NullSource
    @MethodSource("otherValues")
    void shouldLeaveOutFieldsThatJsonCannotSay(Object value) {
        ExceptionDetails details =
                ExceptionDetails.MANUAL.withMechanismField("good", 1).withMechanismField("bad", value);

        assertThat(details.mechanismFields()).isEqualTo(Map.of("good", 1));
    }

    @Test
    void shouldBoundTheDepthOfFields() {
        Object nested = "deepest";
        for (int i = 0; i < 8; i++) {
            nested = List.of(nested);
        }

        assertThat(ExceptionDetails.MANUAL.withMechanismField("deep", nested).mechanismFields())
                .isEqualTo(Map.of("deep", nested));
        assertThat(ExceptionDetails.MANUAL
                        .withMechanismField("deep", List.of(nested))
                        .mechanismFields())
                .isEmpty();
    }

    @Test
    void shouldCopyFields() {
        Map<String, Object> value = new HashMap<>(Map.of("a", 1));
        ExceptionDetails details = ExceptionDetails.MANUAL.withMechanismField("meta", value);
        value.put("b", 2);

        assertThat(details.mechanismFields()).isEqualTo(Map.of("meta", Map.of("a", 1)));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> details.mechanismFields().put("x", 1));
    }

    @Test
    void shouldIgnoreAFingerprintThatIsTooLong() {
        String longest = "f".repeat(1_000);
        ExceptionDetails details = ExceptionDetails.MANUAL.withFingerprint(longest);

        assertThat(details.fingerprint()).contains(longest);
        assertThat(details.withFingerprint(longest + "f")).isSameAs(details);
    }

    static Stream<Arguments> longValues() {
        String half = "x".repeat(4_096);
        return Stream.of(
                Arguments.of(List.of(half, half), List.of(half, half + "x")),
                Arguments.of(Map.of(half, half), Map.of(half, half + "x")),
                Arguments.of(Map.of(half, List.of(1, half)), Map.of(half + "x", List.of(1, half))),
                Arguments.of(BigInteger.TEN.pow(8_000), BigInteger.TEN.pow(8_192)),
                Arguments.of(new BigDecimal("1E+8000"), new BigDecimal("1E+8192")),
                Arguments.of(new BigDecimal("1E-8000"), new BigDecimal("1E-8192")));
    }

    @ParameterizedTest
    @MethodSource("longValues")
    void shouldBoundTheCharactersOfAField(Object longest, Object longer) {
        ExceptionDetails details =
                ExceptionDetails.MANUAL.withMechanismField("longest", longest).withMechanismField("longer", longer);

        assertThat(details.mechanismFields()).containsOnlyKeys("longest");
        assertThat(details.mechanismFields().get("longest")).isEqualTo(longest);
    }

    @Test
    void shouldLeaveOutAFieldThatThrowsACheckedException() {
        List<Object> unreadable = new AbstractList<>() {
            @Override
            public Object get(int index) {
                throw SlyThrow.of(new IOException());
            }

            @Override
            public int size() {
                return 1;
            }
        };

        assertThat(ExceptionDetails.MANUAL.withMechanismField("bad", unreadable).mechanismFields())
                .isEmpty();
    }
}
