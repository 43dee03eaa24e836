package dev.penstock.engine.flags.matcher;

import static dev.penstock.engine.flags.matcher.Asked.no;
import static dev.penstock.engine.flags.matcher.Asked.uncertain;
import static dev.penstock.engine.flags.matcher.Asked.yes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.record.TestSeed;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContainmentMatcherTest {

    static Stream<Asked> rows() {
        return Stream.of(
                yes("icontains", "@Example.ORG", "me@eXAMPLE.org!"),
                yes("icontains", "", ""),
                yes("icontains", "", null),
                yes("icontains", "abc", "abc"),
                no("icontains", "abcd", "abc"),
                no("icontains", "abc", ""),
                yes("icontains", "aab", "aaab"),
                yes("icontains", "abab", "abacababx"),
                no("icontains", "É", "é"),
                yes("icontains", "É", "xÉ"),
                no("icontains", "k", "\u212A"),
                yes("icontains", "ul", null),
                yes("icontains", "RU", true),
                yes("icontains", "345", 1234567L),
                no("icontains", "346", 1234567L),
                yes("icontains", "-92", Long.MIN_VALUE),
                yes("icontains", "5808", Long.MIN_VALUE),
                yes("icontains", 0L, 0L),
                yes("icontains", ".5", 1.5),
                yes("icontains", "e", 1e21),
                uncertain("icontains", "e-07", 1e-7),
                yes("icontains", "1e-", 1e-7),
                no("icontains", 1e-7, "x"),
                uncertain("icontains", 1e-7, "1e-07"),
                yes("icontains", List.of("a", 1L), "x[\"A\",1]"),
                no("icontains", List.of("a", "b"), "a"),
                yes("icontains", "\"a\":[1]", Map.of("A", List.of(1L))),
                uncertain("icontains", "", Double.NaN),
                uncertain("icontains", "", new Object()),
                yes("starts_with", "ab", "ABC"),
                yes("starts_with", "", ""),
                no("starts_with", "b", "ab"),
                no("starts_with", "abc", "ab"),
                no("starts_with", "É", "é"),
                yes("starts_with", "-12", -123L),
                no("starts_with", "-13", -123L),
                yes("starts_with", "null", null),
                yes("starts_with", "F", false),
                no("starts_with", "10", false),
                yes("ends_with", "bc", "ABC"),
                yes("ends_with", "", ""),
                no("ends_with", "b", "abc"),
                no("ends_with", "xabc", "abc"),
                yes("ends_with", "23", -123L),
                no("ends_with", "22", -123L),
                yes("ends_with", "ll", null),
                yes("ends_with", ".0", 1.0));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldFindTextWithoutRegardToAsciiCase(Asked row) {
        row.check();
        row.negated("not_" + row.operator()).check();
    }

    @Test
    void shouldFindWhatStringsFind() {
        TestSeed.run(random -> {
            for (int run = 0; run < 50_000; run++) {
                String sought = text(random, 5);
                String value = text(random, 20);
                String lowered = value.toLowerCase(Locale.ROOT);
                String loweredSought = sought.toLowerCase(Locale.ROOT);
                check("icontains", sought, value, lowered.contains(loweredSought));
                check("starts_with", sought, value, lowered.startsWith(loweredSought));
                check("ends_with", sought, value, lowered.endsWith(loweredSought));
            }
        });
    }

    @Test
    void shouldReadLongsAsTheirText() {
        TestSeed.run(random -> {
            for (int run = 0; run < 50_000; run++) {
                long value = random.nextLong() >> random.nextInt(64);
                String text = Long.toString(value);
                int from = random.nextInt(text.length());
                String sought = text.substring(from, from + random.nextInt(text.length() - from + 1));
                check("icontains", sought, value, true);
                check("starts_with", sought, value, text.startsWith(sought));
                check("ends_with", sought, value, text.endsWith(sought));
            }
        });
    }

    private static void check(String operator, String sought, Object value, boolean expected) {
        assertThat(MatcherCompiler.compile(operator, sought, 1).test(value, Asked.CLOCK))
                .as("%s %s <- %s", operator, sought, value)
                .isEqualTo(Match.of(expected));
    }

    private static String text(SplittableRandom random, int maxLength) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(maxLength); left > 0; left--) {
            text.append("aAbB".charAt(random.nextInt(4)));
        }
        return text.toString();
    }
}
