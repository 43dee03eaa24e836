package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlagsExplainTest {
    private static final Path FLAGS = Path.of("src", "test", "resources", "flags", "explained.json");
    private static final Path EXAMPLE = Path.of("examples", "flags.json");

    @TempDir
    private Path folder;

    @Test
    void shouldExplainAMatchWithAVariantAndItsPayload() {
        assertThat(explained("simple-flag", "user-2", "--person", "plan=pro")).isEqualTo("""
                `simple-flag` is `control` for user-2: condition 1 matched, the bucket is inside its rollout of
                37.5% and the bucket chose the variant.

                Flag        simple-flag, id 1, active, about persons
                Subject     person, bucketed by "user-2"
                Condition 1 of 1: matches
                  yes      plan is one of "pro", "team"; it is "pro"
                  in       rollout 37.5%: hash 0.19627890677259049 (323f559d7b9fed8) is not above 0.375
                  variant  hash 0.056799881218878016 (0e8a6fe04073b7b)
                           control  from 0 to below 0.5  <- chosen
                           compact  from 0.5 to below 1
                Payload     {"columns":2,"ratio":1.0}
                """);
    }

    @Test
    void shouldExplainThatNoConditionMatched() {
        assertThat(explained("simple-flag", "user-2", "--person", "plan=free")).isEqualTo("""
                `simple-flag` is `false` for user-2: no condition matched (plan is one of "pro", "team"; it is
                "free").

                Flag        simple-flag, id 1, active, about persons
                Subject     person, bucketed by "user-2"
                Condition 1 of 1: does not match
                  no       plan is one of "pro", "team"; it is "free"
                """);
    }

    @Test
    void shouldExplainThatTheBucketIsOutOfTheRollout() {
        assertThat(explained("simple-flag", "user-1", "--person", "plan=team")).isEqualTo("""
                `simple-flag` is `false` for user-1: condition 1 matched, but the bucket is outside its rollout of
                37.5%.

                Flag        simple-flag, id 1, active, about persons
                Subject     person, bucketed by "user-1"
                Condition 1 of 1: matches, but the bucket is outside the rollout
                  yes      plan is one of "pro", "team"; it is "team"
                  out      rollout 37.5%: hash 0.73713225360905432 (bcb4b30a13e1f13) is above 0.375
                """);
    }

    @Test
    void shouldNameThePropertyThatIsMissing() {
        assertThat(explained("simple-flag", "user-1")).isEqualTo("""
                `simple-flag` cannot be decided here for user-1: condition 1 tests the person's plan, which was not
                given.
                To decide it here, pass --person plan=VALUE. Otherwise the flag is missing.

                Flag        simple-flag, id 1, active, about persons
                Subject     person, bucketed by "user-1"
                Condition 1 of 1: cannot be decided
                  unknown  plan is one of "pro", "team"; not given
                """);
    }

    @Test
    void shouldExplainAHoldout() {
        assertThat(explained("held", "user-1")).isEqualTo("""
                `held` is `holdout-7` for user-1: it is held out by holdout 7, which takes 17.9%.

                Flag        held, id 3, active, about persons
                Subject     person, bucketed by "user-1"
                Holdout     7, which takes 17.9%: hash 0.17805599206573022 (2d9513d6c7762a4) is not above 0.179:
                            held out
                Condition 1 of 1: not looked at
                Payload     none
                """);
    }

    @Test
    void shouldExplainThatTheHoldoutDoesNotApply() {
        assertThat(explained("held", "user-2")).isEqualTo("""
                `held` is `true` for user-2: condition 1 matched and lets everyone in.

                Flag        held, id 3, active, about persons
                Subject     person, bucketed by "user-2"
                Holdout     7, which takes 17.9%: hash 0.92838733079018398 (edaacac7c3bb1d8) is above 0.179: not
                            held out
                Condition 1 of 1: matches
                  yes      no filters: everyone
                  in       rollout 100%: everyone
                Payload     none
                """);
    }

    @Test
    void shouldAskForTheGroupOfAGroupFlag() {
        assertThat(explained("group-flag", "user-1")).isEqualTo("""
                `group-flag` cannot be decided here for user-1: it is about groups of type company, and no company
                was given.
                To decide it here, pass --group company=KEY. Otherwise the flag is missing.

                Flag        group-flag, id 4, active, about groups of type company
                Subject     group company, whose id was not given
                """);
    }

    @Test
    void shouldExplainAGroupFlag() {
        assertThat(explained("group-flag", "user-1", "--group", "company=acme", "--group-property", "company.seats=21"))
                .isEqualTo("""
                `group-flag` is `true` for group company acme: condition 1 matched, the bucket is inside its rollout
                of 6.4%.

                Flag        group-flag, id 4, active, about groups of type company
                Subject     group company, bucketed by "acme"
                Condition 1 of 1: matches
                  yes      seats is greater than 20; it is 21
                  in       rollout 6.4%: hash 0.063192501921597546 (102d62411b0dc0f) is not above 0.064
                Payload     none
                """);
    }

    @Test
    void shouldExplainADependencyWithTheOtherFlagsSteps() {
        assertThat(explained("upsell", "user-2", "--person", "plan=pro")).isEqualTo("""
                `upsell` is `true` for user-2: condition 1 matched and lets everyone in.

                Flag        upsell, id 5, active, about persons
                Subject     person, bucketed by "user-2"
                Condition 1 of 1: matches
                  yes      flag simple-flag must be "control"; it is "control"
                           simple-flag is `control`:
                             Subject     person, bucketed by "user-2"
                             Condition 1 of 1: matches
                               yes      plan is one of "pro", "team"; it is "pro"
                               in       rollout 37.5%: hash 0.19627890677259049 (323f559d7b9fed8) is not above 0.375
                               variant  hash 0.056799881218878016 (0e8a6fe04073b7b)
                                        control  from 0 to below 0.5  <- chosen
                                        compact  from 0.5 to below 1
                  in       rollout 100%: everyone
                Payload     none
                """);
    }

    @Test
    void shouldExplainAnUndecidedDependency() {
        assertThat(explained("upsell", "user-2")).isEqualTo("""
                `upsell` cannot be decided here for user-2: condition 1 needs flag simple-flag: condition 1 tests
                the person's plan, which was not given.
                To decide it here, pass --person plan=VALUE. Otherwise the flag is missing.

                Flag        upsell, id 5, active, about persons
                Subject     person, bucketed by "user-2"
                Condition 1 of 1: cannot be decided
                  unknown  flag simple-flag must be "control"; it is not decided
                           simple-flag is not decided:
                             Subject     person, bucketed by "user-2"
                             Condition 1 of 1: cannot be decided
                               unknown  plan is one of "pro", "team"; not given
                """);
    }

    @Test
    void shouldExplainACohortAndAVariantSetByTheCondition() {
        assertThat(explained("insiders", "user-2", "--person", "email=ann@EXAMPLE.org", "--person", "country=FR"))
                .isEqualTo("""
                `insiders` is `gold` for user-2: condition 1 matched and the condition sets the variant.

                Flag        insiders, id 6, active, about persons
                Subject     person, bucketed by "user-2"
                Condition 1 of 1: matches
                  yes      in cohort 12, all of 2 filters:
                           yes      email contains "@example.org"; it is "ann@EXAMPLE.org"
                           yes      not: country is "DE"; it is "FR"
                  in       rollout 100%: everyone
                  variant  gold, set by the condition
                Payload     none
                """);
    }

    @Test
    void shouldListAllThatIsMissing() {
        assertThat(explained("insiders", "user-2")).isEqualTo("""
                `insiders` cannot be decided here for user-2: condition 1 needs cohort 12, which tests the person's
                email, which was not given; and 1 more, below.
                To decide it here, pass --person email=VALUE --person country=VALUE. Otherwise the flag is missing.

                Undecided, because
                  - condition 1 needs cohort 12, which tests the person's email, which was not given
                  - condition 1 needs cohort 12, which tests the person's country, which was not given

                Flag        insiders, id 6, active, about persons
                Subject     person, bucketed by "user-2"
                Condition 1 of 1: cannot be decided
                  unknown  in cohort 12, all of 2 filters:
                           unknown  email contains "@example.org"; not given
                           unknown  not: country is "DE"; not given
                """);
    }

    @Test
    void shouldExplainAnEarlyExit() {
        assertThat(explained("early", "user-1", "--person", "plan=pro")).isEqualTo("""
                `early` is `false` for user-1: condition 1 matched, but the bucket is outside its rollout of 0%,
                which ends the search (early exit).

                Flag        early, id 2, active, about persons
                Subject     person, bucketed by "user-1"
                Early exit  the first condition whose filters match decides, also by its rollout
                Condition 1 of 2: matches, but the bucket is outside the rollout
                  yes      no filters: everyone
                  out      rollout 0%: hash 0.68874741889996061 (b051c0376136d64) is above 0
                Condition 2 of 2: not looked at
                """);
    }

    @Test
    void shouldExplainAFlagThatIsNotActive() {
        assertThat(explained("asleep", "user-1")).isEqualTo("""
                `asleep` is `false` for user-1: the flag is not active.

                Flag        asleep, id 7, not active
                """);
    }

    @Test
    void shouldExplainWhatOnlyTheServerKnows() {
        assertThat(explained("static", "user-1")).isEqualTo("""
                `static` cannot be decided here for user-1: condition 1 needs cohort 99: only the server knows its
                members.
                Only the server can decide it; the client asks it if that is allowed (remoteFallback).

                Flag        static, id 9, active, about persons
                Subject     person, bucketed by "user-1"
                Condition 1 of 1: cannot be decided
                  server   cohort 99: only the server knows its members
                """);
    }

    @Test
    void shouldSayThatTheServerKeepsAssignments() {
        assertThat(explained("kept", "user-1")).isEqualTo("""
                `kept` cannot be decided here for user-1: assignments are kept by the server.
                Only the server can decide it; the client asks it if that is allowed (remoteFallback).

                Flag        kept, id 8, active, about persons
                """);
    }

    @Test
    void shouldExplainASkippedCondition() {
        assertThat(explained("mixed", "user-1", "--person", "plan=free")).isEqualTo("""
                `mixed` is `false` for user-1: no condition matched (condition 1 was skipped, as the group is not
                given).

                Flag        mixed, id 10, active, about persons
                Subject     person, bucketed by "user-1"
                Condition 1 of 2, about the group company: skipped, as the group is not given
                Condition 2 of 2: does not match
                  no       plan is "pro"; it is "free"
                """);
    }

    @Test
    void shouldAskForTheDevice() {
        assertThat(explained("by-device", "user-1")).isEqualTo("""
                `by-device` cannot be decided here for user-1: it is rolled out by device, and no device id was
                given.
                To decide it here, pass --device-id ID. Otherwise the flag is missing.

                Flag        by-device, id 11, active, about persons, rolled out by device
                Subject     device, whose id was not given
                """);
    }

    @Test
    void shouldTellWhatNoPropertyCanDecide() {
        assertThat(explained("server-test", "user-1", "--person", "build=beta")).isEqualTo("""
                `server-test` cannot be decided here for user-1: condition 1 tests the person's age, which is left
                to the server, for unknown is the operator "between"; and 2 more, below.
                It may be decided here with --person plan=VALUE. Otherwise the flag is missing.

                Undecided, because
                  - condition 1 tests the person's age, which is left to the server, for unknown is the operator
                    "between"
                  - condition 1 tests whether the person's build is a version after 1.2.0, which cannot be told of
                    "beta"
                  - condition 1 tests the person's plan, which was not given

                Flag        server-test, id 12, active, about persons
                Subject     person, bucketed by "user-1"
                Condition 1 of 1: cannot be decided
                  unknown  age is left to the server, for unknown is the operator "between"; not given
                  unknown  build is a version after 1.2.0; it is "beta"
                  unknown  plan is "pro"; not given
                """);
    }

    @Test
    void shouldExplainThatNoVariantCoversTheBucket() {
        assertThat(explained("narrow", "user-1")).isEqualTo("""
                `narrow` is `true` for user-1: condition 1 matched and no variant covers the bucket.

                Flag        narrow, id 13, active, about persons
                Subject     person, bucketed by "user-1"
                Condition 1 of 1: matches
                  yes      no filters: everyone
                  in       rollout 100%: everyone
                  variant  hash 0.15580846590235445 (27e310497d9442a)
                           thin  from 0 to below 0.001
                           no variant covers the hash, so the value is true
                Payload     none
                """);
    }

    @Test
    void shouldTakePropertiesAsJsonWhereTheyAreJson() {
        assertThat(explain("group-flag", "u", "--group", "company=acme", "--group-property", "company.seats=\"9\"")
                        .out())
                .contains("seats is greater than 20; it is \"9\"");
        assertThat(explain("simple-flag", "u", "--person", "plan=01").out()).contains("; it is \"01\"");
        assertThat(explain("simple-flag", "u", "--person", "plan=1.0").out()).contains("; it is 1.0");
        assertThat(explain("simple-flag", "u", "--person", "plan=").out()).contains("; it is \"\"");
        assertThat(explain("simple-flag", "u", "--person", "plan=a=b").out()).contains("; it is \"a=b\"");
        assertThat(explain("simple-flag", "u", "--person", "plan=[null, true]").out())
                .contains("; it is [null,true]");
    }

    @Test
    void shouldEvaluateAtTheTimeGiven() throws Exception {
        String file = Files.writeString(folder.resolve("f.json"), """
                        {"flags":[{"key":"recent","active":true,"filters":{"groups":[{"properties":[\
                        {"key":"seen","operator":"is_date_after","value":"-1d"}]}]}}]}""").toString();
        String[] now = {"2026-03-01T11:00:00Z", "2026-03-01T13:00:00Z", "2026-03-01"};

        assertThat(now)
                .extracting(time -> CommandRun.of(
                                "flags",
                                "explain",
                                "--definitions",
                                file,
                                "--key",
                                "recent",
                                "--distinct-id",
                                "u",
                                "--person",
                                "seen=2026-02-28T12:00:00Z",
                                "--now",
                                time)
                        .outLines()
                        .get(0)
                        .replaceAll(":.*", ""))
                .containsExactly("`recent` is `true` for u", "`recent` is `false` for u", "`recent` is `true` for u");
    }

    @Test
    void shouldExplainAsJson() throws Exception {
        CommandRun run = explain("simple-flag", "user-2", "--person", "plan=pro", "--json");

        JsonNode json = new ObjectMapper().readTree(run.out());
        assertThat(run.outLines()).hasSize(1);
        assertThat(json.path("value").asText()).isEqualTo("control");
        assertThat(json.path("payload").toString()).isEqualTo("{\"columns\":2,\"ratio\":1.0}");
        assertThat(json.path("reason").asText()).startsWith("`simple-flag` is `control` for user-2: ");
        JsonNode condition = json.path("evaluation").path("conditions").path(0);
        assertThat(condition.path("filters").path(0).path("given").asBoolean()).isTrue();
        assertThat(condition.path("rollout").path("hash").asDouble()).isEqualTo(0.1962789067725905);
        assertThat(condition.path("rollout").path("hash_hex").asText()).isEqualTo("323f559d7b9fed8");
        assertThat(condition.path("variant").path("hash").asDouble()).isEqualTo(0.056799881218878016);
    }

    @Test
    void shouldNestFlagsAndCohortsInJson() throws Exception {
        JsonNode upsell = new ObjectMapper()
                .readTree(explain("upsell", "user-2", "--json").out());
        JsonNode insiders = new ObjectMapper()
                .readTree(explain("insiders", "u", "--person", "email=x", "--json")
                        .out());

        assertThat(upsell.path("kind").asText()).isEqualTo("inconclusive");
        assertThat(upsell.path("undecided").path(0).asText())
                .isEqualTo(
                        "condition 1 needs flag simple-flag: condition 1 tests the person's plan, which was not given");
        assertThat(upsell.at("/evaluation/conditions/0/filters/0/flags/0/conditions/0/verdict")
                        .asText())
                .isEqualTo("uncertain");
        assertThat(insiders.at("/evaluation/conditions/0/filters/0/filters/0/verdict")
                        .asText())
                .isEqualTo("no");
    }

    @Test
    void shouldSuggestCloseKeysForAnUnknownFlag() {
        CommandRun text = explain("simpel-flag", "u");
        CommandRun json = explain("simpel-flag", "u", "--json");
        CommandRun far = explain("quite-another-matter", "u");

        assertThat(text.status()).isEqualTo(1);
        assertThat(text.outLines())
                .containsExactly(
                        "There is no flag `simpel-flag` among the 13 in " + FLAGS + ". Did you mean `simple-flag`?");
        assertThat(json.status()).isEqualTo(1);
        assertThat(json.out()).contains("\"kind\":\"inconclusive\"", "\"close_keys\":[\"simple-flag\"]");
        assertThat(far.out()).endsWith(FLAGS + "." + System.lineSeparator());
    }

    @Test
    void shouldChooseAmongRecordsOfDefinitions() throws Exception {
        String one = "{\"type\":\"definitions\",\"id\":\"d1\",\"definitions\":{\"flags\":[{\"key\":\"a\"}]}}\n";
        String file = Files.writeString(folder.resolve("one.jsonl"), one).toString();
        String both = Files.writeString(
                        folder.resolve("both.jsonl"),
                        one + one.replace("d1", "d2").replace("\"a\"", "\"b\""))
                .toString();
        String none = Files.writeString(folder.resolve("none.jsonl"), "").toString();

        assertThat(records(file, "a").out()).startsWith("`a` is `false` for u: the flag is not active.");
        assertThat(records(both, "b", "--ref", "d2").out()).startsWith("`b` is `false`");
        assertThat(records(both, "b").err()).contains("both.jsonl holds 2 definitions; choose one with --ref");
        assertThat(records(both, "b", "--ref", "d3").err()).contains("--ref d3 names no definitions in");
        assertThat(records(none, "b").err()).contains("none.jsonl holds no definitions");
        assertThat(records(none, "b").status()).isEqualTo(2);
    }

    private static CommandRun records(String file, String key, String... options) {
        return run(file, key, "u", options);
    }

    @ParameterizedTest
    @CsvSource({
        "user-1, --person email=kim@example.com --person role=admin, `new-search` is `cards` for user-1",
        "user-6, --person email=kim@corp.example --person plan=pro, `new-search` is `list` for user-6",
        "user-7, --person email=kim@corp.example --person plan=pro, `new-search` is `cards` for user-7",
        "user-8, --person email=kim@corp.example --person plan=pro, `new-search` is `false` for user-8",
        "user-3, --person plan=pro, `new-search` cannot be decided here for user-3",
    })
    void shouldExplainTheExample(String id, String options, String beginning) {
        CommandRun run = run(EXAMPLE.toString(), "new-search", id, options.split(" ", -1));

        assertThat(run.out()).startsWith(beginning);
    }

    /** The whole of an explanation, checked for its width. */
    private static String explained(String key, String id, String... options) {
        CommandRun run = explain(key, id, options);
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.outLines()).allMatch(line -> line.length() <= 100);
        return String.join("\n", run.outLines()) + "\n";
    }

    private static CommandRun explain(String key, String id, String... options) {
        return run(FLAGS.toString(), key, id, options);
    }

    private static CommandRun run(String file, String key, String id, String... options) {
        List<String> args =
                new ArrayList<>(List.of("flags", "explain", "--definitions", file, "--key", key, "--distinct-id", id));
        args.addAll(List.of(options));
        return CommandRun.of(args.toArray(String[]::new));
    }
}
