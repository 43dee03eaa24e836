package dev.penstock.engine.errors;

import dev.penstock.client.errors.ExceptionDetails;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the entries of one {@code $exception_list}: so many, and so much of each, as its budget has room for. The first is
 * written in any case.
 *
 * <p><b>Threads:</b> one, for one list.
 */
final class ExceptionList {

    private static final int MAX_VALUE_CHARS = 16_384;

    /** So much of a message is written however little room is left, unless it is too little for a single one. */
    private static final int VALUE_BYTES = 256;

    /** So much of its type's name and of its package, likewise. */
    private static final int TYPE_BYTES = 100;

    private static final int MODULE_BYTES = 80;

    /** An entry but for its message and its frames: type, module and mechanism's type, and 188 of names and punctuation. */
    private static final int ENTRY_BYTES = TYPE_BYTES + MODULE_BYTES + Mechanism.TYPE_BYTES + 188;

    private final StackFrames frames;
    private final SourceContext source;
    private final SizeBudget budget;
    private final List<StackFrames.Frame> written = new ArrayList<>();
    private int valueBytes;

    ExceptionList(StackFrames frames, SourceContext source, SizeBudget budget) {
        this.frames = frames;
        this.source = source;
        this.budget = budget;
    }

    /** The entries, one at least. */
    List<Map<String, Object>> of(Object thrown, ExceptionDetails details) {
        List<Map<String, Object>> list = new ArrayList<>();
        if (thrown instanceof Throwable exception) {
            int room = budget.roomFor(ENTRY_BYTES + VALUE_BYTES);
            List<ExceptionTree.Node> nodes = ExceptionTree.of(exception, room);
            reserve(nodes.size());
            for (int id = 0; id < nodes.size(); id++) {
                list.add(entry(nodes.get(id), id, details));
            }
        } else {
            reserve(1);
            list.add(invented(thrown, details));
        }
        // Last, so that source lines only take what the stacks have left.
        written.forEach(frame -> source.addTo(frame, budget));
        return list;
    }

    private void reserve(int entries) {
        long reserved = budget.reserve((long) entries * (ENTRY_BYTES + VALUE_BYTES));
        valueBytes = (int) Math.max(0, reserved / entries - ENTRY_BYTES);
    }

    private Map<String, Object> entry(ExceptionTree.Node node, int id, ExceptionDetails details) {
        Throwable thrown = node.thrown();
        Map<String, Object> entry = described(TypeName.of(thrown.getClass()), Foreign.message(thrown), id);
        entry.put(
                "mechanism",
                id == 0 ? Mechanism.outermost(details, false, budget) : Mechanism.nested(node, id, details));
        addStack(entry, Foreign.stack(thrown));
        return entry;
    }

    private Map<String, Object> invented(Object value, ExceptionDetails details) {
        TypeName type = value == null ? TypeName.NULL : TypeName.of(value.getClass());
        Map<String, Object> entry = described(type, Foreign.text(value), 0);
        entry.put("mechanism", Mechanism.outermost(details, true, budget));
        addStack(entry, StackFrames.callersOfThisLibrary(new Throwable().getStackTrace()));
        return entry;
    }

    private Map<String, Object> described(TypeName type, String text, int id) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("type", budget.text(type.name(), TYPE_BYTES, TypeName.MAX_CHARS));
        if (!type.packageName().isEmpty()) {
            entry.put("module", budget.text(type.packageName(), MODULE_BYTES, TypeName.MAX_CHARS));
        }
        entry.put("value", budget.text(text, valueBytes, MAX_VALUE_CHARS));
        if (id == 0) {
            entry.put("thread_id", Thread.currentThread().getId());
        }
        return entry;
    }

    private void addStack(Map<String, Object> entry, StackTraceElement[] stack) {
        List<StackFrames.Frame> kept =
                frames.oldestFirst(stack, StackFrames.MAX_FRAMES_IN_ALL - written.size(), budget);
        if (kept.isEmpty()) {
            return;
        }
        List<Map<String, Object>> members = new ArrayList<>(kept.size());
        kept.forEach(frame -> members.add(frame.members()));
        // From the crash on, which is the order in which source lines matter.
        for (int i = kept.size() - 1; i >= 0; i--) {
            written.add(kept.get(i));
        }
        Map<String, Object> stacktrace = new LinkedHashMap<>();
        stacktrace.put("type", "raw");
        stacktrace.put("frames", members);
        entry.put("stacktrace", stacktrace);
    }
}
