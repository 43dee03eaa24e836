package dev.penstock.collector;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks the flag routes of one collector with the JDK's client, one connection at a time. */
final class FlagClient {
    static final String SECRET = "phs_secret_1";
    static final String DEFINITIONS = "/flags/definitions?token=phc_demo&send_cohorts";
    static final String EVALUATION = "/flags/?v=2";
    static final String BODY =
            "{\"token\":\"phc_demo\",\"distinct_id\":\"account-7781\",\"groups\":{\"company\":\"n\"},"
                    + "\"person_properties\":{\"seats\":40},\"group_properties\":{\"company\":{\"seats\":40}},"
                    + "\"geoip_disable\":false,\"flag_keys_to_evaluate\":[\"new-editor\"]}";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Collector collector;

    FlagClient(Collector collector) {
        this.collector = collector;
    }

    static String config(String encodedKey) {
        return "/api/projects/@current/feature_flags/" + encodedKey + "/remote_config?token=phc_demo";
    }

    /** Asks with the right secret key. */
    HttpResponse<byte[]> get(String target, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(target).header("Authorization", "Bearer " + SECRET);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    HttpResponse<byte[]> getWithoutSecret(String target, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(target);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    HttpResponse<byte[]> post(String target, String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(target)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    HttpResponse<byte[]> evaluate() throws IOException, InterruptedException {
        return post(EVALUATION, BODY);
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create(collector.uri() + target)).timeout(Duration.ofSeconds(10));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
