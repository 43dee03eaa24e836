package dev.penstock.engine.flags.matcher;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A regular expression found anywhere in a text.
 *
 * <p>RE2/J's time is the product of the text's length and the program's size, never more; both are bounded, and so is the
 * product. It recurses as deep as a pattern has optional parts in a row; a stack too short for that makes the answer
 * uncertain. Matching may allocate.
 */
final class RegexMatcher extends TextMatcher {

    /** Longer texts are not matched. */
    static final int MAX_TEXT_LENGTH = 10_000;

    /** Nor are texts that would take more steps than this, which is one or two milliseconds. */
    static final long MAX_STEPS = 200_000;

    private static final int ASCII = 0x80;

    private final String source;
    private final Pattern pattern;
    private final long programSize;

    private RegexMatcher(
            String source, Pattern pattern, long programSize, boolean negated, DoubleSpelling... spellings) {
        super(negated, spellings);
        this.source = source;
        this.pattern = pattern;
        this.programSize = programSize;
    }

    static PropertyMatcher compile(String source, boolean negated, DoubleSpelling... spellings) {
        PortableRegex regex = new PortableRegex(source);
        return switch (regex.verdict()) {
            case INVALID ->
                FixedMatcher.always(Match.NO, "never matches, for no regular expression is " + Wording.value(source));
            case OUTSIDE -> undecided(source);
            case PORTABLE -> {
                try {
                    Pattern pattern = Pattern.compile(regex.translated());
                    yield new RegexMatcher(source, pattern, regex.programSize(), negated, spellings);
                } catch (PatternSyntaxException | StackOverflowError e) {
                    yield undecided(source);
                }
            }
        };
    }

    private static PropertyMatcher undecided(String source) {
        return FixedMatcher.always(
                Match.UNCERTAIN, "is left to the server, for not everyone reads alike " + Wording.value(source));
    }

    @Override
    Match decideText(String text) {
        if (source.isEmpty()) {
            return Match.YES;
        }
        boolean bounded = text.length() <= MAX_TEXT_LENGTH && text.length() * programSize <= MAX_STEPS;
        return bounded && isPortable(text) ? search(text) : Match.UNCERTAIN;
    }

    private Match search(String text) {
        try {
            return Match.of(pattern.matcher(text).find());
        } catch (StackOverflowError e) {
            return Match.UNCERTAIN;
        }
    }

    private static boolean isPortable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ASCII || c == '\r') {
                return false;
            }
        }
        return true;
    }

    @Override
    Match decideLong(long value) {
        return decideText(Long.toString(value));
    }

    @Override
    public String describe() {
        return (negated() ? "does not match " : "matches ") + Wording.value(source);
    }
}
