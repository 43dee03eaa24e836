package dev.penstock.cli.flags;

import dev.penstock.cli.common.Screen;
import dev.penstock.cli.common.VersionText;
import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.engine.flags.evaluation.CompiledFlag;
import dev.penstock.engine.flags.evaluation.FlagEvaluator;
import dev.penstock.engine.flags.result.EvaluatedFlag;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of {@code penstock flags explain}, and its run. */
@Command(
        name = "explain",
        versionProvider = VersionText.class,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Says why a flag has the value it has for somebody.",
            "",
            "The answer and its reason come first, in one sentence, then each step of the evaluation as the client does it in"
                    + " its own process.",
            "",
            "A property that is not given is unknown: filters on it cannot be decided here, and the answer says which."
        },
        footerHeading = "%nExit status: 0 explained, 1 there is no such flag, 2 unusable arguments or files.%n"
                + "%nExamples:%n",
        footer = {
            "  penstock flags explain --definitions flags.json --key new-checkout --distinct-id user-1 \\",
            "      --person plan=pro --person 'version=\"1.10\"' \\",
            "      --group company=acme --group-property company.seats=40",
            "  curl -s -H \"Authorization: Bearer $KEY\" \"$HOST/flags/definitions?token=$TOKEN&send_cohorts\" |",
            "      penstock flags explain --definitions - --key new-checkout --distinct-id user-1"
        })
final class ExplainCommand implements Callable<Integer> {
    private final Screen screen;
    private final InputStream input;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--definitions",
            paramLabel = "FILE",
            required = true,
            description =
                    "The answer of GET /flags/definitions, or records of definitions; plain or gzip, - reads standard"
                            + " input.")
    private String file;

    @Option(names = "--ref", paramLabel = "ID", description = "Which record, if the file has several.")
    private String reference;

    @Option(names = "--key", paramLabel = "K", required = true, description = "The flag.")
    private String key;

    @Mixin
    private ContextOptions subject;

    @Option(
            names = "--now",
            paramLabel = "TIME",
            description = "The clock to evaluate with, such as 2026-03-01T10:00:04Z. Default the present.")
    private String now;

    @Option(names = "--json", description = "Print the explanation as one JSON object.")
    private boolean json;

    ExplainCommand(Screen screen, InputStream input) {
        this.screen = screen;
        this.input = input;
    }

    @Override
    public Integer call() throws IOException {
        FlagContext context = context();
        Instant clock = clock();
        DefinitionsLibrary library = new DefinitionsLibrary((message, cause) -> complain(message));
        new RecordFile(input, spec).definitions(file, library);
        LoadedDefinitions definitions = choose(library);
        CompiledFlag flag = definitions.snapshot().flag(key);
        if (flag == null) {
            unknown(definitions.snapshot().keys());
            return 1;
        }
        Explanation explanation = explain(definitions, flag, context, clock);
        screen.line(json ? ExplanationJson.of(explanation) : ExplanationText.of(explanation));
        return 0;
    }

    private static Explanation explain(
            LoadedDefinitions definitions, CompiledFlag flag, FlagContext context, Instant clock) {
        String[] problem = new String[1];
        FlagEvaluator evaluator = new FlagEvaluator(
                () -> clock, 1, (message, cause) -> problem[0] = message + (cause == null ? "" : ": " + cause));
        TraceRecorder trace = new TraceRecorder();
        EvaluatedFlag result = evaluator.explain(definitions.snapshot(), flag, context, trace);
        FlagStep step = trace.flag();
        if (step == null) {
            step = new FlagStep(flag.key(), FlagValue.MISSING, "its evaluation failed", null, null, null, List.of());
        }
        return new Explanation(definitions, context, step, result, problem[0]);
    }

    private void unknown(Set<String> keys) {
        List<String> close = CloseKeys.of(key, keys);
        String sentence = "There is no flag `" + key + "` among the " + keys.size() + " in " + file + "."
                + (close.isEmpty() ? "" : " Did you mean `" + String.join("`, or `", close) + "`?");
        if (!json) {
            screen.line(sentence);
            return;
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("key", key);
        fields.put("kind", FlagAnswer.INCONCLUSIVE.kind());
        fields.put("value", null);
        fields.put("payload", null);
        fields.put("reason", sentence);
        fields.put("close_keys", close);
        screen.line(JsonValues.write(fields));
    }

    private LoadedDefinitions choose(DefinitionsLibrary library) {
        if (reference != null) {
            try {
                return library.find(reference);
            } catch (BadRecordException e) {
                throw wrong("--ref " + reference + " names no definitions in " + file);
            }
        }
        LoadedDefinitions only = library.only();
        if (only == null) {
            int count = library.ids().size();
            throw wrong(
                    count == 0
                            ? file + " holds no definitions"
                            : file + " holds " + count + " definitions; choose one with --ref, such as --ref "
                                    + library.ids().iterator().next());
        }
        return only;
    }

    private FlagContext context() {
        try {
            return subject.context();
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private Instant clock() {
        try {
            return now == null ? Instant.now() : ClockText.parse(now);
        } catch (IllegalArgumentException e) {
            throw wrong("--now " + e.getMessage());
        }
    }

    private void complain(String message) {
        screen.complain("penstock flags explain: " + message);
    }

    private ParameterException wrong(String rule) {
        return new ParameterException(spec.commandLine(), rule + ".");
    }
}
