package dev.penstock.engine.flags.matcher;

import static dev.penstock.engine.flags.matcher.Asked.no;
import static dev.penstock.engine.flags.matcher.Asked.uncertain;
import static dev.penstock.engine.flags.matcher.Asked.yes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.record.TestSeed;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OrderedMatcherTest {

    static Stream<Asked> rows() {
        return Stream.of(
                yes("gt", 9L, "10"),
                yes("gt", "9", "10"),
                no("gt", 10L, 10L),
                yes("gte", 10L, 10L),
                yes("gte", 10L, "10.0"),
                no("lt", 10L, 10.0),
                yes("lte", 10L, 10.0),
                no("lte", 10L, 10.001),
                yes("lt", 0.0, "-1e-3"),
                no("lt", 0.0, -0.0),
                yes("gte", 0.0, -0.0),
                yes("gt", "5", " +6.25e0 "),
                yes("gt", 9007199254740992.0, 9007199254740995L),
                no("gt", 9007199254740992.0, 9007199254740993L),
                yes("gt", Long.MAX_VALUE, new BigInteger("1" + "0".repeat(30))),
                no("gt", 5L, null),
                no("lte", 5L, null),
                no("lt", null, null),
                yes("lt", null, 1L),
                yes("gt", null, "z"),
                yes("gt", 5L, true),
                yes("gt", true, "truths"),
                no("gt", true, 7L),
                yes("gt", 5L, "abc"),
                no("gt", 5L, ""),
                yes("gt", 5L, "a"),
                no("gt", 21L, "12abc"),
                yes("gt", 100L, "12abc"),
                no("gt", "9x", ""),
                yes("gt", 5L, "NaN"),
                yes("gt", 5L, "Infinity"),
                no("gt", 5L, "0x10"),
                yes("gt", 15L, "1f"),
                no("gt", 5L, "10d"),
                yes("gt", 9L, "\u0661"),
                yes("gt", "\uD83C\uDF89", "\uFFFD"),
                no("gt", "abc", 5.5),
                yes("gt", "", 5.5),
                yes("gt", " x", -5.5),
                yes("lt", "12abc", 11.5),
                no("lt", "12abc", 13L),
                yes("lt", "12abc", 12L),
                no("gt", 5L, "1_000"),
                no("lt", ".5", 2L),
                yes("gt", 2.75, "9."),
                no("gt", 2.75, ".5"),
                uncertain("gt", "0.4", ".5"),
                uncertain("gt", 0L, ".5"),
                uncertain("gt", 9L, "10."),
                uncertain("gt", 5L, "\t6"),
                uncertain("gt", 50L, "6\n"),
                uncertain("gt", "10.", 9L),
                no("lte", "0x10", 1e-7),
                yes("gt", 1e21, 1e22),
                no("gt", 1e21, 1e21),
                uncertain("gt", "1e-1", "\u000B5"),
                uncertain("gt", 5L, Double.NaN),
                uncertain("gt", 5L, Double.POSITIVE_INFINITY),
                uncertain("lt", 5L, Double.NEGATIVE_INFINITY),
                uncertain("gt", Double.NaN, 5L),
                uncertain("gt", "1e999", 5L),
                uncertain("gt", 5L, "1e999"),
                uncertain("gt", 5L, new BigInteger("1" + "0".repeat(400))),
                uncertain("gt", 5L, List.of(6L)),
                uncertain("gt", 5L, Map.of()),
                uncertain("gt", List.of(5L), 6L),
                uncertain("gt", Map.of(), 6L),
                no("gt", List.of(5L), null),
                uncertain("gt", 5L, 6));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldCompareNumbersByValueAndTheRestByText(Asked row) {
        row.check();
    }

    @Test
    void shouldReadNumeralsExactly() {
        TestSeed.run(random -> {
            for (int run = 0; run < 200_000; run++) {
                long mantissa = random.nextLong() >> random.nextInt(64);
                String digits = Long.toString(mantissa);
                int point = 1 + random.nextInt(digits.length());
                boolean hasPoint = point < digits.length() && Character.isDigit(digits.charAt(point - 1));
                String text = hasPoint ? digits.substring(0, point) + "." + digits.substring(point) : digits;
                text += random.nextBoolean() ? "e" + random.nextInt(-40, 40) : "";

                assertThat(DecimalText.parse(text)).as(text).isEqualTo(Double.parseDouble(text));
            }
        });
    }

    @Test
    void shouldReadOnlyDecimalNumbers() {
        for (String text :
                List.of("", " ", "+", "-", ".", "e5", "1e", "1e+", "1.e5", ".5", "5.", "1 2", "--1", "1e5.0")) {
            assertThat(DecimalText.parse(text)).as(text).isNaN();
        }
        for (String text : List.of("", " ", "+", "-", ".", "e5", "1e", "1e+", "+.", ".e1", "0x1p3", "NaN", "1d")) {
            assertThat(DecimalText.parseLeniently(text)).as(text).isNaN();
        }
        assertThat(DecimalText.parse(" -0 ")).isEqualTo(-0.0);
        assertThat(DecimalText.parse("000000000000000000000001e000001")).isEqualTo(10);
        assertThat(DecimalText.parse("1e-99999999999999999999")).isZero();
        assertThat(DecimalText.parse("1e99999999999999999999")).isInfinite();
    }
}
