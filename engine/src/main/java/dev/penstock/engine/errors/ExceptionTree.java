package dev.penstock.engine.errors;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Lists an exception and all it brings with it: depth first, parents before children, the cause before what was
 * suppressed, every object once.
 *
 * <p>It keeps its own stack of places instead of calling itself, because the chain may be as long as somebody likes, and
 * the stack may just have overflowed. The stack is never deeper than the list is long.
 */
final class ExceptionTree {

    /** Later ones are left out. */
    private static final int MAX_ENTRIES = 50;

    /**
     * One exception of the tree.
     *
     * @param thrown the exception
     * @param parentId the place of the one that led here in the list; -1 for the first
     * @param source how it led here; null for the first
     */
    record Node(Throwable thrown, int parentId, String source) {}

    private final List<Node> nodes = new ArrayList<>();
    private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Children> open = new ArrayDeque<>();

    private final int maxEntries;

    private ExceptionTree(int maxEntries) {
        this.maxEntries = Math.min(MAX_ENTRIES, maxEntries);
    }

    /** The first exceptions, as many as there is room for and 50 at most; a node's place is its id. */
    static List<Node> of(Throwable outermost, int room) {
        ExceptionTree tree = new ExceptionTree(room);
        tree.add(new Node(outermost, -1, null));
        tree.walk();
        return tree.nodes;
    }

    private void walk() {
        while (!open.isEmpty() && nodes.size() < maxEntries) {
            Node next = open.peek().next();
            if (next == null) {
                open.pop();
            } else if (!seen.contains(next.thrown())) {
                add(next);
            }
        }
    }

    private void add(Node node) {
        seen.add(node.thrown());
        open.push(new Children(node.thrown(), nodes.size()));
        nodes.add(node);
    }

    /** What one exception leads to, one after the other. */
    private static final class Children {
        private final Throwable parent;
        private final int parentId;
        private Throwable[] suppressed;
        private int nextSuppressed;

        Children(Throwable parent, int parentId) {
            this.parent = parent;
            this.parentId = parentId;
        }

        /** The next one, or null. */
        Node next() {
            if (suppressed == null) {
                suppressed = parent.getSuppressed();
                Throwable cause = Foreign.cause(parent);
                if (cause != null) {
                    return new Node(cause, parentId, "cause");
                }
            }
            return nextSuppressed < suppressed.length
                    ? new Node(suppressed[nextSuppressed++], parentId, "suppressed")
                    : null;
        }
    }
}
