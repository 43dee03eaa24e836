package dev.penstock.engine.flags.matcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MatcherCompilerTest {

    private static final List<String> KNOWN = List.of(
            "exact",
            "is_not",
            "icontains",
            "not_icontains",
            "starts_with",
            "not_starts_with",
            "ends_with",
            "not_ends_with",
            "regex",
            "not_regex",
            "gt",
            "gte",
            "lt",
            "lte",
            "is_date_before",
            "is_date_after",
            "is_set",
            "is_not_set",
            "semver_eq",
            "semver_neq",
            "semver_gt",
            "semver_gte",
            "semver_lt",
            "semver_lte",
            "semver_tilde",
            "semver_caret",
            "semver_wildcard");

    /** A list that cannot be read. */
    private static final class Broken extends AbstractList<Object> {
        @Override
        public Object get(int index) {
            throw new IllegalStateException("broken");
        }

        @Override
        public int size() {
            return 1;
        }
    }

    private static Match test(String operator, Object filterValue, Object value) {
        return MatcherCompiler.compile(operator, filterValue, 1).test(value, Asked.CLOCK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "between",
                "not_between",
                "icontains_multi",
                "not_icontains_multi",
                "is_date_exact",
                "in",
                "not_in",
                "EXACT",
                "exact ",
                "",
                "semver_",
                "semver_between",
                "flag_evaluates_to"
            })
    void shouldNotDecideUnknownOperators(String operator) {
        for (Object value : Arrays.asList(null, "a", true, 1L)) {
            assertThat(test(operator, "a", value)).isEqualTo(Match.UNCERTAIN);
        }
        assertThat(MatcherCompiler.compile(operator, "a", 1).describe()).contains('"' + operator + '"');
    }

    @Test
    void shouldTakeAnythingPresentForSet() {
        for (Object value : Arrays.asList(null, "", false, 0L, Double.NaN, List.of(), new Object())) {
            assertThat(test("is_set", "is_set", value)).isEqualTo(Match.YES);
            assertThat(test("is_not_set", null, value)).isEqualTo(Match.NO);
            assertThat(test("is_set", new Object(), value)).isEqualTo(Match.YES);
        }
    }

    @Test
    void shouldNeverThrow() {
        List<Object> values = new ArrayList<>(Arrays.asList(
                null,
                "",
                "a",
                "1",
                "1.5",
                "v1.2.3",
                "2026-01-01",
                "-7d",
                "(",
                "\uD800",
                true,
                0L,
                Long.MIN_VALUE,
                BigInteger.TEN.pow(400),
                -0.0,
                1e-7,
                1e300,
                Double.MIN_VALUE,
                Double.NaN,
                Double.NEGATIVE_INFINITY,
                List.of(),
                List.of("a", 1L),
                Map.of("a", 1e-7),
                1,
                'c',
                new Object(),
                List.of(new Object()),
                new Broken(),
                Map.of(1, "a"),
                new byte[0]));
        Map<String, Object> nullKey = new HashMap<>();
        nullKey.put(null, "a");
        values.add(nullKey);
        for (String operator : KNOWN) {
            for (Object filterValue : values) {
                if (!(filterValue instanceof Broken)) {
                    PropertyMatcher matcher = MatcherCompiler.compile(operator, filterValue, 2);
                    assertThat(matcher.describe()).isNotBlank();
                    values.forEach(value ->
                            assertThat(matcher.test(value, Asked.CLOCK)).isNotNull());
                }
            }
        }
    }

    @Test
    void shouldNotDecideForeignValues() {
        for (String operator : KNOWN.subList(0, 16)) {
            for (Object value : List.of(1, 'c', new Object(), new Broken(), List.of(new Object()), Map.of(1, "a"))) {
                assertThat(test(operator, "2026-01-01", value)).as(operator).isEqualTo(Match.UNCERTAIN);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "exact|pro|is \"pro\"",
                "is_not|pro|is not \"pro\"",
                "exact|true|is true",
                "is_not|true|is not true",
                "icontains|@Example.org|contains \"@Example.org\"",
                "not_icontains|a|does not contain \"a\"",
                "starts_with|a|starts with \"a\"",
                "not_starts_with|a|does not start with \"a\"",
                "ends_with|a|ends with \"a\"",
                "not_ends_with|a|does not end with \"a\"",
                "regex|a+|matches \"a+\"",
                "not_regex|a+|does not match \"a+\"",
                "gt|5|is greater than \"5\"",
                "gte|5|is at least \"5\"",
                "lt|5|is less than \"5\"",
                "lte|5|is at most \"5\"",
                "is_date_after|2026-01-01|is after 2026-01-01T00:00:00Z",
                "is_date_before|-1m|is before 1 month ago",
                "is_date_before|12h|is before 12 hours ago",
                "is_set||is set",
                "is_not_set||is not set",
                "semver_eq|v1.2|is version 1.2.0",
                "semver_neq|1.2|is not version 1.2.0",
                "semver_gte|1.2|is a version from 1.2.0",
                "semver_caret|1.2.3|is a version from 1.2.3 to before 2.0.0"
            })
    void shouldDescribeWhatIsTested(String operator, String filterValue, String description) {
        assertThat(MatcherCompiler.compile(operator, filterValue, 1)).hasToString(description);
    }

    @Test
    void shouldDescribeAlternatives() {
        assertThat(MatcherCompiler.compile("exact", List.of("pro", "team"), 1))
                .hasToString("is one of \"pro\", \"team\"");
        assertThat(MatcherCompiler.compile("is_not", List.of("pro", 1L), 1)).hasToString("is none of \"pro\", 1");
        assertThat(MatcherCompiler.compile("exact", List.of("pro"), 1)).hasToString("is \"pro\"");
    }

    @Test
    void shouldKeepDescriptionsShort() {
        assertThat(MatcherCompiler.compile("icontains", "a".repeat(100_000), 1).describe())
                .hasSizeLessThan(300);
    }

    @Test
    void shouldSayWhyItCannotDecide() {
        assertThat(MatcherCompiler.compile("is_date_after", "soon", 1))
                .asString()
                .contains("no date", "soon");
        assertThat(MatcherCompiler.compile("semver_gt", "x", 1)).asString().contains("no version", "x");
        assertThat(MatcherCompiler.compile("regex", "(?i)x", 1)).asString().contains("server", "(?i)x");
        assertThat(MatcherCompiler.compile("regex", "(x", 1)).asString().contains("never matches", "(x");
    }

    @Test
    void shouldWriteTextAsSdksDo() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("\uFF5E", 1L);
        map.put("\uD83C\uDF89", List.of());
        map.put("a", "\"\\\b\f\n\r\t\u0001\u001F/é\u007F");

        assertThat(PropertyText.of(map))
                .isEqualTo(
                        "{\"a\":\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f/é\u007F\",\"\uFF5E\":1,\"\uD83C\uDF89\":[]}");
        assertThat(PropertyText.of(null)).isEqualTo("null");
        assertThat(PropertyText.of(1.0)).isEqualTo("1.0");
        assertThat(PropertyText.of(-0.0)).isEqualTo("-0.0");
        assertThat(PropertyText.of(1000000.0)).isEqualTo("1000000.0");
        assertThat(PropertyText.of(2e-3)).isEqualTo("0.002");
        assertThat(PropertyText.of(0.00001)).isEqualTo("0.00001");
        assertThat(PropertyText.of(1.5e-7)).isEqualTo("1.5e-7");
        assertThat(PropertyText.of(3e23)).isEqualTo("3e+23");
        assertThat(PropertyText.of(1e20)).isEqualTo("100000000000000000000.0");
        assertThat(PropertyText.of((double) 0.1f)).isEqualTo("0.10000000149011612");
        assertThat(DoubleSpelling.EARLY_EXPONENT.spell(1e16)).isEqualTo("1e+16");
        assertThat(DoubleSpelling.EARLY_EXPONENT.spell(1.5e-5)).isEqualTo("1.5e-05");
        assertThat(DoubleSpelling.EARLY_EXPONENT.spell(-1e-100)).isEqualTo("-1e-100");
    }

    @Test
    void shouldRefuseTextForWhatNoPropertyHolds() {
        assertThatIllegalArgumentException().isThrownBy(() -> PropertyText.of(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> PropertyText.of(new Object()));
    }
}
