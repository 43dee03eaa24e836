package dev.penstock.stress.conformance;

import java.util.List;
import java.util.Map;

/** {@code GET /health}: who answers here, and which suites of tests apply. */
final class HealthHandler implements CallHandler {
    private final AdapterSetup setup;

    HealthHandler(AdapterSetup setup) {
        this.setup = setup;
    }

    @Override
    public Map<String, Object> handle(Call call) {
        return Map.of(
                "sdk_name", "penstock-java",
                "sdk_version", AdapterVersion.text(),
                "adapter_version", AdapterVersion.text(),
                "supports_parallel", true,
                "capabilities",
                        List.of(
                                setup.form().capability(),
                                "capture_ai_v0",
                                setup.encoding().capability()));
    }
}
