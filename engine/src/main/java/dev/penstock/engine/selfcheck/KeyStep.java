package dev.penstock.engine.selfcheck;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.penstock.engine.transport.FetchAnswer;
import dev.penstock.engine.transport.FetchRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Whether the server knows the key.
 *
 * <p>PostHog takes events with any key that looks like one and sorts them out later, but asked for flags it says at once
 * whether it knows the key. So one flag is asked for that does not exist. Segment says nothing of the kind anywhere; there, and
 * where nobody answers for flags, a batch without events shows at least whether the key is refused.
 */
final class KeyStep implements CheckStep {

    private static final String FLAGS = "/flags/?v=2";
    private static final int QUOTA = 402;
    private static final int MAX_ANSWER_BYTES = 1024 * 1024;
    private static final Map<String, String> HEADERS = Map.of("Content-Type", "application/json");

    private static final String PROJECT_KEY =
            "Copy the project's API key from its settings again, and see that the host is that of the project's region.";
    private static final String WRITE_KEY =
            "Copy the source's write key from its settings again, and see that the host is that of the workspace's region.";

    @Override
    public String name() {
        return "key";
    }

    @Override
    public Finding take(CheckRun run) throws CheckEndedException {
        return run.target().flagKey() == null ? byBatch(run) : byFlags(run);
    }

    private static Finding byFlags(CheckRun run) throws CheckEndedException {
        String host = run.target().host().toString();
        FetchAnswer answer = run.exchanges()
                .ask(new FetchRequest(FLAGS, HEADERS, question(run.target().flagKey()), MAX_ANSWER_BYTES));
        Finding obstacle = StatusText.obstacle(answer, host);
        if (obstacle != null) {
            return obstacle;
        }
        if (StatusText.refusesKey(answer)) {
            return StatusText.refusedKey(answer, PROJECT_KEY);
        }
        if (StatusText.isSuccess(answer)) {
            return isObject(answer.body())
                    ? Finding.passed("The server knows the key.")
                    : Finding.failed(
                            host + " answers " + answer.status() + " when asked for flags, but not as PostHog does.",
                            "See whether the host is that of a web site instead of that of the API.");
        }
        if (answer.status() == QUOTA) {
            return Finding.warning(
                    "The server knows the key, but the project has used up what it may ask for (status " + QUOTA + ").",
                    "See the project's billing settings.");
        }
        return withoutFlags(run, answer.status());
    }

    private static Finding withoutFlags(CheckRun run, int flagStatus) throws CheckEndedException {
        FetchAnswer answer = run.batches().smallest();
        return StatusText.refusesKey(answer)
                ? StatusText.refusedKey(answer, PROJECT_KEY)
                : Finding.warning(
                        "Whether the server knows the key cannot be told: asked for flags, which would show it, it answers "
                                + flagStatus + ".",
                        "See whether events arrive in the project. If this host should answer for flags, see to that.");
    }

    private static Finding byBatch(CheckRun run) throws CheckEndedException {
        FetchAnswer answer = run.batches().smallest();
        Finding obstacle = StatusText.obstacle(answer, run.target().host().toString());
        if (obstacle != null) {
            return obstacle;
        }
        return StatusText.refusesKey(answer)
                ? StatusText.refusedKey(answer, WRITE_KEY)
                : Finding.warning(
                        "The server does not refuse the key (status " + answer.status()
                                + "). That is no proof: Segment takes batches with keys it does not know, and drops them.",
                        "Send a message and look for it in the source's debugger.");
    }

    /** Asks for one flag, so that the others are not evaluated for nothing. */
    private static byte[] question(String key) {
        String text =
                "{\"token\":\"" + new String(JsonStringEncoder.getInstance().quoteAsString(key))
                        + "\",\"distinct_id\":\"penstock-self-check\",\"groups\":{},\"person_properties\":{},\"group_properties\":{},"
                        + "\"geoip_disable\":true,\"flag_keys_to_evaluate\":[\"penstock-self-check\"]}";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isObject(byte[] body) {
        return new String(body, StandardCharsets.UTF_8).strip().startsWith("{");
    }
}
