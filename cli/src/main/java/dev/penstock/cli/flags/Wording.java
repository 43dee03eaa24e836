package dev.penstock.cli.flags;

import dev.penstock.client.flags.FlagValue;
import dev.penstock.engine.flags.evaluation.FilterVerdict;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** How explanations put values. Stateless. */
final class Wording {
    private static final int MAX_VALUE = 120;
    private static final MathContext EXACT_DOUBLE = new MathContext(17);
    private static final String GROUP = "group ";

    /** How the evaluator names a group type that has no name, so that nobody can give its group. */
    private static final String UNNAMED_GROUP = "group of an unknown type";

    /** How matchers that no value can decide describe themselves. */
    private static final String LEFT_TO_SERVER = "is left to the server";

    private Wording() {}

    /** As JSON, cut where it is long. */
    static String value(Object value) {
        String text = JsonValues.write(value);
        return text.length() <= MAX_VALUE ? text : text.substring(0, MAX_VALUE) + "...";
    }

    /** A flag's value in a sentence. */
    static String answer(FlagValue value) {
        return value.isMissing() ? "not decided" : "`" + value + "`";
    }

    static String verdict(FilterVerdict verdict) {
        return switch (verdict) {
            case YES -> "yes";
            case NO -> "no";
            case UNCERTAIN -> "unknown";
            case NEEDS_SERVER -> "server";
        };
    }

    /** Without digits that say nothing: 50%, 33.333%. */
    static String percent(double percentage) {
        return Double.isFinite(percentage)
                ? new BigDecimal(Double.toString(percentage))
                                .stripTrailingZeros()
                                .toPlainString() + "%"
                : percentage + "%";
    }

    /** A place among 2^60 as the share it stands for, to the last digit, and as the digits it was made of. */
    static String hash(long hash) {
        return new BigDecimal(share(hash)).round(EXACT_DOUBLE).toPlainString() + " (" + hex(hash) + ")";
    }

    static double share(long hash) {
        return (double) hash / 0x1p60;
    }

    static String hex(long hash) {
        return String.format(Locale.ROOT, "%015x", hash);
    }

    /** The name of a subject's group type; null if it is no group or has no name. */
    static String groupType(String subject) {
        return subject.startsWith(GROUP) && !subject.equals(UNNAMED_GROUP) ? subject.substring(GROUP.length()) : null;
    }

    /** Whether a test cannot be decided here, whatever is given. */
    static boolean isLeftToServer(String test) {
        return test.startsWith(LEFT_TO_SERVER);
    }

    /** The command line's option for a property of a subject. */
    static String option(String subject, String property) {
        String type = groupType(subject);
        return type == null
                ? "--person " + shell(property + "=VALUE")
                : "--group-property " + shell(type + "." + property + "=VALUE");
    }

    /** Quoted where a shell would not take it as one plain word. */
    static String shell(String word) {
        return word.matches("[A-Za-z0-9_.,:=/@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
