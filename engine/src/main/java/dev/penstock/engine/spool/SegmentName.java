package dev.penstock.engine.spool;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of files: a segment's carries its number, and one that is being made has another ending. */
final class SegmentName {

    /** Locked while a client owns the directory; its content names the owner's process. */
    static final String LOCK = "spool.lock";

    /** The directory for files that are not ours or damaged. */
    static final String SET_ASIDE = "set-aside";

    /** What a file set aside ends with. */
    static final String DAMAGED = ".damaged";

    /** Above all numbers, so that a number and an index make one positive long. */
    static final long MAX_NUMBER = Integer.MAX_VALUE;

    static final long NO_NUMBER = -1;

    private static final Pattern SEGMENT = Pattern.compile("spool-([0-9]{10})\\.segment");
    private static final Pattern HALF_MADE = Pattern.compile("spool-[0-9]{10}\\.new");

    private SegmentName() {}

    static String of(long number) {
        return String.format(Locale.ROOT, "spool-%010d.segment", number);
    }

    static String halfMade(long number) {
        return String.format(Locale.ROOT, "spool-%010d.new", number);
    }

    /** The number in a segment's name, which may be above {@link #MAX_NUMBER}; {@link #NO_NUMBER} for other names. */
    static long number(String name) {
        Matcher matcher = SEGMENT.matcher(name);
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : NO_NUMBER;
    }

    static boolean isHalfMade(String name) {
        return HALF_MADE.matcher(name).matches();
    }

    /** Whether the name belongs to the spool and is neither a segment's nor that of one half made. */
    static boolean isHousehold(String name) {
        return name.equals(LOCK) || name.equals(SET_ASIDE);
    }

    /** Whether a name is none of the spool's. */
    static boolean isForeign(String name) {
        return !isHousehold(name) && !isHalfMade(name) && number(name) == NO_NUMBER;
    }

    /** Names of others as they may be shown in one line. */
    static String shown(List<String> names) {
        return String.join(", ", names).replaceAll("\\p{Cntrl}", "?");
    }
}
