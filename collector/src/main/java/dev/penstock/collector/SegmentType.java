package dev.penstock.collector;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/** The six messages of Segment. */
enum SegmentType {
    IDENTIFY,
    TRACK,
    PAGE,
    SCREEN,
    GROUP,
    ALIAS;

    private static final SegmentType[] ALL = values();
    private static final char[][] WORDS = Arrays.stream(ALL)
            .map(type -> type.name().toLowerCase(Locale.ROOT).toCharArray())
            .toArray(char[][]::new);

    /** The type whose name a reader stands on, or null. */
    static SegmentType of(EventReader reader) throws IOException {
        for (SegmentType type : ALL) {
            if (reader.textIs(WORDS[type.ordinal()])) {
                return type;
            }
        }
        return null;
    }
}
