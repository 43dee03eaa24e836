package dev.penstock.benchmarks.flags.rival;

import com.posthog.server.PostHog;
import com.posthog.server.PostHogConfig;
import com.posthog.server.PostHogInterface;
import dev.penstock.benchmarks.flags.FlagLibrary;
import dev.penstock.benchmarks.flags.PostHogJson;
import dev.penstock.benchmarks.flags.SampleFlags;
import dev.penstock.collector.Collector;
import dev.penstock.collector.FlagRoute;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * PostHog's own library for servers, with local evaluation. It loads its definitions from a collector once; the next
 * poll is a day away. It takes the id and the map as they are, so there is nothing to make beforehand. The version
 * compared with has no call for all flags, so they are asked for one by one.
 * <p>
 * Its memory of reported uses is made larger than the default, so that a bounded set of people fits.
 */
public final class PostHogLibrary implements FlagLibrary<PostHogLibrary.Person> {
    private static final int A_DAY_S = 24 * 60 * 60;
    private static final int REMEMBERED_USES = 100_000;

    private final Collector collector = Collector.start();
    private final AtomicLong uses = new AtomicLong();
    private final PostHogInterface client;

    /**
     * What a question is about.
     *
     * @param distinctId the person
     * @param properties what is known of the person
     */
    public record Person(String distinctId, Map<String, Object> properties) {}

    /**
     * Opens the library and waits for the definitions.
     *
     * @param flags what they define
     * @param usageEvents whether the first use of a flag by a person makes an event
     */
    public PostHogLibrary(SampleFlags flags, boolean usageEvents) throws IOException, InterruptedException {
        collector.flags().definitions(new String(PostHogJson.of(flags), java.nio.charset.StandardCharsets.UTF_8));
        CountDownLatch loaded = new CountDownLatch(1);
        PostHogConfig config = PostHogConfig.builder("phc_benchmark")
                .host(collector.uri().toString())
                .personalApiKey("phx_benchmark")
                .localEvaluation(true)
                .pollIntervalSeconds(A_DAY_S)
                .preloadFeatureFlags(false)
                .sendFeatureFlagEvent(usageEvents)
                .featureFlagCalledCacheSize(REMEMBERED_USES)
                .onFeatureFlags(loaded::countDown)
                .build();
        config.addBeforeSend(event -> {
            uses.incrementAndGet();
            return event;
        });
        client = PostHog.with(config);
        if (!loaded.await(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("posthog-server did not load its definitions");
        }
    }

    @Override
    public Person context(String distinctId, Map<String, Object> properties) {
        return new Person(distinctId, properties);
    }

    @Override
    public boolean isOn(String key, Person person) {
        return client.isFeatureEnabled(person.distinctId, key, false, null, person.properties, null);
    }

    @Override
    public String variant(String key, Person person) {
        return client.getFeatureFlag(person.distinctId, key, null, null, person.properties, null)
                        instanceof String variant
                ? variant
                : "";
    }

    @Override
    public int all(String[] keys, Person person) {
        int sum = 0;
        for (String key : keys) {
            Object value = client.getFeatureFlag(person.distinctId, key, null, null, person.properties, null);
            sum += value instanceof String variant ? variant.length() : Boolean.TRUE.equals(value) ? 1 : 0;
        }
        return sum;
    }

    @Override
    public long usesReported() {
        return uses.get();
    }

    /** Closes the library, and makes sure that it never asked the server to evaluate. */
    @Override
    public void close() {
        client.close();
        int asked = collector.flags().requestsTo(FlagRoute.EVALUATION).size();
        collector.close();
        if (asked != 0) {
            throw new IllegalStateException("posthog-server asked the server " + asked + " times");
        }
    }
}
