package dev.penstock.engine.flags;

import dev.penstock.client.ClientConfig;
import dev.penstock.client.flags.FlagUsage;
import dev.penstock.engine.flags.definitions.DefinitionsParser;
import dev.penstock.engine.flags.evaluation.FlagEvaluator;
import dev.penstock.engine.flags.evaluation.SnapshotCompiler;
import dev.penstock.engine.flags.load.BootstrapDefinitions;
import dev.penstock.engine.flags.load.CacheCalls;
import dev.penstock.engine.flags.load.DefinitionsPoller;
import dev.penstock.engine.flags.load.DefinitionsSources;
import dev.penstock.engine.flags.load.FlagThread;
import dev.penstock.engine.flags.load.PollClocks;
import dev.penstock.engine.flags.load.PollSettings;
import dev.penstock.engine.flags.remote.MissingKeys;
import dev.penstock.engine.flags.remote.RemoteConfig;
import dev.penstock.engine.flags.remote.RemoteEvaluator;
import dev.penstock.engine.flags.remote.RemoteSettings;
import dev.penstock.engine.flags.result.PayloadReader;
import dev.penstock.engine.flags.usage.UsageReporter;
import java.time.Duration;
import java.util.SplittableRandom;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Puts the flags of a client together from its configuration: which part knows which is said here and nowhere else.
 *
 * <p>No thread is started before there is something to load, to summarise or to try again.
 */
public final class FlagAssembly {

    /** How many remote evaluations may be under way at once; further ones fail at once. */
    public static final int MAX_REMOTE = 64;

    /** Requests that may be open at once: definitions, and remote evaluations and configuration. */
    public static final int MAX_FETCHES = DefinitionsPoller.MAX_OPEN + RemoteConfig.MAX_OPEN + MAX_REMOTE;

    private static final Duration FIRST_RETRY_DELAY = Duration.ofMillis(300);
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** An interval late is nothing unusual; more than that, and definitions are not being refreshed. */
    private static final int MISSING_INTERVALS = 2;

    private final ClientConfig config;
    private final FlagSurroundings surroundings;
    private final FlagStore store;
    private final MissingKeys missing;
    private final FlagThread thread;
    private final PayloadReader payloads;

    /**
     * Begins an assembly.
     *
     * @param config the configuration
     * @param surroundings the rest of the client
     */
    public FlagAssembly(ClientConfig config, FlagSurroundings surroundings) {
        this.config = config;
        this.surroundings = surroundings;
        boolean active = surroundings.fetcher() != null;
        boolean polls = active && !config.secretKey().isEmpty();
        this.store = new FlagStore(active && config.evaluatesLocally());
        this.missing = new MissingKeys(
                SystemNanoClock.INSTANCE,
                polls ? config.flagPollInterval().multipliedBy(MISSING_INTERVALS) : Duration.ZERO);
        this.thread = new FlagThread(surroundings.threads().apply("flags"), warnsOf("flag thread"));
        this.payloads = new PayloadReader(warnsOf("flag payload"));
    }

    /**
     * Makes the flag client.
     *
     * @param stripes how many threads are expected to evaluate at once; a power of two
     * @return a flag client, to be started
     */
    public EngineFlags assemble(int stripes) {
        FlagEvaluator evaluator = new FlagEvaluator(surroundings.wallClock(), stripes, warnsOf("flag evaluation"));
        RemoteFlags remote = remote();
        boolean active = surroundings.fetcher() != null;
        UsageReporter reporter = new UsageReporter(
                active ? config.flagUsage() : FlagUsage.OFF,
                config.maxTrackedIds(),
                surroundings.millis(),
                surroundings.sink(),
                warnsOf("flag use"));
        LocalFlags local = new LocalFlags(evaluator, remote);
        DefinitionsPoller poller = active && config.evaluatesLocally() ? poller(remote) : null;
        Duration summaryInterval =
                active && config.flagUsage() == FlagUsage.SUMMARIES ? config.flagSummaryInterval() : null;
        return new EngineFlags(
                surroundings.ambient(),
                new FlagReads(store, evaluator, remote, reporter),
                new FlagEvaluation(store, local, remote, reporter, surroundings.errors()),
                new FlagOverrides(store, payloads),
                remote,
                new FlagLifecycle(store, poller, remote, reporter, thread, summaryInterval, surroundings.errors()));
    }

    private RemoteFlags remote() {
        RemoteEvaluator evaluator = null;
        RemoteConfig remoteConfig = null;
        if (surroundings.fetcher() != null) {
            RemoteSettings settings = new RemoteSettings(
                    config.apiKey(),
                    config.secretKey(),
                    config.evaluationContexts(),
                    config.flagRequestTimeout(),
                    config.flagRetries(),
                    FIRST_RETRY_DELAY,
                    MAX_REMOTE);
            evaluator = new RemoteEvaluator(
                    settings, surroundings.fetcher(), thread.executor(), warnsOf("remote flag evaluation"));
            remoteConfig = new RemoteConfig(
                    settings, surroundings.fetcher(), thread.executor(), warnsOf("remote configuration"));
        }
        return new RemoteFlags(
                evaluator,
                remoteConfig,
                missing,
                payloads,
                config.remoteFallback(),
                config.disableFlagGeoIp(),
                patience());
    }

    /** All attempts, the delays between them, and a little for the hand-over. */
    private Duration patience() {
        int retries = config.flagRetries();
        return config.flagRequestTimeout()
                .multipliedBy(retries + 1L)
                .plus(FIRST_RETRY_DELAY.multipliedBy((1L << retries) - 1))
                .plus(GRACE);
    }

    private DefinitionsPoller poller(RemoteFlags remote) {
        PollSettings settings = new PollSettings(
                config.apiKey(),
                config.secretKey(),
                config.flagPollInterval(),
                PollSettings.DEFAULT_TIMEOUT,
                config.maxFlagDefinitionsBytes());
        CacheCalls cache = config.flagDefinitionsCache() == null
                ? null
                : new CacheCalls(
                        config.flagDefinitionsCache(),
                        surroundings.threads().apply("flag-cache"),
                        thread.executor(),
                        warnsOf("flag definitions cache"));
        FlagPublisher publisher = new FlagPublisher(
                store,
                new DefinitionsParser(),
                new SnapshotCompiler(payloads, config.evaluationContexts()),
                remote,
                surroundings.changes(),
                surroundings.errors());
        return new DefinitionsPoller(
                settings,
                new DefinitionsSources(surroundings.fetcher(), bootstrap(), cache),
                publisher,
                thread.executor(),
                new PollClocks(surroundings.wallClock(), SystemNanoClock.INSTANCE, new SplittableRandom()),
                warnsOf("flag definitions"));
    }

    private BootstrapDefinitions bootstrap() {
        if (config.flagDefinitionsFile() != null) {
            return BootstrapDefinitions.of(config.flagDefinitionsFile());
        }
        return config.flagDefinitionsJson() == null ? null : BootstrapDefinitions.of(config.flagDefinitionsJson());
    }

    private java.util.function.BiConsumer<String, Throwable> warnsOf(String kind) {
        return (message, cause) -> surroundings.errors().warn(kind, message, cause);
    }
}
