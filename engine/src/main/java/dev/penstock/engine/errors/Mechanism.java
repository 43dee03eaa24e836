package dev.penstock.engine.errors;

import dev.penstock.client.errors.ExceptionDetails;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the mechanisms of entries. What is unknown is left out, never guessed and never null, and so are
 * fields for which there is no room. */
final class Mechanism {

    /** Of what was reserved for its entry; enough for every type that is known. */
    static final int TYPE_BYTES = 32;

    private static final int MAX_TYPE_CHARS = 256;

    private Mechanism() {}

    /** Of the exception that was caught. */
    static Map<String, Object> outermost(ExceptionDetails details, boolean invented, SizeBudget budget) {
        Map<String, Object> mechanism = new LinkedHashMap<>();
        details.mechanismType().ifPresent(type -> mechanism.put("type", budget.text(type, TYPE_BYTES, MAX_TYPE_CHARS)));
        details.handled().ifPresent(handled -> mechanism.put("handled", handled));
        if (details.synthetic().isPresent()) {
            mechanism.put("synthetic", details.synthetic().get());
        } else if (invented || details.isAtBoundary()) {
            mechanism.put("synthetic", invented);
        }
        mechanism.put("exception_id", 0);
        details.mechanismFields().forEach((name, value) -> {
            if (budget.take(SizeBudget.bytesOfJson(name) + SizeBudget.bytesOfJson(value) + 2)) {
                mechanism.put(name, value);
            }
        });
        return mechanism;
    }

    /** Of one that another led to. Whether that was handled says nothing about this one. */
    static Map<String, Object> nested(ExceptionTree.Node node, int id, ExceptionDetails details) {
        Map<String, Object> mechanism = new LinkedHashMap<>();
        mechanism.put("type", "chained");
        mechanism.put("source", node.source());
        if (details.isAtBoundary()) {
            mechanism.put("synthetic", false);
        }
        mechanism.put("exception_id", id);
        mechanism.put("parent_id", node.parentId());
        return mechanism;
    }
}
