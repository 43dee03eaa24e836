package dev.penstock.engine.encode;

import dev.penstock.engine.record.RecordLayout;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes the entries that belong to other objects than the properties: {@code $set}, {@code $set_once}, {@code $unset},
 * {@code $groups} and {@code $group_set}. A name given twice keeps its last value.
 *
 * <p><b>Threads:</b> one. <b>Allocation:</b> a map and the names; few events have such entries.
 */
final class SpaceWriter {

    private static final String[] NAMES = {"", "$set", "$set_once", "$unset", "$groups", "$group_set"};

    private static final byte[] NOTHING = {};

    private final EntryWriter entries;

    SpaceWriter(EntryWriter entries) {
        this.entries = entries;
    }

    /**
     * Where an entry is.
     *
     * @param at its index
     * @param text where its text begins
     */
    record Entry(int at, int text) {}

    /** The property that a space becomes. */
    static String nameOf(int space) {
        return NAMES[space];
    }

    /** Which spaces besides the properties the record at hand has, one bit each. */
    int used() {
        int used = 0;
        int at = entries.toEntries();
        while (at < entries.end()) {
            used |= 1 << entries.space(at);
            at = entries.skip(at);
        }
        return used & ~(1 << RecordLayout.SPACE_PROPERTIES);
    }

    /** Notes the names of the properties that these spaces become. */
    void noteNames(int used) {
        for (int space = RecordLayout.SPACE_PROPERTIES + 1; space < RecordLayout.EVENT_SPACES; space++) {
            if ((used & 1 << space) != 0) {
                entries.note(NAMES[space].hashCode());
            }
        }
    }

    /** Writes each of these spaces as a property with a comma before it. */
    void write(int used, JsonOutput out) {
        for (int space = RecordLayout.SPACE_PROPERTIES + 1; space < RecordLayout.EVENT_SPACES; space++) {
            if ((used & 1 << space) != 0) {
                writeOne(space, out);
            }
        }
    }

    private void writeOne(int space, JsonOutput out) {
        Map<String, Entry> last = last(space);
        boolean names = space == RecordLayout.SPACE_UNSET;
        out.append(JsonMember.of(NAMES[space], NOTHING));
        int start = out.length();
        for (Map.Entry<String, Entry> entry : last.entrySet()) {
            if (names) {
                out.ensure(1);
                out.put(',');
                out.append(JsonText.quoted(entry.getKey()));
            } else {
                entries.toText(entry.getValue().text());
                entries.member(entry.getValue().at(), out);
            }
        }
        out.close(start, names ? '[' : '{', names ? ']' : '}');
    }

    private Map<String, Entry> last(int space) {
        Map<String, Entry> last = new LinkedHashMap<>();
        int at = entries.toEntries();
        while (at < entries.end()) {
            if (entries.space(at) == space) {
                last.put(entries.keyAt(at), new Entry(at, entries.textAt()));
            }
            at = entries.skip(at);
        }
        return last;
    }
}
