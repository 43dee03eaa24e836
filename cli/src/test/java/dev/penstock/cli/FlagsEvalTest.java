package dev.penstock.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class FlagsEvalTest {
    private static final Path VECTORS = Path.of("..", "engine", "src", "test", "resources", "flags", "flags.jsonl");
    private static final Path PLAIN = Path.of("src", "test", "resources", "flags", "explained.json");
    private static final String RECORD = """
            {"type":"definitions","id":"d1","definitions":{"flags":[\
            {"key":"simple-flag","active":true,"filters":{"groups":[{"rollout_percentage":50}],\
            "multivariate":{"variants":[{"key":"a","rollout_percentage":100}]},\
            "payloads":{"a":"[1, 1.0, \\"\\u00e9\\", null]"}}},\
            {"key":"soon","active":true,"filters":{"groups":[{"properties":[\
            {"key":"start","operator":"is_date_before","value":"2026-01-01"}]}]}},\
            {"key":"recent","active":true,"filters":{"groups":[{"properties":[\
            {"key":"start","operator":"is_date_after","value":"-1d"}]}]}},\
            {"key":"company","active":true,"filters":{"aggregation_group_type_index":0,"groups":[{"properties":[\
            {"key":"seats","operator":"exact","value":1.0}]}]}},\
            {"key":"device","active":true,"bucketing_identifier":"device_id","filters":{"groups":[{}]}}],\
            "group_type_mapping":{"0":"company"}}}
            """;
    private static final String CASES = """
            {"type":"case","id":"in","definitions_ref":"d1","key":"simple-flag","distinct_id":"user-2"}

            {"type":"case","id":"out","definitions_ref":"d1","key":"simple-flag","distinct_id":"user-1"}
            {"type":"case","id":"open","definitions_ref":"d1","key":"soon","distinct_id":"user-1"}
            {"type":"case","id":"none","definitions_ref":"d1","key":"nowhere","distinct_id":"user-1"}
            {"type":"case","id":"then","definitions_ref":"d1","key":"recent","distinct_id":"u",\
            "person_properties":{"start":"2026-02-28T12:00:00Z"},"now":"2026-03-01T11:00:00Z"}
            {"type":"case","id":"later","definitions_ref":"d1","key":"recent","distinct_id":"u",\
            "person_properties":{"start":"2026-02-28T12:00:00Z"},"now":"2026-03-01T13:00:00Z"}
            {"type":"case","id":"fraction","definitions_ref":"d1","key":"company","distinct_id":"u",\
            "groups":{"company":42},"group_properties":{"company":{"seats":1.0}}}
            {"type":"case","id":"whole","definitions_ref":"d1","key":"company","distinct_id":"u",\
            "groups":{"company":"42"},"group_properties":{"company":{"seats":1}}}
            {"type":"case","id":"device","definitions_ref":"d1","key":"device","distinct_id":"u","device_id":"x"}
            {"type":"case","id":"bare","definitions_ref":"d1","key":"device","distinct_id":"u","device_id":null}
            """;
    private static final String[] ANSWERS = {
        "{\"id\":\"in\",\"kind\":\"value\",\"value\":\"a\",\"payload\":[1,1.0,\"é\",null]}",
        "{\"id\":\"out\",\"kind\":\"value\",\"value\":false,\"payload\":null}",
        "{\"id\":\"open\",\"kind\":\"inconclusive\",\"value\":null,\"payload\":null}",
        "{\"id\":\"none\",\"kind\":\"inconclusive\",\"value\":null,\"payload\":null}",
        "{\"id\":\"then\",\"kind\":\"value\",\"value\":true,\"payload\":null}",
        "{\"id\":\"later\",\"kind\":\"value\",\"value\":false,\"payload\":null}",
        "{\"id\":\"fraction\",\"kind\":\"value\",\"value\":true,\"payload\":null}",
        "{\"id\":\"whole\",\"kind\":\"value\",\"value\":false,\"payload\":null}",
        "{\"id\":\"device\",\"kind\":\"value\",\"value\":true,\"payload\":null}",
        "{\"id\":\"bare\",\"kind\":\"inconclusive\",\"value\":null,\"payload\":null}",
    };

    @TempDir
    private Path folder;

    @Test
    void shouldAnswerEachCaseInItsOrder() throws Exception {
        CommandRun run = eval("--vectors", file("v.jsonl", RECORD + CASES));

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.outLines()).containsExactly(ANSWERS);
    }

    @Test
    void shouldTakeDefinitionsAndCasesFromTwoFilesOrTwiceTheSame() throws Exception {
        String both = file("both.jsonl", RECORD + CASES);

        CommandRun apart = eval("--definitions", file("d.jsonl", RECORD), "--cases", file("c.jsonl", CASES));
        CommandRun same = eval("--definitions", both, "--cases", both);

        assertThat(apart.outLines()).containsExactly(ANSWERS);
        assertThat(same.outLines()).containsExactly(ANSWERS);
    }

    @Test
    void shouldTakeAPlainBodyForCasesThatReferToNothing() throws Exception {
        String line = "{\"type\":\"case\",\"id\":\"c\",\"key\":\"held\",\"distinct_id\":\"user-1\"}";

        CommandRun run = eval("--definitions", PLAIN.toString(), "--cases", file("c.jsonl", line));

        assertThat(run.err()).isEmpty();
        assertThat(run.outLines())
                .containsExactly("{\"id\":\"c\",\"kind\":\"value\",\"value\":\"holdout-7\",\"payload\":null}");
    }

    @Test
    void shouldReadGzipFilesAndStandardInput() throws Exception {
        Path zipped = Files.write(folder.resolve("v.jsonl.gz"), gzip(RECORD + CASES));
        Path body = Files.write(folder.resolve("body.gz"), gzip(Files.readString(PLAIN)));

        CommandRun fromFile = eval("--vectors", zipped.toString());
        CommandRun fromInput =
                CommandRun.withInput((RECORD + CASES).getBytes(UTF_8), "flags", "eval", "--vectors", "-");
        CommandRun plain = eval("--definitions", body.toString(), "--cases", file("c.jsonl", ""));

        assertThat(fromFile.outLines()).containsExactly(ANSWERS);
        assertThat(fromInput.outLines()).containsExactly(ANSWERS);
        assertThat(plain.status()).as(plain.err()).isZero();
    }

    @Test
    void shouldPrintNothingForAnEmptyFile() throws Exception {
        CommandRun run = eval("--vectors", file("v.jsonl", ""));
        CommandRun check = eval("--check", "--vectors", file("w.jsonl", "\n \n"));

        assertThat(run.status()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(check.status()).isZero();
        assertThat(check.outLines()).containsExactly("0 passed, 0 failed");
    }

    @Test
    void shouldPassWhatIsAsExpected() throws Exception {
        CommandRun run = eval("--check", "--vectors", file("v.jsonl", RECORD + expecting("user-2", """
                        {"kind":"value","value":"a","payload":[1.0,1,"é",null]}""")));

        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(run.outLines()).containsExactly("1 passed, 0 failed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "user-2 | {'kind':'value','value':'a','payload':null}   |"
                        + " expected 'a' without payload, got 'a' with payload [1,1.0,'é',null]",
                "user-2 | {'kind':'value','value':'a','payload':[1,1,'é']} |"
                        + " expected 'a' with payload [1,1,'é'], got 'a' with payload [1,1.0,'é',null]",
                "user-2 | {'kind':'value','value':'b','payload':[1,1.0,'é',null]} | expected 'b', got 'a'",
                "user-1 | {'kind':'value','value':'false','payload':null} | expected 'false', got false",
                "user-1 | {'kind':'inconclusive'}                       | expected inconclusive, got false",
            })
    void shouldTellEachDifferenceAndExitWith1(String id, String expected, String difference) throws Exception {
        String lines = RECORD + expecting(id, expected.replace('\'', '"')) + expecting("user-1", """
                {"kind":"value","value":false}""");

        CommandRun run = eval("--check", "--vectors", file("v.jsonl", lines));

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.outLines())
                .containsExactly("c1 rollout: " + difference.strip().replace('\'', '"'), "1 passed, 1 failed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nonsense                                         | line 2: not valid JSON at column",
                "[]                                               | line 2: not a JSON object",
                "{} {}                                            | line 2: more text after the JSON object",
                "{}                                               | line 2: type is neither definitions nor case",
                "{'type':'definitions','definitions':{'flags':[]}} | line 2: id is not a text",
                "{'type':'definitions','id':'d','definitions':[]} | line 2: definitions is not an object",
                "{'type':'definitions','id':'d','definitions':{}} | line 2: the definitions have no flags",
                "{'type':'case','id':'c'}                         | line 2: key is missing",
                "{'type':'case','id':'c','key':'k'}               | line 2: distinct_id is missing",
                "{'type':'case','id':1,'key':'k','distinct_id':'u'} | line 2: id is not a text",
                "{'type':'case','id':'c','key':'k','distinct_id':'u'} | line 2: definitions_ref is missing",
                "{'type':'case','id':'c','key':'k','distinct_id':'u','definitions_ref':'d9'}"
                        + " | line 2: definitions_ref 'd9' names no definitions before",
                "{'type':'case','id':'c','key':'k','distinct_id':'u','groups':[]} | line 2: groups is not an object",
                "{'type':'case','id':'c','key':'k','distinct_id':'u','groups':{'g':1.5}} | line 2: a group's key is",
                "{'type':'case','id':'c','key':'k','distinct_id':'u','groups':{'g':''}} | line 2: groups: a group needs",
                "{'type':'case','id':'c','key':'k','distinct_id':'u','now':'today'} | line 2: now is neither a date",
                "{'type':'case','id':'c','key':'k','distinct_id':'u','expected':{}} | line 2: expected.kind is",
                "{'type':'case','id':'c','key':'k','distinct_id':'u','expected':{'kind':'value'}}"
                        + " | line 2: expected.value is neither",
            })
    void shouldNameTheLineThatIsBrokenAndExitWith2(String line, String reason) throws Exception {
        // Where these words come from JSON, apostrophes stand for quotation marks; a group's own is kept.
        String wanted = reason.replace("'d9'", "\"d9\"");

        CommandRun run = eval("--vectors", file("v.jsonl", RECORD + line.replace('\'', '"') + "\n"));

        assertThat(run.status()).as(run.toString()).isEqualTo(2);
        assertThat(run.err()).contains("v.jsonl " + wanted).doesNotContain("\tat ", "Exception");
    }

    @Test
    void shouldNeedAnExpectationToCheck() throws Exception {
        CommandRun run = eval("--check", "--vectors", file("v.jsonl", RECORD + CASES));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("line 2: expected is missing");
    }

    @Test
    void shouldTellOfAPlainBodyThatIsNone() throws Exception {
        CommandRun run = eval("--definitions", file("d.json", "{\n\"flags\": 7}"), "--cases", file("c.jsonl", ""));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("d.json: the definitions' flags are not a list.");
    }

    @Test
    void shouldPassAllSharedVectors() {
        CommandRun run = eval("--check", "--vectors", VECTORS.toString());

        assertThat(run.status()).as(run.out()).isZero();
        assertThat(run.outLines()).containsExactly("1499 passed, 0 failed");
    }

    @Test
    void shouldEvaluateFortyThousandCasesInSeconds() throws Exception {
        Path file = folder.resolve("large.jsonl");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < 2_000; i++) {
                out.write(RECORD.replace("\"d1\"", "\"d" + i + "\""));
            }
            for (int i = 0; i < 40_000; i++) {
                out.write("{\"type\":\"case\",\"id\":\"c" + i + "\",\"definitions_ref\":\"d" + i % 2_000
                        + "\",\"key\":\"soon\",\"distinct_id\":\"u" + i
                        + "\",\"person_properties\":{\"start\":\"2025-01-01\"},"
                        + "\"expected\":{\"kind\":\"value\",\"value\":true,\"payload\":null}}\n");
            }
        }
        long start = System.nanoTime();

        CommandRun run = eval("--check", "--vectors", file.toString());

        assertThat(run.outLines()).containsExactly("40000 passed, 0 failed");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    private static String expecting(String id, String expected) {
        return "{\"type\":\"case\",\"id\":\"c1\",\"class\":\"rollout\",\"definitions_ref\":\"d1\",\"key\":\"simple-flag\","
                + "\"distinct_id\":\"" + id + "\",\"expected\":" + expected.strip() + "}\n";
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static CommandRun eval(String... options) {
        String[] args = new String[options.length + 2];
        args[0] = "flags";
        args[1] = "eval";
        System.arraycopy(options, 0, args, 2, options.length);
        return CommandRun.of(args);
    }
}
