package dev.penstock.engine.flags.matcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Asking a matcher leaves nothing to the garbage collector. */
class MatcherAllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int WARM_UP = 20_000;
    private static final int CALLS = 200_000;

    /** Less than a byte in ten calls: what the compiler itself may cost the thread. */
    private static final double NOISE = 0.1;

    /** Large enough for no cache of boxes to hold them. */
    private static final Object[] PLAIN = {
        null,
        true,
        123_456_789_012L,
        -7L,
        "",
        "Pro",
        "caf\u00e9",
        "123.5",
        " -12.25e3 ",
        "1.2.3-rc",
        "2026-03-15",
        "2026-03-15T12:00:00.25+01:00",
        "a fairly long text, of which much has to be read"
    };

    private static final Object[] DOUBLES = {1.5, -0.0, 1234.5678};

    private record Subject(String operator, Object filterValue, boolean alsoDoubles) {}

    static Stream<Subject> subjects() {
        List<String> many = IntStream.range(0, 50).mapToObj(i -> "plan-" + i).toList();
        return Stream.of(
                new Subject("exact", "pro", true),
                new Subject("is_not", List.of("pro", "team", 7L, 1.5), true),
                new Subject("exact", many, true),
                new Subject("exact", true, true),
                new Subject("icontains", "much HAS", false),
                new Subject("not_icontains", "890", false),
                new Subject("starts_with", "12", false),
                new Subject("ends_with", "read", false),
                new Subject("gt", 100L, true),
                new Subject("lte", "99.5", true),
                new Subject("lt", "team", true),
                new Subject("gte", ".5x", false),
                new Subject("is_date_before", "2026-03-15T11:00:00.25Z", true),
                new Subject("is_date_after", "-7d", true),
                new Subject("is_date_after", "13m", true),
                new Subject("is_date_after", "2y", true),
                new Subject("semver_gte", "1.2", false),
                new Subject("semver_neq", "v1.2.3", false),
                new Subject("semver_caret", "1.2.3", false),
                new Subject("semver_wildcard", "1.*", false),
                new Subject("is_set", null, true),
                new Subject("unknown", null, true));
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void shouldNotAllocate(Subject subject) {
        PropertyMatcher matcher = MatcherCompiler.compile(subject.operator(), subject.filterValue(), 1);
        Object[] values = subject.alsoDoubles() ? concatenated() : PLAIN;
        int sum = ask(matcher, values, WARM_UP);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        sum += ask(matcher, values, CALLS);
        long after = THREADS.getCurrentThreadAllocatedBytes();

        assertThat((double) (after - before) / CALLS).isLessThan(NOISE);
        assertThat(sum).isNotNegative();
    }

    private static Object[] concatenated() {
        Object[] all = Arrays.copyOf(PLAIN, PLAIN.length + DOUBLES.length);
        System.arraycopy(DOUBLES, 0, all, PLAIN.length, DOUBLES.length);
        return all;
    }

    private static int ask(PropertyMatcher matcher, Object[] values, int calls) {
        int sum = 0;
        for (int i = 0; i < calls; i++) {
            sum += matcher.test(values[i % values.length], Asked.CLOCK).ordinal();
        }
        return sum;
    }
}
