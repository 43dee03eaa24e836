package dev.penstock.stress.conformance;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Calls an adapter as a harness does, for one test or, with an empty id, for tests one after another. Any thread. */
final class Harness {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI adapter;
    private final String testId;

    Harness(URI adapter, String testId) {
        this.adapter = adapter;
        this.testId = testId;
    }

    /** Starts a client; {@code settings} are further fields, each with a comma before it. */
    Reply init(URI host, String settings) throws Exception {
        return post("/init", "{\"api_key\":\"phc_demo\",\"host\":\"" + host + "\"" + settings + "}");
    }

    Reply capture(String event) throws Exception {
        return post("/capture", "{\"event\":\"" + event + "\",\"distinct_id\":\"user-1\"}");
    }

    Reply flush() throws Exception {
        return post("/flush", "");
    }

    Reply reset() throws Exception {
        return post("/reset", "");
    }

    Reply post(String path, String json) throws Exception {
        return call("POST", path, json);
    }

    Reply get(String path) throws Exception {
        return call("GET", path, "");
    }

    Reply call(String method, String path, String json) throws Exception {
        return read(HTTP.send(request(method, path, json), BodyHandlers.ofString()));
    }

    CompletableFuture<HttpResponse<String>> flushInBackground() {
        return HTTP.sendAsync(request("POST", "/flush", ""), BodyHandlers.ofString());
    }

    private HttpRequest request(String method, String path, String json) {
        String query = testId.isEmpty() ? "" : "?test_id=" + testId;
        return HttpRequest.newBuilder(adapter.resolve(path + query))
                .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
                .build();
    }

    static Reply read(HttpResponse<String> response) throws IOException {
        Map<String, Object> fields = MAPPER.readValue(response.body(), new TypeReference<>() {});
        String contentType = response.headers().firstValue("Content-Type").orElse("");
        return new Reply(response.statusCode(), contentType, fields);
    }
}
