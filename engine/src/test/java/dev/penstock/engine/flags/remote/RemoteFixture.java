package dev.penstock.engine.flags.remote;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.engine.testing.ManualExecutor;
import dev.penstock.engine.testing.ScriptedFetcher;
import dev.penstock.engine.transport.FailureKind;
import dev.penstock.engine.transport.FetchAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remote evaluation whose time and server are in the test's hands. */
final class RemoteFixture {

    static final String PROJECT_KEY = "phc_project";
    static final String SECRET_KEY = "phs_very_secret";
    static final int MAX_OPEN = 4;

    final ManualExecutor flagThread = new ManualExecutor();
    final ScriptedFetcher server = new ScriptedFetcher();
    final List<String> reports = new CopyOnWriteArrayList<>();
    final List<Throwable> causes = new CopyOnWriteArrayList<>();
    final RemoteEvaluator evaluator;
    final RemoteConfig config;

    RemoteFixture(int retries) {
        this(settings(SECRET_KEY, retries, Set.of()));
    }

    RemoteFixture(RemoteSettings settings) {
        evaluator = new RemoteEvaluator(settings, server, flagThread, this::report);
        config = new RemoteConfig(settings, server, flagThread, this::report);
    }

    static RemoteSettings settings(String secretKey, int retries, Set<String> contexts) {
        return new RemoteSettings(
                PROJECT_KEY, secretKey, contexts, Duration.ofSeconds(3), retries, Duration.ofMillis(300), MAX_OPEN);
    }

    private void report(String message, Throwable cause) {
        reports.add(message);
        if (cause != null) {
            causes.add(cause);
        }
    }

    CompletableFuture<RemoteAnswer> ask() {
        return evaluator.evaluate(FlagContext.of("ana"), Set.of("a"), false);
    }

    void answer(int status) {
        server.last().answer(status);
        flagThread.run();
    }

    void answer(String body) {
        server.last().answer(null, body);
        flagThread.run();
    }

    void fail(FailureKind kind) {
        server.last().answer(FetchAnswer.failed(kind, "reason of the transport"));
        flagThread.run();
    }

    void pass(long ms) {
        flagThread.advance(Duration.ofMillis(ms));
    }
}
