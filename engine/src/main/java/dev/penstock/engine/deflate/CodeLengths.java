package dev.penstock.engine.deflate;

import java.util.Arrays;

/**
 * Lengths of a prefix code: short ones for symbols that are counted often, none longer than a limit.
 *
 * <p>Lengths of an optimal code are found in place on the sorted counts; those over the limit are cut, and what that takes
 * too much of the code space is given back by the longest of the others.
 *
 * <p><b>Source:</b> A. Moffat, J. Katajainen, "In-place calculation of minimum-redundancy codes", 1995.
 */
final class CodeLengths {

    private static final int SYMBOL_BITS = 16;

    private CodeLengths() {}

    /**
     * The length of each symbol's code; 0 for one that was never counted.
     *
     * @param counts how often each symbol is used
     * @param maxBits the longest code
     */
    static byte[] of(int[] counts, int maxBits) {
        byte[] lengths = new byte[counts.length];
        long[] sorted = new long[counts.length];
        int used = 0;
        for (int symbol = 0; symbol < counts.length; symbol++) {
            if (counts[symbol] > 0) {
                sorted[used++] = ((long) counts[symbol] << SYMBOL_BITS) | symbol;
            }
        }
        if (used < 2) {
            if (used == 1) {
                lengths[(int) sorted[0] & 0xffff] = 1;
            }
            return lengths;
        }
        Arrays.sort(sorted, 0, used);
        int[] perLength = perLength(depths(sorted, used), maxBits);
        int next = 0;
        for (int length = maxBits; length > 0; length--) {
            for (int i = perLength[length]; i > 0; i--) {
                lengths[(int) sorted[next++] & 0xffff] = (byte) length;
            }
        }
        return lengths;
    }

    /** How deep in the tree each leaf is, the rarest first. */
    private static int[] depths(long[] sorted, int n) {
        long[] a = new long[n];
        for (int i = 0; i < n; i++) {
            a[i] = sorted[i] >>> SYMBOL_BITS;
        }
        // First the weight of each inner node, then its parent.
        a[0] += a[1];
        int root = 0;
        int leaf = 2;
        for (int next = 1; next < n - 1; next++) {
            if (leaf >= n || a[root] < a[leaf]) {
                a[next] = a[root];
                a[root++] = next;
            } else {
                a[next] = a[leaf++];
            }
            if (leaf >= n || (root < next && a[root] < a[leaf])) {
                a[next] += a[root];
                a[root++] = next;
            } else {
                a[next] += a[leaf++];
            }
        }
        // Then the depth of each inner node.
        a[n - 2] = 0;
        for (int next = n - 3; next >= 0; next--) {
            a[next] = a[(int) a[next]] + 1;
        }
        // And of each leaf.
        int[] depths = new int[n];
        int available = 1;
        int inner = n - 2;
        int at = n - 1;
        for (int depth = 0; available > 0; depth++) {
            int usedHere = 0;
            while (inner >= 0 && a[inner] == depth) {
                usedHere++;
                inner--;
            }
            for (int i = available - usedHere; i > 0; i--) {
                depths[at--] = depth;
            }
            available = 2 * usedHere;
        }
        return depths;
    }

    /** How many codes have each length, within the limit. */
    private static int[] perLength(int[] depths, int maxBits) {
        int[] perLength = new int[maxBits + 1];
        long space = 0;
        for (int depth : depths) {
            int length = Math.min(depth, maxBits);
            perLength[length]++;
            space += 1L << (maxBits - length);
        }
        while (space > 1L << maxBits) {
            // A code of the greatest length moves beside one that is made longer for it.
            int longer = maxBits - 1;
            while (perLength[longer] == 0) {
                longer--;
            }
            perLength[maxBits]--;
            perLength[longer]--;
            perLength[longer + 1] += 2;
            space--;
        }
        return perLength;
    }
}
