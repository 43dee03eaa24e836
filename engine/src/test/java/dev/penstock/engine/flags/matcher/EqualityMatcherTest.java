package dev.penstock.engine.flags.matcher;

import static dev.penstock.engine.flags.matcher.Asked.no;
import static dev.penstock.engine.flags.matcher.Asked.uncertain;
import static dev.penstock.engine.flags.matcher.Asked.yes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.record.TestSeed;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EqualityMatcherTest {

    private static final BigInteger BIG = new BigInteger("9223372036854775808");

    /** Some of which change their length, their neighbours or their script in lower case. */
    private static final String LETTERS = "aAkK\u212A\u0130i\u0307\u00DF\u1E9E\u03A3\u03C2\u03C31\uD83C\uDF89";

    /** More than are compared one by one. */
    private static final List<Object> MANY = List.of("a", "B", "c", "d", "e", "f", "g", "h", "İ", "Straße", 7L, 1.5);

    static Stream<Asked> texts() {
        return Stream.of(
                yes("exact", "pro", "pro"),
                yes("exact", "pro", "PRO"),
                yes("exact", "PRO", "pro"),
                no("exact", "pro", "pr"),
                no("exact", "pro", "prof"),
                no("exact", "pro", ""),
                yes("exact", "", ""),
                no("exact", "pro", " pro"),
                yes("exact", "É", "é"),
                yes("exact", "café", "CAFÉ"),
                no("exact", "caf", "CAFÉ"),
                no("exact", "café", "cafe"),
                no("exact", "ß", "ss"),
                yes("exact", "ΟΔΟΣ", "οδος"),
                yes("exact", "İ", "i̇"),
                yes("exact", "i̇", "İ"),
                yes("exact", "k", "\u212A"),
                yes("exact", "bank", "BAN\u212A"),
                no("exact", "a\u212A", "b\u212A"),
                yes("exact", "🎉", "🎉"));
    }

    static Stream<Asked> types() {
        return Stream.of(
                yes("exact", null, null),
                yes("exact", "null", null),
                yes("exact", null, "NULL"),
                no("exact", "pro", null),
                yes("exact", 1L, 1L),
                yes("exact", 1L, "1"),
                yes("exact", "1", 1L),
                no("exact", 1L, 1.0),
                no("exact", 1.0, 1L),
                yes("exact", 1.0, "1.0"),
                no("exact", 1.0, "1"),
                yes("exact", "1.0", 1.0),
                no("exact", "1.00", 1.0),
                no("exact", "01", 1L),
                no("exact", "+1", 1L),
                yes("exact", "-5", -5L),
                yes("exact", Long.MIN_VALUE, Long.MIN_VALUE),
                yes("exact", Long.MAX_VALUE, "9223372036854775807"),
                yes("exact", BIG, BIG),
                yes("exact", BIG, BIG.toString()),
                no("exact", BIG, Long.MAX_VALUE),
                no("exact", 1L, true),
                yes("exact", 0.1, 0.1),
                no("exact", 0.1, 0.2),
                yes("exact", "-0.0", -0.0),
                no("exact", 0.0, -0.0),
                no("exact", "pro", true),
                yes("exact", "[1,2.0,\"A\"]", List.of(1L, 2.0, "a")),
                yes("exact", "{\"a\":null,\"b\":1}", nullFirst()),
                uncertain("exact", "NaN", Double.NaN),
                uncertain("exact", "x", Double.POSITIVE_INFINITY),
                uncertain("exact", "x", 1),
                uncertain("exact", "x", new Object()),
                uncertain("exact", "x", List.of(new Object())));
    }

    private static Map<String, Object> nullFirst() {
        Map<String, Object> map = new HashMap<>();
        map.put("b", 1L);
        map.put("a", null);
        return map;
    }

    static Stream<Asked> alternatives() {
        return Stream.of(
                yes("exact", List.of("pro", "Team"), "TEAM"),
                no("exact", List.of("pro", "team"), "te"),
                no("exact", List.of("pro", "team"), List.of("pro", "team")),
                yes("exact", List.of(1L, 2L), 2L),
                no("exact", List.of(1L, 2L), 3L),
                yes("exact", List.of(List.of("a"), "b"), List.of("A")),
                yes("exact", Collections.singletonList(null), null),
                yes("exact", List.of(true, "x"), true),
                no("exact", List.of(true, "x"), false),
                yes("exact", MANY, "b"),
                yes("exact", MANY, "B"),
                yes("exact", MANY, "i̇"),
                yes("exact", MANY, "İ"),
                yes("exact", MANY, "STRAßE"),
                no("exact", MANY, "STRASSE"),
                no("exact", MANY, "i"),
                yes("exact", MANY, 7L),
                yes("exact", MANY, "7"),
                yes("exact", MANY, 1.5),
                no("exact", MANY, ""));
    }

    /** Truthiness: the filter value speaks of true and false. */
    static Stream<Asked> booleans() {
        return Stream.of(
                yes("exact", true, true),
                yes("exact", true, "TRUE"),
                no("exact", true, "yes"),
                no("exact", true, 1L),
                yes("exact", "True", true),
                yes("exact", false, false),
                yes("exact", false, "banana"),
                yes("exact", false, 0L),
                yes("exact", false, 0.5),
                yes("exact", false, BIG),
                yes("exact", false, null),
                yes("exact", false, Map.of()),
                no("exact", false, "true"),
                no("exact", false, List.of()),
                yes("exact", false, List.of(true, "x")),
                yes("exact", List.of(), true),
                yes("exact", List.of(), "true"),
                yes("exact", List.of(), List.of()),
                no("exact", List.of(), "1"),
                yes("exact", List.of(List.of(true)), List.of("TRUE", true)),
                no("exact", List.of(List.of(true)), Map.of("a", 1L)),
                yes("exact", List.of("true", "false"), 1.5),
                no("exact", "falſe", "banana"),
                uncertain("exact", false, new Object()),
                uncertain("exact", true, List.of(new Object())));
    }

    static Stream<Asked> explicitBooleans() {
        return Stream.of(
                yes("exact", true, true),
                yes("exact", true, "True"),
                yes("exact", false, false),
                no("exact", false, "banana"),
                no("exact", false, null),
                no("exact", "FALSE", "yes"),
                no("exact", List.of("false"), "1"),
                no("exact", true, 1L),
                no("exact", true, 1.0),
                no("exact", true, 1e-7),
                no("exact", true, BIG),
                yes("exact", List.of("true", "false"), false),
                yes("exact", List.of(List.of(true)), List.of(true)),
                yes("exact", List.of(), true),
                no("exact", List.of(), "1"),
                yes("exact", 1L, 1L));
    }

    /** Doubles that SDKs spell differently: only what holds in either spelling is an answer. */
    static Stream<Asked> spellings() {
        return Stream.of(
                yes("exact", 1e-7, 1e-7),
                yes("exact", 1e21, 1e21),
                yes("exact", "1e+21", 1e21),
                no("exact", "", 1e-7),
                no("exact", "2e-7", 1e-7),
                uncertain("exact", "1e-7", 1e-7),
                uncertain("exact", "1e-07", 1e-7),
                uncertain("exact", 1e-7, "1e-07"),
                no("exact", List.of(1e-7, "None"), "pro"),
                yes("exact", List.of(1e-7, "None"), "none"),
                uncertain("exact", "0.00001", 1e-5),
                yes("exact", "0.0001", 1e-4),
                yes("exact", "1000000000000000.0", 1e15),
                uncertain("exact", "10000000000000000.0", 1e16),
                uncertain("exact", "[1e-07]", List.of(1e-7)));
    }

    @ParameterizedTest
    @MethodSource({"texts", "types", "alternatives", "booleans", "spellings"})
    void shouldCompareTexts(Asked row) {
        row.check();
        row.negated("is_not").check();
    }

    @ParameterizedTest
    @MethodSource({"texts", "types", "alternatives", "explicitBooleans", "spellings"})
    void shouldTakeBooleansAsWrittenInVersionTwo(Asked row) {
        row.check(2);
        row.negated("is_not").check(2);
    }

    @Test
    void shouldTakeAMissingOperatorForExact() {
        yes(null, "a", "A").check();
        no(null, "a", "b").check();
    }

    @Test
    void shouldKnowOnlyVersionTwoAsExplicit() {
        for (int version : new int[] {Integer.MIN_VALUE, 0, 1, 3}) {
            yes("exact", false, "banana").check(version);
        }
        no("exact", false, "banana").check(2);
    }

    @Test
    void shouldNotOverflowOnDeepLists() {
        List<Object> deep = new ArrayList<>();
        List<Object> innermost = deep;
        for (int i = 0; i < 100_000; i++) {
            List<Object> next = new ArrayList<>();
            innermost.add(next);
            innermost = next;
        }

        assertThat(MatcherCompiler.compile("exact", true, 1).test(deep, Asked.CLOCK))
                .isEqualTo(Match.UNCERTAIN);
        assertThat(MatcherCompiler.compile("exact", "x", 1).test(deep, Asked.CLOCK))
                .isEqualTo(Match.UNCERTAIN);
        assertThat(MatcherCompiler.compile("exact", deep, 1).test("x", Asked.CLOCK))
                .isEqualTo(Match.UNCERTAIN);
    }

    @Test
    void shouldAgreeWithLowerCasingWhateverTheText() {
        TestSeed.run(random -> {
            for (int run = 0; run < 20_000; run++) {
                List<String> alternatives = IntStream.range(0, 1 + random.nextInt(12))
                        .mapToObj(i -> "x" + text(random))
                        .toList();
                String value = random.nextBoolean() ? "x" + text(random) : variant(random, alternatives);
                String lowered = value.toLowerCase(Locale.ROOT);
                boolean expected = alternatives.stream()
                        .anyMatch(alternative ->
                                alternative.toLowerCase(Locale.ROOT).equals(lowered));

                assertThat(MatcherCompiler.compile("exact", alternatives, 1).test(value, Asked.CLOCK))
                        .as("%s in %s", value, alternatives)
                        .isEqualTo(Match.of(expected));
            }
        });
    }

    private static String variant(SplittableRandom random, List<String> alternatives) {
        String chosen = alternatives.get(random.nextInt(alternatives.size()));
        return random.nextBoolean() ? chosen.toUpperCase(Locale.ROOT) : chosen;
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(4); left > 0; left--) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }
}
