package dev.penstock.engine.flags.matcher;

import static dev.penstock.engine.flags.matcher.Asked.no;
import static dev.penstock.engine.flags.matcher.Asked.uncertain;
import static dev.penstock.engine.flags.matcher.Asked.yes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.record.TestSeed;
import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateMatcherTest {

    static Stream<Asked> rows() {
        return Stream.of(
                yes("is_date_before", "2026-03-15", "2026-03-14"),
                no("is_date_before", "2026-03-15", "2026-03-15"),
                no("is_date_after", "2026-03-15", "2026-03-15T00:00:00Z"),
                yes("is_date_after", "2026-03-15", "2026-03-15T00:00:00.000000001Z"),
                no("is_date_after", "2026-03-15T00:00:00.1", "2026-03-15T00:00:00.100"),
                no("is_date_after", "2026-03-15T00:00:00.1234567891", "2026-03-15T00:00:00.1234567899"),
                no("is_date_before", "2026-03-15T12:00", "2026-03-15 17:30 +0530"),
                yes("is_date_before", "2026-03-15T12:00", "2026-03-15T17:29:59+05:30"),
                yes("is_date_after", "2026-03-15T12:00:00-08:00", "2026-03-15T20:00:01"),
                no("is_date_after", "2026-03-15", null),
                no("is_date_after", "7d", null),
                no("is_date_after", "never", null),
                uncertain("is_date_after", "never", "2026-03-15"),
                uncertain("is_date_after", true, "2026-03-15"),
                uncertain("is_date_after", null, "2026-03-15"),
                uncertain("is_date_after", 20240101L, "2026-03-15"),
                uncertain("is_date_after", "2026-03-15", true),
                uncertain("is_date_after", "2026-03-15", 1_700_000_000L),
                uncertain("is_date_after", "2026-03-15", 1.7e9),
                uncertain("is_date_after", "2026-03-15", BigInteger.TEN.pow(30)),
                uncertain("is_date_after", "2026-03-15", List.of("2026-03-16")),
                uncertain("is_date_after", "2026-03-15", Instant.EPOCH),
                uncertain("is_date_after", "2026-03-15", "7d"),
                no("is_date_after", "-0d", "2026-03-15T12:00:00Z"),
                yes("is_date_after", "1h", "2026-03-15T11:00:01Z"),
                no("is_date_after", "1h", "2026-03-15T11:00:00Z"),
                no("is_date_before", "1h", "2026-03-15T11:00:00Z"),
                yes("is_date_before", "-1h", "2026-03-15T10:59:59Z"),
                uncertain("is_date_after", "9999y", "2026-03-15"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldCompareInstants(Asked row) {
        row.check();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-02-29",
                " 2024-02-29 ",
                "2024-02-29T00:00",
                "2024-02-29 00:00",
                "2024-02-29T00:00:00",
                "2024-02-29T00:00:00.0",
                "2024-02-29T00:00Z",
                "2024-02-29 00:00:00 Z",
                "2024-02-29T00:00:00.000+00:00",
                "2024-02-29T01:30+01:30",
                "2024-02-28T00:01-2359",
                "2024-02-29T23:59:00 +23:59"
            })
    void shouldReadEveryFormOfOneInstant(String text) {
        assertThat(DateText.epochSecond(text)).isEqualTo(1_709_164_800L);
        assertThat(DateText.nanos(text)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "2024",
                "20240101",
                "12/31/2024",
                "2024-1-1",
                "2024-02-30",
                "2023-02-29",
                "1900-02-29",
                "2024-00-01",
                "2024-13-01",
                "2024-01-00",
                "2024-01-32",
                "2024-04-31",
                "0000-01-01",
                "+2024-01-01",
                "2024-01-01T",
                "2024-01-01T1",
                "2024-01-01T01",
                "2024-01-01T01:",
                "2024-01-01T01:00:",
                "2024-01-01T24:00",
                "2024-01-01T01:60",
                "2024-01-01T01:00:60",
                "2024-01-01T01:00:00.",
                "2024-01-01T01:00.5",
                "2024-01-01T01:00:00.Z",
                "2024-01-01t01:00",
                "2024-01-01T01:00z",
                "2024-01-01  01:00",
                "2024-01-01Z",
                "2024-01-01T01:00  Z",
                "2024-01-01T01:00ZZ",
                "2024-01-01T01:00+01",
                "2024-01-01T01:00+1:00",
                "2024-01-01T01:00+24:00",
                "2024-01-01T01:00+01:60",
                "2024-01-01T01:00+01:0",
                "2024-01-01T01:00 +",
                "2024-01-01T01:00+010",
                "2024-01-01T01:00+01000",
                "\t2024-01-01",
                "2024-01-01\n",
                "2024-01-01 UTC",
                "0001-01-01T00:00+00:01",
                "9999-12-31T23:59-00:01",
                "\u0662024-01-01",
                "yesterday"
            })
    void shouldReadNothingElse(String text) {
        assertThat(DateText.epochSecond(text)).isEqualTo(DateText.INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "-", "d", "-d", "--1d", "+1d", "1D", "1s", "1.5d", " 1d", "1d ", "1 d", "10000d", "1d1", "\u0661d"
            })
    void shouldNotTakeAnythingElseForRelative(String text) {
        assertThat(RelativeDate.parse(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-05-31T10:20:30Z, 1m, 2026-04-30T10:20:30Z",
        "2026-05-31T10:20:30Z, 3m, 2026-02-28T10:20:30Z",
        "2024-05-31T10:20:30Z, 3m, 2024-02-29T10:20:30Z",
        "2024-05-31T10:20:30Z, -12m, 2023-05-29T10:20:30Z",
        "2026-05-31T10:20:30Z, 12m, 2025-05-28T10:20:30Z",
        "2026-05-31T10:20:30Z, 0m, 2026-05-31T10:20:30Z",
        "2026-01-15T00:00:00Z, 1m, 2025-12-15T00:00:00Z",
        "2026-03-15T00:00:00Z, 9999m, 1192-12-15T00:00:00Z",
        "2024-02-29T00:00:00Z, 1y, 2023-02-28T00:00:00Z",
        "2024-02-29T00:00:00Z, 4y, 2020-02-28T00:00:00Z",
        "2024-02-29T00:00:00Z, 0y, 2024-02-29T00:00:00Z",
        "2024-03-31T01:02:03Z, 10y, 2014-03-31T01:02:03Z",
        "2026-03-15T12:00:00Z, 2025y, 0001-03-15T12:00:00Z",
        "2026-03-15T12:00:00Z, 9999h, 2025-01-22T21:00:00Z",
        "2026-03-15T12:00:00Z, 0007d, 2026-03-08T12:00:00Z",
        "2026-03-15T12:00:00Z, 2w, 2026-03-01T12:00:00Z"
    })
    void shouldGoBackFromNow(Instant now, String text, Instant expected) {
        assertThat(RelativeDate.parse(text).epochSecond(now.toEpochMilli())).isEqualTo(expected.getEpochSecond());
    }

    @Test
    void shouldLeaveTheFirstYearToTheServer() {
        Instant now = Instant.parse("2026-03-15T12:00:00Z");

        assertThat(RelativeDate.parse("2026y").epochSecond(now.toEpochMilli())).isEqualTo(DateText.INVALID);
    }

    @Test
    void shouldKeepMillisecondsOfTheClock() {
        InstantSource clock = InstantSource.fixed(Instant.parse("2024-02-29T23:59:59.500Z"));
        PropertyMatcher after = MatcherCompiler.compile("is_date_after", "1d", 1);

        assertThat(after.test("2024-02-28T23:59:59.5Z", clock)).isEqualTo(Match.NO);
        assertThat(after.test("2024-02-28T23:59:59.500000001Z", clock)).isEqualTo(Match.YES);
    }

    @Test
    void shouldNotDecideWithoutAClock() {
        assertThat(MatcherCompiler.compile("is_date_after", "1d", 1).test("2026-01-01", null))
                .isEqualTo(Match.UNCERTAIN);
    }

    @Test
    void shouldAgreeWithTheCalendar() {
        TestSeed.run(random -> {
            for (int run = 0; run < 200_000; run++) {
                LocalDate date = LocalDate.ofEpochDay(random.nextLong(-719_162, 2_932_897));
                long day = date.toEpochDay();

                assertThat(CivilDate.epochDay(date.getYear(), date.getMonthValue(), date.getDayOfMonth()))
                        .isEqualTo(day);
                assertThat(CivilDate.year(day)).isEqualTo(date.getYear());
                assertThat(CivilDate.month(day)).isEqualTo(date.getMonthValue());
                assertThat(CivilDate.day(day)).isEqualTo(date.getDayOfMonth());
            }
        });
    }

    @Test
    void shouldGoBackMonthByMonth() {
        TestSeed.run(random -> {
            for (int run = 0; run < 2_000; run++) {
                LocalDateTime now = LocalDateTime.ofEpochSecond(random.nextLong(0, 8_000_000_000L), 0, ZoneOffset.UTC);
                int count = random.nextInt(200);
                LocalDateTime expected = now;
                for (int step = 0; step < count; step++) {
                    expected = expected.minusMonths(1);
                }

                assertThat(new RelativeDate(count, 'm').epochSecond(now.toEpochSecond(ZoneOffset.UTC) * 1_000))
                        .as("%s less %d months", now, count)
                        .isEqualTo(expected.toEpochSecond(ZoneOffset.UTC));
            }
        });
    }
}
