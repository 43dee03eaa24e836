package dev.penstock.engine.flags.evaluation;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * All flags of one load, compiled. Whoever reads one flag reads the flags and cohorts it depends on from the same load.
 *
 * <p><b>Threads:</b> immutable; any.
 */
public final class FlagSnapshot {

    /** Nothing was loaded. */
    public static final FlagSnapshot EMPTY =
            new FlagSnapshot(List.of(), 0, Content.EMPTY, 0, 0, new Source(false, 0, 0, 0, null));

    private final CompiledFlag[] flags;
    private final int size;

    /** Flags at the places that their keys' hashes give, or the next ones free; at most half full. */
    private final CompiledFlag[] byKey;

    private final Set<String> excluded;
    private final Content content;
    private final int verdictCells;
    private final int groupTypes;
    private final Source source;

    /**
     * Makes a snapshot.
     *
     * @param flags the flags by ordinal, the excluded ones last
     * @param size how many are not excluded
     * @param content digests of what was compiled
     * @param verdictCells how many verdicts of cohorts and filters are remembered
     * @param groupTypes how many group types are used
     * @param source where it comes from
     */
    FlagSnapshot(List<CompiledFlag> flags, int size, Content content, int verdictCells, int groupTypes, Source source) {
        this.flags = flags.toArray(new CompiledFlag[0]);
        this.size = size;
        this.content = content;
        this.verdictCells = verdictCells;
        this.groupTypes = groupTypes;
        this.source = source;
        this.byKey = new CompiledFlag[Integer.highestOneBit(Math.max(1, size)) * 4];
        Set<String> keys = new HashSet<>();
        flags.subList(size, flags.size()).forEach(flag -> keys.add(flag.key()));
        this.excluded = Set.copyOf(keys);
        for (int i = 0; i < size; i++) {
            int place = place(this.flags[i].key());
            while (byKey[place] != null) {
                place = (place + 1) & (byKey.length - 1);
            }
            byKey[place] = this.flags[i];
        }
    }

    private int place(String key) {
        int hash = key.hashCode();
        return (hash ^ (hash >>> 16)) & (byKey.length - 1);
    }

    /** Where a snapshot comes from. */
    record Source(boolean minimalUsageEvents, long loadedAtMs, int malformed, int skipped, String problem) {}

    /**
     * Finds a flag.
     *
     * @param key the flag's key; null is allowed
     * @return the flag; null if there is none, or its evaluation contexts exclude it
     */
    public CompiledFlag flag(String key) {
        if (key == null) {
            return null;
        }
        int place = place(key);
        for (CompiledFlag flag = byKey[place]; flag != null; flag = byKey[place]) {
            if (flag.key().equals(key)) {
                return flag;
            }
            place = (place + 1) & (byKey.length - 1);
        }
        return null;
    }

    /**
     * Whether definitions have been loaded, if only without flags.
     *
     * @return false for {@link #EMPTY}
     */
    public boolean isLoaded() {
        return source.loadedAtMs() > 0;
    }

    /**
     * Whether a key is that of a flag whose evaluation contexts keep it from being evaluated here.
     *
     * @param key any key
     * @return true if there is such a flag
     */
    public boolean isExcluded(String key) {
        return excluded.contains(key);
    }

    /**
     * The flag with an ordinal.
     *
     * @param ordinal from zero, below {@link #size()}
     * @return the flag
     */
    public CompiledFlag flag(int ordinal) {
        return flags[ordinal];
    }

    /**
     * How many flags there are.
     *
     * @return the number, without those that evaluation contexts exclude
     */
    public int size() {
        return size;
    }

    /**
     * The keys of all flags.
     *
     * @return a new set in the order of the definitions
     */
    public Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>();
        for (int i = 0; i < size; i++) {
            keys.add(flags[i].key());
        }
        return keys;
    }

    /**
     * Whether the usage events of flags without experiments are to be minimal.
     *
     * @return the gate
     */
    public boolean minimalUsageEvents() {
        return source.minimalUsageEvents();
    }

    /**
     * When the definitions were loaded.
     *
     * @return milliseconds since 1970; zero if nothing was loaded
     */
    public long loadedAtMs() {
        return source.loadedAtMs();
    }

    /**
     * How many flags are not usable, and always inconclusive.
     *
     * @return the number
     */
    public int malformed() {
        return source.malformed();
    }

    /**
     * How many entries among the flags were none.
     *
     * @return the number
     */
    public int skipped() {
        return source.skipped();
    }

    /**
     * What is wrong with the first flag that is not usable.
     *
     * @return a phrase with the flag's key; null if all are usable
     */
    public String problem() {
        return source.problem();
    }

    Content content() {
        return content;
    }

    int flagCells() {
        return flags.length;
    }

    int verdictCells() {
        return verdictCells;
    }

    int buckets() {
        return Subject.buckets(groupTypes);
    }
}
