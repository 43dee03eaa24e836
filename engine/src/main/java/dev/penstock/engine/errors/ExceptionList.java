package dev.penstock.engine.errors;

import dev.penstock.client.errors.ExceptionDetails;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the entries of one {@code $exception_list}.
 *
 * <p><b>Threads:</b> one, for one list.
 */
final class ExceptionList {

    private static final int MAX_VALUE_CHARS = 16_384;

    /** So much of a message is written however little room is left. */
    private static final int VALUE_BYTES = 256;

    /** The names and punctuation of an entry, and a type and module of the usual length. */
    private static final int ENTRY_BYTES = 400;

    private final StackFrames frames;
    private final SourceContext source;
    private final SizeBudget budget;
    private final List<StackFrames.Frame> written = new ArrayList<>();

    ExceptionList(StackFrames frames, SourceContext source, SizeBudget budget) {
        this.frames = frames;
        this.source = source;
        this.budget = budget;
    }

    /** The entries, one at least. */
    List<Map<String, Object>> of(Object thrown, ExceptionDetails details) {
        List<Map<String, Object>> list = new ArrayList<>();
        if (thrown instanceof Throwable exception) {
            List<ExceptionTree.Node> nodes = ExceptionTree.of(exception);
            budget.reserve((long) nodes.size() * (ENTRY_BYTES + VALUE_BYTES));
            for (int id = 0; id < nodes.size(); id++) {
                list.add(entry(nodes.get(id), id, details));
            }
        } else {
            budget.reserve(ENTRY_BYTES + VALUE_BYTES);
            list.add(invented(thrown, details));
        }
        // Last, so that source lines only take what the stacks have left.
        written.forEach(frame -> source.addTo(frame, budget));
        return list;
    }

    private Map<String, Object> entry(ExceptionTree.Node node, int id, ExceptionDetails details) {
        Throwable thrown = node.thrown();
        Map<String, Object> entry = described(TypeName.of(thrown.getClass()), Foreign.message(thrown), id);
        entry.put("mechanism", id == 0 ? Mechanism.outermost(details, false) : Mechanism.nested(node, id, details));
        addStack(entry, Foreign.stack(thrown));
        return entry;
    }

    private Map<String, Object> invented(Object value, ExceptionDetails details) {
        TypeName type = value == null ? TypeName.NULL : TypeName.of(value.getClass());
        Map<String, Object> entry = described(type, Foreign.text(value), 0);
        entry.put("mechanism", Mechanism.outermost(details, true));
        addStack(entry, StackFrames.callersOfThisLibrary(new Throwable().getStackTrace()));
        return entry;
    }

    private Map<String, Object> described(TypeName type, String text, int id) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("type", type.name());
        if (!type.packageName().isEmpty()) {
            entry.put("module", type.packageName());
        }
        entry.put("value", budget.text(text, VALUE_BYTES, MAX_VALUE_CHARS));
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
