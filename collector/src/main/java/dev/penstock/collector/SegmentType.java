package dev.penstock.collector;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** The six messages of Segment. */
enum SegmentType {
    IDENTIFY,
    TRACK,
    PAGE,
    SCREEN,
    GROUP,
    ALIAS;

    private static final SegmentType[] ALL = values();
    private static final char[][] WORDS =
            Arrays.stream(ALL).map(type -> type.toString().toCharArray()).toArray(char[][]::new);
    private static final Set<String> PROPERTIES = Set.of("properties");
    private static final Set<String> TRAITS = Set.of("traits");

    /** The type whose name a reader stands on, or null. */
    static SegmentType of(EventReader reader) throws IOException {
        for (SegmentType type : ALL) {
            if (reader.textIs(WORDS[type.ordinal()])) {
                return type;
            }
        }
        return null;
    }

    /** The type of a name that is one. */
    static SegmentType named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The member that holds what is said beside the ids; an alias has none. */
    Set<String> propertiesField() {
        return switch (this) {
            case IDENTIFY, GROUP -> TRAITS;
            case TRACK, PAGE, SCREEN -> PROPERTIES;
            case ALIAS -> Set.of();
        };
    }

    /** The name on the wire. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
