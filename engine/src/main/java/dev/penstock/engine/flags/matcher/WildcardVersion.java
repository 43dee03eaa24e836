package dev.penstock.engine.flags.matcher;

/** Ranges such as {@code 1.*} and {@code 1.2.*}. */
final class WildcardVersion {

    private WildcardVersion() {}

    /** Null if the text is no such range. */
    static PropertyMatcher compile(String text) {
        int start = VersionText.start(text);
        int end = VersionText.trimmedEnd(text, start);
        while (text.startsWith(".*", end - 2) && end - 2 >= start) {
            end -= 2;
        }
        if (end > start && text.charAt(end - 1) == '*') {
            end--;
        }
        int second = VersionText.next(text, start, end);
        boolean one = second == end;
        boolean endsWithPoint = end > start && text.charAt(end - 1) == '.';
        if (!VersionText.begins(text, start, end) || endsWithPoint || VersionText.next(text, second, end) != end) {
            return null;
        }
        Version low = Version.parse(text.substring(start, end));
        if (low == null || hasMoreThanNumbers(text, start, end)) {
            return null;
        }
        return SemverMatcher.within(low, one ? low.nextMajor() : low.nextMinor());
    }

    /** A version may carry a pre-release part, another {@code v} and blanks; a range may not. */
    private static boolean hasMoreThanNumbers(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c != '.' && (c < '0' || c > '9')) {
                return true;
            }
        }
        return false;
    }
}
