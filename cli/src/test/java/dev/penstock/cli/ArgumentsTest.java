package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
    private static final String KEY = "phc_top_secret";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "                                                     | A command is missing",
                "frobnicate                                           | Unmatched argument",
                "demo --seconds 0                                     | --seconds must be 1 to 86400",
                "demo --seconds ten                                   | 'ten' is not an int",
                "demo --events 0                                      | --events must be 1 or more",
                "demo --events 5 --seconds 5                          | mutually exclusive",
                "demo --producers 0                                   | --producers must be 1 to 64",
                "demo --rate 0                                        | --rate must be",
                "demo --batch-size 1001                               | --batch-size must be 1 to 1000",
                "demo --log-file /no/such/folder/x.log                | --log-file /no/such/folder/x.log cannot be written",
                "import                                               | FILE",
                "import FILE --key phc_top_secret                     | --host",
                "import FILE --host http://localhost                  | --key",
                "import none.ndjson --host http://localhost --key k   | there is no file none.ndjson",
                "import FILE --host localhost:80 --key phc_top_secret | host must be an http or https URL",
                "import FILE --host ht!tp://x --key phc_top_secret    | --host is not a URL",
                "import FOLDER --host http://localhost --key k        | is a directory",
                "import FILE --host http://localhost --key k --batch-size 0 | --batch-size must be 1 to 1000",
                "import FILE --host http://localhost --key k --patience 0   | --patience must be 1 to 3600",
                "collector                                            | --port",
                "collector --port 65536                               | --port must be 0 to 65535",
                "collector --port 0 --flags none.json                 | there is no file none.json.",
                "collector --port 0 --flags FOLDER                    | is a directory",
                "collector --port 0 --flags FILE                      | cannot be served: not flag definitions: ",
                "collector --port 0 --secret-key phc_top_secret       | --secret-key needs --flags",
            })
    void shouldExplainUnusableArgumentsAndExitWith2(String line, String reason) throws Exception {
        Path file = Files.writeString(folder.resolve("f.ndjson"), "");
        String[] args = line == null
                ? new String[0]
                : line.strip()
                        .replace("FILE", file.toString())
                        .replace("FOLDER", folder.toString())
                        .split(" +", -1);

        CommandRun run = CommandRun.of(args);

        assertThat(run.status()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains(reason).contains("--help").doesNotContain(KEY, "\tat ", "Exception");
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--key", "--host"})
    void shouldRefuseBlankOptions(String option) throws Exception {
        Path file = Files.writeString(folder.resolve("f.ndjson"), "");
        String key = option.equals("--key") ? " " : KEY;
        String host = option.equals("--host") ? " " : "http://localhost";

        CommandRun run = CommandRun.of("import", file.toString(), "--key", key, "--host", host);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(option + " must not be blank");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--key", "--secret-key"})
    void shouldRefuseBlankKeysOfTheCollector(String option) throws Exception {
        Path file = Files.writeString(folder.resolve("f.json"), "{\"flags\":[]}");

        CommandRun run = CommandRun.of("collector", "--port", "0", "--flags", file.toString(), option, " ");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(option + " must not be blank");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "demo --help", "import --help", "collector --help"})
    void shouldHelpWithExamples(String line) {
        CommandRun run = CommandRun.of(line.split(" ", -1));

        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("Usage: penstock", "Examples:").doesNotContain("\u001b");
        assertThat(run.outLines()).allMatch(text -> text.length() <= 100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "demo --version", "import --version", "collector --version"})
    void shouldTellTheVersionEverywhere(String line) {
        CommandRun run = CommandRun.of(line.split(" ", -1));

        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("penstock ");
    }

    @Test
    void shouldListEveryCommand() {
        assertThat(CommandRun.of("--help").out()).contains(List.of("demo", "import", "collector"));
    }
}
