package dev.penstock.cli.flags;

import dev.penstock.cli.common.LineSource;
import dev.penstock.engine.flags.definitions.DefinitionsException;
import dev.penstock.engine.flags.definitions.DefinitionsParser;
import dev.penstock.engine.flags.definitions.FlagDefinitions;
import dev.penstock.engine.flags.evaluation.SnapshotCompiler;
import dev.penstock.engine.flags.result.PayloadReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * All definitions of a run, each compiled once: those of records by their ids, or those of one plain body. One thread at
 * a time.
 */
final class DefinitionsLibrary {
    private final DefinitionsParser parser = new DefinitionsParser();
    private final SnapshotCompiler compiler;
    private final Map<String, LoadedDefinitions> byId = new LinkedHashMap<>();
    private LoadedDefinitions plain;

    DefinitionsLibrary(BiConsumer<String, Throwable> problems) {
        compiler = new SnapshotCompiler(new PayloadReader(problems), Set.of());
    }

    void add(VectorRecord.Definitions record) throws BadRecordException {
        byId.put(record.id(), load(record.body()));
    }

    /** Takes the rest of a file, from the line it is at, as one plain body. */
    void addPlain(LineSource lines) throws IOException, BadRecordException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        do {
            body.write(lines.line(), 0, lines.length());
            body.write('\n');
        } while (lines.next());
        plain = load(body.toByteArray());
    }

    /** What a case refers to. A plain body is all there is, so there nothing need be said. */
    LoadedDefinitions find(String reference) throws BadRecordException {
        if (plain != null) {
            return plain;
        }
        if (reference == null) {
            throw new BadRecordException("definitions_ref is missing");
        }
        LoadedDefinitions found = byId.get(reference);
        if (found == null) {
            throw new BadRecordException(
                    "definitions_ref " + JsonValues.write(reference) + " names no definitions before");
        }
        return found;
    }

    /** The definitions if there are no others; null otherwise. */
    LoadedDefinitions only() {
        if (plain != null || byId.size() != 1) {
            return plain;
        }
        return byId.values().iterator().next();
    }

    Set<String> ids() {
        return Collections.unmodifiableSet(byId.keySet());
    }

    private LoadedDefinitions load(byte[] body) throws BadRecordException {
        try {
            FlagDefinitions definitions = parser.parse(body);
            return new LoadedDefinitions(definitions, compiler.compile(definitions, 0));
        } catch (DefinitionsException e) {
            throw new BadRecordException(e.getMessage());
        }
    }
}
