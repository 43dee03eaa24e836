package dev.penstock.engine.flags.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.penstock.engine.flags.definitions.DefinitionsException;
import dev.penstock.engine.flags.definitions.DefinitionsParser;
import dev.penstock.engine.flags.result.EvaluatedFlag;
import dev.penstock.engine.flags.result.PayloadReader;
import dev.penstock.engine.record.TestSeed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Definitions in which anything is replaced by anything: nothing throws, nothing hangs, and flags that were not touched and
 * depend on nothing that was keep their values. {@code -Dpenstock.test.fuzz.seconds=N} goes on for longer.
 */
@Timeout(600)
class DefinitionsFuzzTest {

    private static final long SECONDS = Long.getLong("penstock.test.fuzz.seconds", 4);

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .build();

    /** What a mutation puts in the place of something else. */
    private static final Object[] STRANGERS = {
        null,
        true,
        false,
        0L,
        1L,
        -1L,
        2L,
        100L,
        1.0,
        0.5,
        -0.0,
        1e300,
        Long.MAX_VALUE,
        "",
        "true",
        "a",
        "\ud800",
        "[",
        "(",
        "(a+)+$",
        "flag",
        "cohort",
        "AND",
        "OR",
        "not_in",
        "flag_evaluates_to",
        "regex",
        "is_date_before",
        "-1m",
        "9999y",
        "device_id",
        "1.2.3",
        "0",
        List.of(),
        Map.of(),
        List.of(List.of()),
        Map.of("values", List.of()),
        Map.of("type", "OR", "values", List.of(Map.of("type", "cohort", "key", "id", "value", 1L)))
    };

    private final FlagVectors vectors = FlagVectors.read();
    private final Map<String, List<FlagVectors.Case>> cases = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final SnapshotCompiler compiler = new SnapshotCompiler(new PayloadReader((message, cause) -> {}), Set.of());

    DefinitionsFuzzTest() {
        for (FlagVectors.Case asked : vectors.cases()) {
            cases.computeIfAbsent(asked.definitions(), any -> new ArrayList<>()).add(asked);
        }
    }

    @Test
    void shouldSurviveAnyDefinitionsAndKeepTheValuesOfUntouchedFlags() {
        TestSeed.run(random -> {
            long end = System.nanoTime() + SECONDS * 1_000_000_000;
            List<String> ids = new ArrayList<>(cases.keySet());
            int rounds = 0;
            while (System.nanoTime() < end) {
                round(ids.get(random.nextInt(ids.size())), random);
                rounds++;
            }
            assertThat(problems).isEmpty();
            assertThat(rounds).isPositive();
        });
    }

    private void round(String id, SplittableRandom random) throws IOException {
        byte[] original = vectors.definitions().get(id);
        FlagSnapshot before = FlagFixture.snapshot(original);
        Object tree = MAPPER.readValue(original, Object.class);
        List<Runnable> mutations = new ArrayList<>();
        collect(tree, random, mutations);
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            mutations.get(random.nextInt(mutations.size())).run();
        }
        FlagSnapshot after;
        try {
            after = compiler.compile(new DefinitionsParser().parse(MAPPER.writeValueAsBytes(tree)), 1);
        } catch (DefinitionsException e) {
            return;
        }
        Set<String> touched = new HashSet<>(FlagChanges.between(before, after).changed());
        for (FlagVectors.Case asked : cases.get(id)) {
            compare(asked, before, after, touched);
        }
    }

    private void compare(FlagVectors.Case asked, FlagSnapshot before, FlagSnapshot after, Set<String> touched) {
        FlagEvaluator evaluator =
                new FlagEvaluator(asked.clock(), 1, (message, cause) -> problems.add(message + ": " + cause));
        EvaluatedFlag[] all = FlagFixture.all(evaluator, after, asked.context());
        for (int i = 0; i < all.length; i++) {
            CompiledFlag flag = after.flag(i);
            EvaluatedFlag alone = evaluator.evaluate(after, flag, asked.context());
            if (alone != all[i]) {
                problems.add(flag + " is " + alone + " alone and " + all[i] + " among all");
            }
            CompiledFlag old = before.flag(flag.key());
            if (old != null && !touched.contains(flag.key())) {
                EvaluatedFlag expected = evaluator.evaluate(before, old, asked.context());
                if (!String.valueOf(expected).equals(String.valueOf(alone))) {
                    problems.add("untouched " + flag + " is " + alone + " and was " + expected);
                }
            }
        }
    }

    /** Every place in the tree as something that can be done to it. */
    private static void collect(Object tree, SplittableRandom random, List<Runnable> mutations) {
        if (tree instanceof Map<?, ?>) {
            @SuppressWarnings("unchecked") // what Jackson makes of an object
            Map<String, Object> map = (Map<String, Object>) tree;
            for (Map.Entry<String, Object> field : new LinkedHashMap<>(map).entrySet()) {
                mutations.add(() -> map.put(field.getKey(), stranger(random)));
                mutations.add(() -> map.remove(field.getKey()));
                collect(field.getValue(), random, mutations);
            }
        } else if (tree instanceof List<?>) {
            @SuppressWarnings("unchecked") // what Jackson makes of an array
            List<Object> list = (List<Object>) tree;
            mutations.add(() -> list.add(random.nextInt(list.size() + 1), stranger(random)));
            for (Object element : list) {
                collect(element, random, mutations);
            }
        }
    }

    private static Object stranger(SplittableRandom random) {
        return STRANGERS[random.nextInt(STRANGERS.length)];
    }
}
