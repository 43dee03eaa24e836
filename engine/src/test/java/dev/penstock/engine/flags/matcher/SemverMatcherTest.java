package dev.penstock.engine.flags.matcher;

import static dev.penstock.engine.flags.matcher.Asked.no;
import static dev.penstock.engine.flags.matcher.Asked.uncertain;
import static dev.penstock.engine.flags.matcher.Asked.yes;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SemverMatcherTest {

    private static final String LARGEST = Long.toString(Long.MAX_VALUE);

    static Stream<Asked> equal() {
        return Stream.of(
                yes("semver_eq", "1.2.3", "1.2.3"),
                yes("semver_eq", "v1.2.3", " V1.2.3\n"),
                yes("semver_eq", "1.2.3", "1.2.3-alpha.1"),
                yes("semver_eq", "1.2.3+b", "1.2.3-rc+b-7"),
                yes("semver_eq", "1.2.3", "1.2.3-"),
                yes("semver_eq", "1.2.0", "1.2."),
                yes("semver_eq", "1.0.3", "1..3"),
                yes("semver_eq", "1", "1.0.0"),
                yes("semver_eq", "1.2.3", "1.2.3.x.y"),
                yes("semver_eq", "0", "0.0.0"),
                yes("semver_eq", 2L, "2.0.0"),
                yes("semver_eq", "2", 2L),
                yes("semver_eq", 1.5, "1.5.0"),
                yes("semver_eq", "1.5", 1.5),
                yes("semver_eq", LARGEST, Long.MAX_VALUE),
                no("semver_eq", "1.2.3", "1.2.4"),
                no("semver_eq", "1.2.3", "1.3.3"),
                no("semver_eq", "1.2.3", "2.2.3"));
    }

    static Stream<Asked> ordered() {
        return Stream.of(
                yes("semver_gt", "1.9.0", "1.10.0"),
                no("semver_gt", "1.10.0", "1.10"),
                yes("semver_gte", "1.10.0", "1.10"),
                no("semver_gte", "1.10.1", "1.10"),
                yes("semver_lt", "1.10.1", "1.10"),
                no("semver_lt", "1.10", "1.10"),
                yes("semver_lte", "1.10", "1.10"),
                no("semver_lte", "1.10", "1.10.1"),
                no("semver_gt", "1.2.3-alpha", "1.2.3"),
                yes("semver_gt", "2147483647", "2147483648.0.0"),
                yes("semver_gt", "0.9", 1L),
                no("semver_gt", "1", null),
                no("semver_neq", "1", null));
    }

    static Stream<Asked> ranges() {
        return Stream.of(
                yes("semver_tilde", "1.2.3", "1.2.3"),
                yes("semver_tilde", "1.2.3", "1.2.99"),
                no("semver_tilde", "1.2.3", "1.2.2"),
                no("semver_tilde", "1.2.3", "1.3.0"),
                yes("semver_caret", "1.2.3", "1.99.0"),
                no("semver_caret", "1.2.3", "1.2.2"),
                no("semver_caret", "1.2.3", "2.0.0"),
                yes("semver_caret", "0.2.3", "0.2.9"),
                no("semver_caret", "0.2.3", "0.3.0"),
                yes("semver_caret", "0.0.3", "0.0.3"),
                no("semver_caret", "0.0.3", "0.0.4"),
                yes("semver_caret", "0.0.0", "0.0.0"),
                no("semver_caret", "0.0.0", "0.0.1"),
                yes("semver_wildcard", "1.*", "1.0.0"),
                yes("semver_wildcard", "1.*", "1.99"),
                no("semver_wildcard", "1.*", "2"),
                no("semver_wildcard", "1.*", "0.9.9"),
                yes("semver_wildcard", " v1.*.* ", "1.5"),
                yes("semver_wildcard", "1*", "1.5"),
                yes("semver_wildcard", "1", "1.5"),
                yes("semver_wildcard", 1L, "1.5"),
                yes("semver_wildcard", "1.2.*", "1.2.5"),
                yes("semver_wildcard", "1.2", "1.2.5"),
                no("semver_wildcard", "1.2.*", "1.3"),
                yes("semver_wildcard", "1.2*", "1.2.5"),
                no("semver_wildcard", "1.2.3", null));
    }

    @ParameterizedTest
    @MethodSource({"equal", "ordered", "ranges"})
    void shouldCompareVersions(Asked row) {
        row.check();
    }

    @ParameterizedTest
    @MethodSource("equal")
    void shouldNegateEquality(Asked row) {
        row.negated("semver_neq").check();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "v",
                "vv1.2",
                "v 1",
                ".1",
                "-1",
                "-1.2.3",
                "+b",
                "01.2.3",
                "1.02",
                "1.2.00",
                "1.x",
                "1.2.x",
                "1.2.3 beta",
                "a",
                "1,2",
                "1.2.9223372036854775808",
                "99999999999999999999",
                "\u0661.2",
                "\u00A01.2",
                "*"
            })
    void shouldNotDecideWithoutAVersionOnEitherSide(String text) {
        for (String operator : List.of("eq", "neq", "gt", "gte", "lt", "lte", "tilde", "caret")) {
            uncertain("semver_" + operator, "1.2.3", text).check();
            uncertain("semver_" + operator, text, "1.2.3").check();
        }
        uncertain("semver_wildcard", "1.*", text).check();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "*", "v*", ".*", "1.**", "1.2.3", "1.2.3.*", "1.", "1.2.", "1..*", "01.*", "1.02.*", "1.x", "1.*.2",
                "1-a.*", "1.2+b", "vv1.*", "v v1", "1 .*", "-1.*"
            })
    void shouldNotDecideWithAnythingElseThanAWildcard(String text) {
        uncertain("semver_wildcard", text, "1.2.3").check();
        no("semver_wildcard", text, null).check();
    }

    @Test
    void shouldNotDecideBeyondTheLargestNumber() {
        uncertain("semver_caret", LARGEST, "1").check();
        uncertain("semver_tilde", "1." + LARGEST, "1").check();
        uncertain("semver_caret", "0.0." + LARGEST, "1").check();
        uncertain("semver_wildcard", LARGEST + ".*", "1").check();
    }

    @Test
    void shouldNotDecideOtherValues() {
        for (Object value : List.of(true, -1L, -1.5, 1e-5, 1e21, Double.NaN, List.of("1.2.3"), Map.of(), 1)) {
            uncertain("semver_neq", "1.2.3", value).check();
        }
    }
}
