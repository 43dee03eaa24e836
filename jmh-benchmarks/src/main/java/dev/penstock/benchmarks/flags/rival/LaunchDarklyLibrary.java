package dev.penstock.benchmarks.flags.rival;

import com.launchdarkly.sdk.ContextBuilder;
import com.launchdarkly.sdk.LDContext;
import com.launchdarkly.sdk.LDValue;
import com.launchdarkly.sdk.LDValueType;
import com.launchdarkly.sdk.server.Components;
import com.launchdarkly.sdk.server.FeatureFlagsState;
import com.launchdarkly.sdk.server.LDClient;
import com.launchdarkly.sdk.server.LDConfig;
import com.launchdarkly.sdk.server.integrations.FileData;
import dev.penstock.benchmarks.flags.FlagLibrary;
import dev.penstock.benchmarks.flags.SampleFlags;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * LaunchDarkly's library for servers, with its flags from a file, which is read once, and without events. It buckets
 * by a hash of its own, so people fall elsewhere, in the same shares.
 */
public final class LaunchDarklyLibrary implements FlagLibrary<LDContext> {
    private final LDClient client;

    /**
     * Opens the library.
     *
     * @param flags what the file defines
     */
    public LaunchDarklyLibrary(SampleFlags flags) throws IOException {
        Path file = Files.createTempFile("flags-", ".json");
        try {
            Files.write(file, LaunchDarklyJson.of(flags));
            client = new LDClient(
                    "sdk-benchmark",
                    new LDConfig.Builder()
                            .dataSource(FileData.dataSource().filePaths(file).autoUpdate(false))
                            .events(Components.noEvents())
                            .diagnosticOptOut(true)
                            .logging(Components.noLogging())
                            .build());
        } finally {
            Files.delete(file);
        }
        if (!client.isInitialized()) {
            throw new IllegalStateException("LaunchDarkly's library did not load its file");
        }
    }

    @Override
    public LDContext context(String distinctId, Map<String, Object> properties) {
        ContextBuilder builder = LDContext.builder(distinctId);
        for (Map.Entry<String, Object> property : properties.entrySet()) {
            builder.set(property.getKey(), (String) property.getValue());
        }
        return builder.build();
    }

    @Override
    public boolean isOn(String key, LDContext context) {
        return client.boolVariation(key, context, false);
    }

    @Override
    public String variant(String key, LDContext context) {
        return client.stringVariation(key, context, LaunchDarklyJson.NONE);
    }

    @Override
    public int all(String[] keys, LDContext context) {
        FeatureFlagsState state = client.allFlagsState(context);
        int sum = 0;
        for (String key : keys) {
            LDValue value = state.getFlagValue(key);
            sum += value.getType() == LDValueType.STRING ? value.stringValue().length() : value.booleanValue() ? 1 : 0;
        }
        return sum;
    }

    @Override
    public long usesReported() {
        return 0;
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
