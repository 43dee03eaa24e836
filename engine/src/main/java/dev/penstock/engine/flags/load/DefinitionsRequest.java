package dev.penstock.engine.flags.load;

import dev.penstock.engine.transport.FetchRequest;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes requests for definitions. The secret key goes into one header and nowhere else. */
final class DefinitionsRequest {

    private final String path;
    private final String authorization;
    private final int maxBytes;

    DefinitionsRequest(PollSettings settings) {
        this.path = "/flags/definitions?token=" + FetchRequest.encoded(settings.projectKey()) + "&send_cohorts";
        this.authorization = "Bearer " + settings.secretKey();
        this.maxBytes = settings.maxBytes();
    }

    /** {@code etag} is that of what is held, or null. */
    FetchRequest after(String etag) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Authorization", authorization);
        headers.put("Accept-Encoding", "gzip");
        if (etag != null) {
            headers.put("If-None-Match", etag);
        }
        return new FetchRequest(path, headers, null, maxBytes);
    }
}
