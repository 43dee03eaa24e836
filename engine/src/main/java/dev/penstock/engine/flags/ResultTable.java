package dev.penstock.engine.flags;

import dev.penstock.client.flags.FlagValue;
import dev.penstock.engine.flags.evaluation.CompiledFlag;
import dev.penstock.engine.flags.evaluation.FlagSnapshot;
import dev.penstock.engine.flags.result.EvaluatedFlag;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * Results by key. Those of a whole snapshot stand in an array of outcomes by ordinal, so that evaluating all flags fills an
 * array and builds no map; the few that come from elsewhere stand in a map and win.
 *
 * <p><b>Threads:</b> immutable once handed out; any.
 */
final class ResultTable {

    private final FlagSnapshot snapshot;
    private final int[] outcomes;
    private final Map<String, EvaluatedFlag> others;

    /**
     * Makes a table.
     *
     * @param snapshot where ordinals come from
     * @param outcomes what came of each flag of the snapshot, which answers by it; owned by the table from now on
     * @param others results by key that are not in the array, or stand instead of one there
     */
    ResultTable(FlagSnapshot snapshot, int[] outcomes, Map<String, EvaluatedFlag> others) {
        this.snapshot = snapshot;
        this.outcomes = outcomes;
        this.others = others;
    }

    static ResultTable of(Map<String, EvaluatedFlag> results) {
        return new ResultTable(FlagSnapshot.EMPTY, new int[0], results);
    }

    /** This table with further results. */
    ResultTable with(Map<String, EvaluatedFlag> more) {
        Map<String, EvaluatedFlag> all = new HashMap<>(more);
        all.putAll(others);
        return new ResultTable(snapshot, outcomes, all);
    }

    /** The result of a flag, or null if it has none. A result may be that a flag is missing. A key may be null. */
    EvaluatedFlag get(String key) {
        EvaluatedFlag other = other(key);
        if (other != null) {
            return other;
        }
        CompiledFlag flag = snapshot.flag(key);
        return flag == null ? null : at(flag.ordinal());
    }

    /** The result of a flag if it comes from elsewhere than the snapshot, else null. */
    EvaluatedFlag other(String key) {
        return others.isEmpty() || key == null ? null : others.get(key);
    }

    /** The snapshot's flag of a key, or null. */
    CompiledFlag flag(String key) {
        return snapshot.flag(key);
    }

    /** The result of a flag of the snapshot, or null if it has none. */
    EvaluatedFlag at(int ordinal) {
        return ordinal < outcomes.length ? snapshot.flag(ordinal).answer(outcomes[ordinal]) : null;
    }

    /** How many flags the snapshot has results for. */
    int ordinals() {
        return outcomes.length;
    }

    /** Whether the flag stands for a value, not for the lack of one. */
    private static boolean hasValue(EvaluatedFlag result) {
        return result != null && !result.value().isMissing();
    }

    private boolean isReplaced(EvaluatedFlag result) {
        return !others.isEmpty() && others.containsKey(result.key());
    }

    /** Results that have a value, in no particular order. */
    Iterable<EvaluatedFlag> results() {
        return () -> new Iterator<>() {
            private int ordinal;
            private final Iterator<EvaluatedFlag> rest = others.values().iterator();
            private EvaluatedFlag next = advance();

            private EvaluatedFlag advance() {
                while (ordinal < outcomes.length) {
                    EvaluatedFlag result = at(ordinal++);
                    if (hasValue(result) && !isReplaced(result)) {
                        return result;
                    }
                }
                while (rest.hasNext()) {
                    EvaluatedFlag result = rest.next();
                    if (hasValue(result)) {
                        return result;
                    }
                }
                return null;
            }

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public EvaluatedFlag next() {
                if (next == null) {
                    throw new NoSuchElementException();
                }
                EvaluatedFlag result = next;
                next = advance();
                return result;
            }
        };
    }

    /** A view of the values by key; unmodifiable. */
    Map<String, FlagValue> values() {
        return new AbstractMap<>() {
            @Override
            public Set<Entry<String, FlagValue>> entrySet() {
                return new AbstractSet<>() {
                    @Override
                    public Iterator<Entry<String, FlagValue>> iterator() {
                        Iterator<EvaluatedFlag> results = results().iterator();
                        return new Iterator<>() {
                            @Override
                            public boolean hasNext() {
                                return results.hasNext();
                            }

                            @Override
                            public Entry<String, FlagValue> next() {
                                EvaluatedFlag result = results.next();
                                return Map.entry(result.key(), result.value());
                            }
                        };
                    }

                    @Override
                    public int size() {
                        int size = 0;
                        for (EvaluatedFlag ignored : results()) {
                            size++;
                        }
                        return size;
                    }
                };
            }

            @Override
            public FlagValue get(Object key) {
                EvaluatedFlag result = key instanceof String name ? ResultTable.this.get(name) : null;
                return hasValue(result) ? result.value() : null;
            }

            @Override
            public boolean containsKey(Object key) {
                return get(key) != null;
            }
        };
    }
}
