package dev.penstock.engine.flags.matcher;

import static dev.penstock.engine.flags.matcher.Asked.no;
import static dev.penstock.engine.flags.matcher.Asked.uncertain;
import static dev.penstock.engine.flags.matcher.Asked.yes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.flags.matcher.PortableRegex.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexMatcherTest {

    /** Linear time is milliseconds here; exponential time is not this side of the universe's end. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int SMALL_STACK_BYTES = 256 * 1024;

    static Stream<Asked> rows() {
        return Stream.of(
                yes("regex", "b", "abc"),
                no("regex", "B", "abc"),
                yes("regex", "", ""),
                yes("regex", "", "é"),
                yes("regex", "^abc$", "abc"),
                no("regex", "^abc$", "abc\n"),
                no("regex", "^b", "a\nb"),
                no("regex", "a$", "a\nb"),
                no("regex", "a$b", "a$b"),
                yes("regex", "a[$]b", "a$b"),
                yes("regex", "a\\$b", "a$b"),
                no("regex", "a.b", "a\nb"),
                yes("regex", "a.b", "a\u000Bb"),
                yes("regex", "a\\sb", "a\u000Bb"),
                yes("regex", "a[\\s]b", "a\u000Bb"),
                no("regex", "a\\Sb", "a\u000Bb"),
                no("regex", "a[\\S]b", "a\u000Bb"),
                yes("regex", "a[\\Sx]b", "a!b"),
                no("regex", "a[^\\S]b", "a!b"),
                yes("regex", "^\\v$", "\u000B"),
                yes("regex", "^[\\v]$", "\u000B"),
                yes("regex", "^\\f\\n\\t$", "\f\n\t"),
                yes("regex", "^\\x41[\\x41-\\x43]$", "AB"),
                yes("regex", "^[^\\xE9]$", "A"),
                yes("regex", "^\\d\\D\\w\\W$", "1a_-"),
                yes("regex", "^[\\d\\W]+$", "1-2"),
                yes("regex", "\\{\\}\\[\\]\\(\\)\\*\\+\\?\\.\\|\\^\\\\\\/\\-\\_", "{}[]()*+?.|^\\/-_"),
                yes("regex", "^(a|b)c(?:d|)$", "bc"),
                yes("regex", "^(|a)+$", "aa"),
                yes("regex", "^a*?b+?c??d{2}?$", "abdd"),
                yes("regex", "^a{2,}b{1,3}c{0}$", "aabbb"),
                no("regex", "^a{2,}$", "a"),
                yes("regex", "^[a-c_-]+$", "a-_c"),
                yes("regex", "^[-a]+$", "-a"),
                yes("regex", "^[^-a]+$", "b"),
                yes("regex", "^[a^]+$", "a^"),
                yes("regex", "[&][~][-]", "&~-"),
                yes("regex", "^a{200}$", "a".repeat(200)),
                yes("regex", "^(?:a{10}){20}$", "a".repeat(200)),
                no("regex", "^a{1000}$", "a".repeat(50)),
                yes("regex", 5L, 15L),
                yes("regex", "^1\\.5$", 1.5),
                yes("regex", "^true$", true),
                yes("regex", "^null$", null),
                yes("regex", "^\\[1\\]$", List.of(1L)),
                yes("regex", "^1e", 1e-7),
                uncertain("regex", "07$", 1e-7),
                yes("regex", "e\\+21", 1e21),
                uncertain("regex", "a", "aé"),
                uncertain("regex", "a", "a\rb"),
                uncertain("regex", "a", Double.NaN),
                uncertain("regex", "", new Object()));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldSearchAnywhere(Asked row) {
        row.check();
        row.negated("not_regex").check();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*a",
                "+",
                "?",
                "{2}",
                "a|*",
                "(*a)",
                "(?:+)",
                "(a",
                "a)",
                "((a)",
                ")",
                "(",
                "[",
                "[a",
                "[^a",
                "[a\\",
                "\\",
                "a\\",
                "a{2,1}",
                "[z-a]",
                "[\\x41-\\x40]",
                "(a|b",
                "|*"
            })
    void shouldMatchNothingWithAnInvalidPattern(String pattern) {
        no("regex", pattern, pattern).check();
        no("not_regex", pattern, pattern).check();
        no("not_regex", pattern, "é").check();
        no("not_regex", pattern, null).check();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?i)a",
                "(?=a)",
                "(?!a)",
                "(?<=a)",
                "(?<n>a)",
                "(?P<n>a)",
                "(?>a)",
                "(?#a)",
                "(a)\\1",
                "\\bA",
                "\\B",
                "\\AA",
                "A\\z",
                "A\\Z",
                "\\pL",
                "\\u0041",
                "\\cA",
                "\\0",
                "\\e",
                "\\ ",
                "\\x4",
                "\\x{41}",
                "\\xG1",
                "a*+",
                "a++",
                "a?+",
                "a**",
                "a???",
                "a{2}{3}",
                "a{2}*",
                "^*",
                "$+",
                "(^)?",
                "()*",
                "(?:){2}",
                "(())+",
                "a{",
                "a{x}",
                "a{,3}",
                "a{1,2",
                "a{1, 2}",
                "a{01}",
                "a{1001}",
                "a{0,1001}",
                "a{1001,}",
                "a{99999999999}",
                "{",
                "a}",
                "a]",
                "[]a]",
                "[^]a]",
                "[]",
                "[[:alpha:]]",
                "[a[b]]",
                "[a&&b]",
                "[a--b]",
                "[a~~b]",
                "[a||b]",
                "[\\w-z]",
                "[a-\\d]",
                "[a-c-e]",
                "[\\b]",
                "[+--]",
                "é",
                "[é]",
                "(a{100}){11}",
                "((a{1000}){1000}){1000}",
                "((a{50}){50})",
                "*(?=a)"
            })
    void shouldLeaveToTheServerWhatEnginesReadDifferently(String pattern) {
        uncertain("regex", pattern, "a").check();
        uncertain("not_regex", pattern, "a").check();
    }

    @Test
    void shouldBoundPatterns() {
        assertThat(new PortableRegex("a".repeat(9_000)).verdict()).isEqualTo(Verdict.PORTABLE);
        assertThat(new PortableRegex("a".repeat(PortableRegex.MAX_LENGTH + 1)).verdict())
                .isEqualTo(Verdict.OUTSIDE);
        assertThat(new PortableRegex("(?:" + "ab".repeat(100) + "){200}").verdict())
                .isEqualTo(Verdict.OUTSIDE);
        assertThat(new PortableRegex("a{1000}".repeat(20)).verdict()).isEqualTo(Verdict.OUTSIDE);
        assertThat(new PortableRegex("(".repeat(100) + "a" + ")".repeat(100)).verdict())
                .isEqualTo(Verdict.PORTABLE);
        assertThat(new PortableRegex("(".repeat(101) + "a" + ")".repeat(101)).verdict())
                .isEqualTo(Verdict.OUTSIDE);
    }

    @Test
    void shouldBoundTexts() {
        yes("regex", "a$", "b".repeat(RegexMatcher.MAX_TEXT_LENGTH - 1) + "a").check();
        uncertain("regex", "a$", "b".repeat(RegexMatcher.MAX_TEXT_LENGTH) + "a").check();
        no("regex", "a{1000}$", "b".repeat(50)).check();
        uncertain("regex", "a{1000}$", "b".repeat(200)).check();
    }

    @Test
    void shouldNotThrowOnASmallStack() throws InterruptedException {
        List<String> patterns = List.of(
                "^(?:a{0,1000}){1}$",
                "^" + "(?:a|".repeat(100) + "b" + ")*".repeat(100) + "$",
                "^(?:a?){1000}$",
                "^(?:a{0,30}){0,30}$",
                "^" + "a|".repeat(2_000) + "a+$");
        Match[] answers = new Match[patterns.size()];
        Runnable all = () -> {
            for (int i = 0; i < answers.length; i++) {
                answers[i] =
                        MatcherCompiler.compile("regex", patterns.get(i), 1).test("aaa", Asked.CLOCK);
            }
        };
        Thread thread = new Thread(null, all, "small-stack", SMALL_STACK_BYTES);
        thread.start();
        thread.join(PATIENCE.toMillis());

        assertThat(answers).doesNotContainNull().doesNotContain(Match.NO);
        all.run();
        assertThat(answers).containsOnly(Match.YES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+$", "(a|aa)+$", "(.*)*x", "(a*)*b", "^(([a-z])+.)+[A-Z]([a-z])+$", "(.*a){12}b"})
    @Timeout(60)
    void shouldTakeLinearTime(String bomb) {
        String text = "a".repeat(1_999) + "!";
        long started = System.nanoTime();

        no("regex", bomb, text).check();

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(PATIENCE);
    }
}
