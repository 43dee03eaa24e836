package dev.penstock.engine.flags.evaluation;

import dev.penstock.engine.flags.definitions.CohortDefinition;
import dev.penstock.engine.flags.definitions.FlagDefinition;
import dev.penstock.engine.flags.definitions.FlagDefinitions;
import dev.penstock.engine.flags.result.PayloadReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compiles definitions: everything that can be done before the first evaluation is done here, and what is wrong with one
 * flag stays with that flag.
 *
 * <p><b>Threads:</b> any. <b>Allocation:</b> the snapshot, in proportion to the definitions.
 */
public final class SnapshotCompiler {

    private final PayloadReader payloads;
    private final Set<String> contexts;

    /**
     * Makes a compiler.
     *
     * @param payloads decodes payloads
     * @param contexts the evaluation contexts of this client; empty means that no flag is excluded
     */
    public SnapshotCompiler(PayloadReader payloads, Set<String> contexts) {
        this.payloads = payloads;
        this.contexts = Set.copyOf(contexts);
    }

    /**
     * Compiles definitions; never throws, whatever they say.
     *
     * @param definitions what was loaded
     * @param loadedAtMs when, in milliseconds since 1970
     * @return the snapshot
     */
    public FlagSnapshot compile(FlagDefinitions definitions, long loadedAtMs) {
        return new Run(definitions).compile(loadedAtMs);
    }

    private boolean isExcluded(FlagDefinition flag) {
        return !contexts.isEmpty() && !flag.contexts().isEmpty() && Collections.disjoint(contexts, flag.contexts());
    }

    /** One compilation. */
    private final class Run {

        private final FlagDefinitions definitions;
        private final GroupTypes groupTypes;
        private final Map<String, FlagDefinition> byKey = new HashMap<>();
        private final Map<String, CompiledFlag.Identity> identities = new HashMap<>();
        private final Map<String, CompiledFlag> compiled = new HashMap<>();
        private int size;
        private int malformed;
        private String problem;

        Run(FlagDefinitions definitions) {
            this.definitions = definitions;
            this.groupTypes = new GroupTypes(definitions.groupTypes());
        }

        FlagSnapshot compile(long loadedAtMs) {
            identify();
            Content content = content();
            Map<Content.Name, Integer> depths = new HashMap<>();
            definitions.cohorts().forEach((id, cohort) -> depths.put(new Content.Name(false, id), cohort.depth()));
            CompileOrder order = new CompileOrder(content, depths);
            FilterCompiler filters = new FilterCompiler(
                    order,
                    compiled,
                    definitions.cohorts().keySet(),
                    definitions.propertyMatchingVersion(),
                    1 + groupTypes.size());
            for (Content.Name name : order.names()) {
                if (name.isFlag()) {
                    compiled.put(name.text(), flag(byKey.get(name.text()), filters));
                } else {
                    filters.cohort(name.text(), definitions.cohorts().get(name.text()));
                }
            }
            CompiledFlag[] flags = new CompiledFlag[identities.size()];
            compiled.values().forEach(flag -> flags[flag.ordinal()] = flag);
            return new FlagSnapshot(
                    List.of(flags),
                    size,
                    content,
                    filters.verdictCells(),
                    groupTypes.size(),
                    new FlagSnapshot.Source(
                            definitions.minimalUsageEvents(), loadedAtMs, malformed, definitions.skipped(), problem));
        }

        /** Excluded flags come last, where nobody finds them. */
        private void identify() {
            List<FlagDefinition> excluded = new ArrayList<>();
            for (FlagDefinition flag : definitions.flags()) {
                byKey.put(flag.key(), flag);
                if (isExcluded(flag)) {
                    excluded.add(flag);
                } else {
                    identify(flag, size++, false);
                }
            }
            int ordinal = size;
            for (FlagDefinition flag : excluded) {
                identify(flag, ordinal++, true);
            }
        }

        private void identify(FlagDefinition flag, int ordinal, boolean excluded) {
            identities.put(flag.key(), new CompiledFlag.Identity(flag.key(), ordinal, flag.clientOnly(), excluded));
        }

        private Content content() {
            Map<Content.Name, Content.Part> parts = new LinkedHashMap<>();
            for (FlagDefinition flag : definitions.flags()) {
                parts.put(
                        new Content.Name(true, flag.key()),
                        new Content.Part(digest(flag.digest(), groupTypes.namesOf(flag)), References.of(flag)));
            }
            for (Map.Entry<String, CohortDefinition> cohort :
                    definitions.cohorts().entrySet()) {
                parts.put(
                        new Content.Name(false, cohort.getKey()),
                        new Content.Part(
                                digest(cohort.getValue().digest(), List.of()), References.of(cohort.getValue())));
            }
            return new Content(parts);
        }

        /** The same definition means something else under another matching version, or with other group types. */
        private long digest(long own, List<String> names) {
            return own + 31L * definitions.propertyMatchingVersion() + 1_000_003L * names.hashCode();
        }

        private CompiledFlag flag(FlagDefinition definition, FilterCompiler filters) {
            FlagCompiler compiler = new FlagCompiler(definition, identities.get(definition.key()), payloads);
            if (definition.malformed() != null) {
                malformed(definition, definition.malformed());
            }
            try {
                return compiler.compile(filters, groupTypes);
            } catch (RuntimeException e) {
                malformed(definition, String.valueOf(e));
                return new FlagCompiler(definition, identities.get(definition.key()), payloads)
                        .unusable("cannot be compiled: " + e);
            }
        }

        private void malformed(FlagDefinition definition, String reason) {
            malformed++;
            problem = problem == null ? "flag " + definition.key() + ": " + reason : problem;
        }
    }
}
