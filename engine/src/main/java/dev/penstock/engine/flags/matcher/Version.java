package dev.penstock.engine.flags.matcher;

/** A version in a filter, and the versions that bound ranges around it. */
record Version(long major, long minor, long patch) {

    /** Null if the text is no version. */
    static Version parse(String text) {
        int start = VersionText.start(text);
        int end = VersionText.end(text, start);
        if (!VersionText.begins(text, start, end)) {
            return null;
        }
        int second = VersionText.next(text, start, end);
        int third = VersionText.next(text, second, end);
        return of(
                VersionText.number(text, start, end),
                VersionText.number(text, second, end),
                VersionText.number(text, third, end));
    }

    private static Version of(long major, long minor, long patch) {
        return major < 0 || minor < 0 || patch < 0 ? null : new Version(major, minor, patch);
    }

    int compareTo(long otherMajor, long otherMinor, long otherPatch) {
        if (major != otherMajor) {
            return major < otherMajor ? -1 : 1;
        }
        if (minor != otherMinor) {
            return minor < otherMinor ? -1 : 1;
        }
        return Long.compare(patch, otherPatch);
    }

    /** Null, as in the other two, if the number is the largest there is. */
    Version nextMajor() {
        return of(major + 1, 0, 0);
    }

    Version nextMinor() {
        return of(major, minor + 1, 0);
    }

    private Version nextPatch() {
        return of(major, minor, patch + 1);
    }

    /** The first version that may break what used this one. */
    Version nextBreaking() {
        if (major > 0) {
            return nextMajor();
        }
        return minor > 0 ? nextMinor() : nextPatch();
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
