package dev.penstock.engine.flags.matcher;

/**
 * Whether a text contains, begins with or ends with another, ASCII letters in either case.
 *
 * <p>The search reads every character once (Knuth, Morris and Pratt), so no definition and no value makes it slow, and
 * a long is read digit by digit.
 */
final class ContainmentMatcher extends TextMatcher {

    enum Place {
        ANYWHERE("contains ", "does not contain "),
        START("starts with ", "does not start with "),
        END("ends with ", "does not end with ");

        private final String verb;
        private final String negatedVerb;

        Place(String verb, String negatedVerb) {
            this.verb = verb;
            this.negatedVerb = negatedVerb;
        }
    }

    private final Place place;
    private final String asked;
    private final String sought;

    /** After so many characters found, how many still count if the next one differs. */
    private final int[] fallback;

    ContainmentMatcher(Place place, String asked, boolean negated, DoubleSpelling... spellings) {
        super(negated, spellings);
        this.place = place;
        this.asked = asked;
        this.sought = AsciiCase.lower(asked);
        this.fallback = fallback(this.sought);
    }

    private static int[] fallback(String sought) {
        int[] fallback = new int[sought.length() + 1];
        int found = 0;
        for (int i = 1; i < sought.length(); i++) {
            while (found > 0 && sought.charAt(i) != sought.charAt(found)) {
                found = fallback[found];
            }
            found += sought.charAt(i) == sought.charAt(found) ? 1 : 0;
            fallback[i + 1] = found;
        }
        return fallback;
    }

    @Override
    Match decideText(String text) {
        return decide(text, 0, text.length());
    }

    @Override
    Match decideLong(long value) {
        return decide(null, value, LongText.length(value));
    }

    private Match decide(String text, long number, int length) {
        if (sought.length() > length) {
            return Match.NO;
        }
        return Match.of(
                switch (place) {
                    case ANYWHERE -> occurs(text, number, length);
                    case START -> standsAt(0, text, number, length);
                    case END -> standsAt(length - sought.length(), text, number, length);
                });
    }

    private boolean standsAt(int start, String text, long number, int length) {
        for (int i = 0; i < sought.length(); i++) {
            if (charAt(text, number, length, start + i) != sought.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean occurs(String text, long number, int length) {
        int found = 0;
        for (int i = 0; i < length && found < sought.length(); i++) {
            char c = charAt(text, number, length, i);
            while (found > 0 && c != sought.charAt(found)) {
                found = fallback[found];
            }
            found += c == sought.charAt(found) ? 1 : 0;
        }
        return found == sought.length();
    }

    /** The character of the text, or of the number if there is no text. */
    private static char charAt(String text, long number, int length, int index) {
        return text == null ? LongText.charAt(number, length, index) : AsciiCase.lower(text.charAt(index));
    }

    @Override
    public String describe() {
        return (negated() ? place.negatedVerb : place.verb) + Wording.value(asked);
    }
}
