package dev.penstock.engine;

/** Definitions for tests of the whole client. */
final class FlagDefinitionsText {

    /** A flag for all, one for nobody, one with variants and payloads, one undecidable, one on a property. */
    static final String SAMPLE = """
            {"flags": [
              {"id": 1, "key": "on", "active": true, "has_experiment": false, "filters": {"groups": [{"properties": []}],
                "payloads": {"true": "{\\"color\\": \\"red\\"}"}}},
              {"id": 2, "key": "off", "active": false, "filters": {"groups": [{}]}},
              {"id": 3, "key": "split", "active": true, "has_experiment": true, "filters": {"groups": [{}],
                "multivariate": {"variants": [{"key": "a", "rollout_percentage": 100}]},
                "payloads": {"a": "[1, 2]"}}},
              {"id": 4, "key": "pro", "active": true, "filters": {"groups": [{"properties": [
                {"key": "plan", "type": "person", "operator": "exact", "value": "pro"}]}]}}
            ], "group_type_mapping": {"0": "guild"}, "cohorts": {}}
            """;

    /** The same flags, but {@code on} is off and {@code extra} is new. */
    static final String CHANGED = SAMPLE.replace(
                    "\"key\": \"on\", \"active\": true", "\"key\": \"on\", \"active\": false")
            .replace(
                    "{\"id\": 2,",
                    "{\"id\": 5, \"key\": \"extra\", \"active\": true, \"filters\": {\"groups\": [{}]}}, {\"id\": 2,");

    private FlagDefinitionsText() {}

    static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
