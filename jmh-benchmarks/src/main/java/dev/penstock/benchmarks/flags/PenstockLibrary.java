package dev.penstock.benchmarks.flags;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureClients;
import dev.penstock.client.ClientConfig;
import dev.penstock.client.flags.FlagClient;
import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagEvaluations;
import dev.penstock.client.flags.FlagOptions;
import dev.penstock.client.flags.FlagUsage;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.client.flags.ReusableFlags;
import dev.penstock.collector.Collector;
import java.io.IOException;
import java.util.Map;

/** This library, as shipped, through its public API; its definitions are bytes. */
final class PenstockLibrary implements FlagLibrary<FlagContext> {
    private final Collector collector = Collector.start();
    private final CaptureClient client;
    private final FlagClient flags;
    private final ThreadLocal<ReusableFlags> reused;

    PenstockLibrary(SampleFlags sample, boolean usageEvents, boolean reuses) throws IOException {
        client = CaptureClients.create(ClientConfig.builder("phc_benchmark")
                .host(collector.uri().toString())
                .flagDefinitionsJson(PostHogJson.of(sample))
                .flagUsage(usageEvents ? FlagUsage.EVENTS : FlagUsage.OFF)
                .build());
        flags = client.flags();
        reused = reuses ? ThreadLocal.withInitial(flags::reusableFlags) : null;
        if (!flags.isLocalEvaluationReady()) {
            throw new IllegalStateException("the definitions were not loaded");
        }
    }

    @Override
    public FlagContext context(String distinctId, Map<String, Object> properties) {
        return FlagContext.of(distinctId, properties);
    }

    @Override
    public boolean isOn(String key, FlagContext context) {
        return flags.isEnabled(key, context);
    }

    @Override
    public String variant(String key, FlagContext context) {
        return flags.getFlag(key, context).variant();
    }

    @Override
    public int all(String[] keys, FlagContext context) {
        if (reused != null) {
            return allReused(keys, context);
        }
        FlagEvaluations evaluations = flags.evaluateFlags(context, FlagOptions.DEFAULT);
        int sum = 0;
        for (String key : keys) {
            FlagValue value = evaluations.getFlag(key);
            sum += value.isVariant() ? value.variant().length() : value.isEnabled() ? 1 : 0;
        }
        return sum;
    }

    private int allReused(String[] keys, FlagContext context) {
        ReusableFlags results = reused.get().evaluate(context, FlagOptions.DEFAULT);
        int sum = 0;
        for (String key : keys) {
            FlagValue value = results.getFlag(key);
            sum += value.isVariant() ? value.variant().length() : value.isEnabled() ? 1 : 0;
        }
        return sum;
    }

    @Override
    public long usesReported() {
        return flags.stats().usesReported();
    }

    @Override
    public void close() {
        client.close();
        collector.close();
    }
}
