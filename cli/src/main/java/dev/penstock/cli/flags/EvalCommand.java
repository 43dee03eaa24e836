package dev.penstock.cli.flags;

import dev.penstock.cli.common.Screen;
import dev.penstock.cli.common.VersionText;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of {@code penstock flags eval}, and its run. */
@Command(
        name = "eval",
        versionProvider = VersionText.class,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Evaluates flags for the cases of a file, as the client does in its own process.",
            "",
            "Definitions and cases are JSON objects, one a line:",
            "",
            "  {\"type\":\"definitions\",\"id\":\"d1\",\"definitions\":{\"flags\":[...]}}",
            "  {\"type\":\"case\",\"id\":\"c1\",\"definitions_ref\":\"d1\",\"key\":\"new-checkout\",\"distinct_id\":\"user-1\"}",
            "",
            "A case may also have person_properties, groups, group_properties, device_id, now (the clock) and expected."
                    + " Each is answered by one line, in the order of the file:",
            "",
            "  {\"id\":\"c1\",\"kind\":\"value\",\"value\":\"compact\",\"payload\":{\"columns\":2}}",
            "",
            "kind is inconclusive where the client would ask the server: for want of a property, or of the flag. Files may"
                    + " be gzip; - reads standard input."
        },
        footerHeading =
                "%nExit status: 0 all answered, or as expected; 1 --check found differences; 2 unusable arguments"
                        + " or files.%n%nExamples:%n",
        footer = {
            "  penstock flags eval --definitions flags.json --cases cases.jsonl",
            "  penstock flags eval --vectors flags.jsonl --check"
        })
final class EvalCommand implements Callable<Integer> {
    private final Screen screen;
    private final InputStream input;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--definitions",
            paramLabel = "FILE",
            description = "Where the definitions are: records as above, or the plain answer of GET /flags/definitions,"
                    + " and then cases need no definitions_ref.")
    private String definitions;

    @Option(names = "--cases", paramLabel = "FILE", description = "Where the cases are.")
    private String cases;

    @Option(names = "--vectors", paramLabel = "FILE", description = "Where both are, definitions before their cases.")
    private String vectors;

    @Option(
            names = "--check",
            description = "Compare with what the cases expect; print the differences and a summary only.")
    private boolean check;

    EvalCommand(Screen screen, InputStream input) {
        this.screen = screen;
        this.input = input;
    }

    @Override
    public Integer call() throws IOException {
        if (vectors == null) {
            require(definitions != null && cases != null, "give --vectors, or --definitions and --cases");
            require(!definitions.equals("-") || !cases.equals("-"), "only one of two files can be standard input");
        } else {
            require(definitions == null && cases == null, "--vectors goes without --definitions and --cases");
        }
        BiConsumer<String, Throwable> problems = (message, cause) -> complain(message, cause);
        RecordFile files = new RecordFile(input, spec);
        DefinitionsLibrary library = new DefinitionsLibrary(problems);
        CaseEvaluator evaluator = new CaseEvaluator(problems);
        AnswerSink sink = check ? new AnswerCheck(screen) : new AnswerPrinter(screen);
        if (vectors == null) {
            files.definitions(definitions, library);
        }
        files.each(vectors == null ? cases : vectors, record -> {
            if (record instanceof VectorRecord.Case question) {
                LoadedDefinitions found = library.find(question.definitionsRef());
                sink.take(question, evaluator.answer(found.snapshot(), question));
            } else if (vectors != null && record instanceof VectorRecord.Definitions added) {
                library.add(added);
            }
        });
        return sink.finish();
    }

    private void complain(String message, Throwable cause) {
        screen.complain("penstock flags eval: " + message + (cause == null ? "" : ": " + cause));
    }

    private void require(boolean usable, String rule) {
        if (!usable) {
            throw new ParameterException(spec.commandLine(), rule + ".");
        }
    }
}
