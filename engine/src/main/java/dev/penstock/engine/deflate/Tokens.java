package dev.penstock.engine.deflate;

/**
 * Matches that were found and are not put yet, in order; what stands between them are literals.
 *
 * <p>Why it is shaped so: finding and putting are two short loops, each with its state at hand, instead of a call and a
 * detour through fields for every token.
 *
 * <p><b>Threads:</b> one. <b>Allocation:</b> none.
 */
final class Tokens {

    final int[] starts;
    final int[] lengths;
    final int[] distances;

    int count;

    /** Makes room for the matches of so many bytes. */
    Tokens(int bytes) {
        int most = bytes / Matches.MIN_LENGTH + 3;
        starts = new int[most];
        lengths = new int[most];
        distances = new int[most];
    }

    void add(int start, int length, int distance) {
        int i = count;
        starts[i] = start;
        lengths[i] = length;
        distances[i] = distance;
        count = i + 1;
    }

    /** Adds that there are literals up to an index, and no match. */
    void addLiterals(int end) {
        add(end, 0, 0);
    }

    /** Where one of them ends. */
    int end(int i) {
        return starts[i] + lengths[i];
    }

    /** Whether the last one ends at an index, and so may go on behind it. */
    boolean isOpenAt(int index) {
        return count > 0 && end(count - 1) == index;
    }

    /** The last one goes on for so many bytes. */
    void grow(int length) {
        lengths[count - 1] += length;
    }

    /** The last one goes on no more; what is too short for a match becomes literals. */
    void close() {
        if (count > 0 && lengths[count - 1] < Matches.MIN_LENGTH) {
            count--;
        }
    }

    /** Forgets the first ones. */
    void remove(int n) {
        for (int i = n; i < count; i++) {
            starts[i - n] = starts[i];
            lengths[i - n] = lengths[i];
            distances[i - n] = distances[i];
        }
        count -= n;
    }

    /** The window has slid. */
    void slide(int from) {
        for (int i = 0; i < count; i++) {
            starts[i] -= from;
        }
    }
}
