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
                "demo --batch-size 1001 --protocol posthog-v1         | --batch-size must be 1 to 1000 with --protocol posthog-v1",
                "demo --batch-size 2501 --protocol segment            | --batch-size must be 1 to 2500 with --protocol segment",
                "demo --batch-size 0 --protocol segment               | --batch-size must be 1 to 2500 with --protocol segment",
                "demo --protocol http                                 | 'http' is none of posthog, posthog-v1, segment",
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
                "import FILE --host http://localhost --key k --protocol segment --batch-size 2501 | --batch-size must be 1 to 2500",
                "import FILE --host http://localhost --key k --protocol segment --batch-size 0    | --batch-size must be 1 to 2500",
                "import FILE --host http://localhost --key k --batch-size 1001                    | --batch-size must be 1 to 1000",
                "import FILE --host http://localhost --key k --protocol segment --historical      | --historical is not for",
                "import FILE --host http://localhost --key phc_top_secret:1 --protocol segment    | --key must have at most 1000",
                "import FILE --host localhost:80 --key phc_top_secret --protocol segment          | host must be an http or",
                "import FILE --host http://localhost --protocol segment                           | set SEGMENT_WRITE_KEY",
                "demo --spool-mode always                             | --spool-mode needs --spool DIR",
                "demo --spool-sync batch                              | --spool-sync needs --spool DIR",
                "demo --spool FOLDER --spool-mode on_outage           | --spool-mode must be one of off, on-outage, always but is 'on_outage'",
                "demo --spool FOLDER --spool-sync fsync               | --spool-sync must be one of batch, interval, none but is 'fsync'",
                "import FILE --host http://localhost --key k --spool-mode always          | --spool-mode needs --spool DIR",
                "import FILE --host http://localhost --key k --spool FOLDER --spool-sync x | --spool-sync must be one of",
                "doctor                                               | --host is missing; give it or set POSTHOG_HOST",
                "doctor --host http://localhost                       | --key is missing",
                "doctor --host localhost:80 --key phc_top_secret      | --host must be an http or https URL",
                "doctor --host http://h --key phc_top_secret --timeout 0            | --timeout must be 1 to 300",
                "doctor --host http://h --key phc_top_secret --timeout 301          | --timeout must be 1 to 300",
                "doctor --host http://h --key phc_top_secret --proxy h:1            | --proxy must look like http://host:port",
                "doctor --host http://h --key phc_top_secret --proxy ht!tp://u:phc_top_secret@h | --proxy is not a URL",
                "doctor --host http://h --key phc_top_secret --proxy http://u:phc_top_secret@h:1 | --proxy must look like",
                "doctor --host http://h --key phc_top_secret:1 --protocol segment   | --key must have at most 1000",
                "doctor --host http://h --protocol segment                          | set SEGMENT_WRITE_KEY",
                "collector                                            | --port",
                "collector --port 65536                               | --port must be 0 to 65535",
                "collector --port 0 --flags none.json                 | there is no file none.json.",
                "collector --port 0 --flags FOLDER                    | is a directory",
                "collector --port 0 --flags FILE                      | cannot be served: not flag definitions: ",
                "collector --port 0 --secret-key phc_top_secret       | --secret-key needs --flags",
                "spool frobnicate                                     | Unmatched argument",
                "spool inspect                                        | DIR",
                "spool drain                                          | DIR",
                "spool drain FOLDER --key phc_top_secret              | --host",
                "spool drain FOLDER --host http://localhost           | --key",
                "spool drain FOLDER --host http://localhost --key k --protocol http       | 'http' is none of posthog, posthog-v1, segment",
                "spool drain FOLDER --host http://localhost --key k --patience 0          | --patience must be 1 to 3600",
                "spool drain FOLDER --host http://localhost --protocol segment            | set SEGMENT_WRITE_KEY",
                "flags frobnicate                                     | Unmatched argument",
                "flags eval                                           | give --vectors, or --definitions and --cases",
                "flags eval --cases FILE                              | give --vectors, or --definitions and --cases",
                "flags eval --vectors FILE --cases FILE               | --vectors goes without",
                "flags eval --definitions - --cases -                 | only one of two files can be standard input",
                "flags eval --vectors none.jsonl                      | there is no file none.jsonl",
                "flags eval --vectors FOLDER                          | is a directory",
                "flags explain --key k --distinct-id u                | --definitions",
                "flags explain --definitions FILE --distinct-id u     | --key",
                "flags explain --definitions FILE --key k             | --distinct-id",
                "flags explain --definitions none.json --key k --distinct-id u  | there is no file none.json",
                "flags explain --definitions FILE --key k --distinct-id u       | holds no definitions",
                "flags explain --definitions FILE --key k --distinct-id u --now today        | --now is neither a date",
                "flags explain --definitions FILE --key k --distinct-id u --person plan      | --person plan is not of",
                "flags explain --definitions FILE --key k --distinct-id u --person =pro      | --person =pro is not of",
                "flags explain --definitions FILE --key k --distinct-id u --group company    | --group company is not of",
                "flags explain --definitions FILE --key k --distinct-id u --group company=   | has no key",
                "flags explain --definitions FILE --key k --distinct-id u --group-property c | is not of the form type.",
                "flags explain --definitions FILE --key k --distinct-id u --group-property c.a=1 | needs --group c=KEY",
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

    @Test
    void shouldRefuseABlankSpool() {
        CommandRun run = CommandRun.of("demo", "--spool", " ");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("--spool must not be blank");
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
    @ValueSource(
            strings = {
                "--help",
                "demo --help",
                "import --help",
                "collector --help",
                "doctor --help",
                "flags",
                "flags --help",
                "flags eval --help",
                "flags explain --help",
                "spool",
                "spool --help",
                "spool inspect --help",
                "spool drain --help"
            })
    void shouldHelpWithExamples(String line) {
        CommandRun run = CommandRun.of(line.split(" ", -1));

        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("Usage: penstock", "Examples:").doesNotContain("\u001b");
        assertThat(run.outLines()).allMatch(text -> text.length() <= 100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--version",
                "demo --version",
                "import --version",
                "collector --version",
                "flags --version",
                "flags eval --version",
                "flags explain --version",
                "spool --version",
                "spool inspect --version",
                "spool drain --version"
            })
    void shouldTellTheVersionEverywhere(String line) {
        CommandRun run = CommandRun.of(line.split(" ", -1));

        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("penstock ");
    }

    @Test
    void shouldListEveryCommand() {
        assertThat(CommandRun.of("--help").out()).contains(List.of("demo", "import", "collector", "flags", "spool"));
    }
}
