package dev.penstock.stress.conformance;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One path of the service: reads a call from a request and writes what its handler returns. Failures are answered with
 * their reason, and told to who runs the adapter, because a harness shows the status only.
 *
 * <p><b>Threads:</b> any, several at once.
 */
final class JsonEndpoint implements HttpHandler {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String TEST_ID = "test_id=";

    private final String method;
    private final String path;
    private final CallHandler handler;
    private final PrintWriter err;

    JsonEndpoint(String method, String path, CallHandler handler, PrintWriter err) {
        this.method = method;
        this.path = path;
        this.handler = handler;
        this.err = err;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (!exchange.getRequestURI().getPath().equals(path)) {
                fail(exchange, 404, "there is no such call");
            } else if (!exchange.getRequestMethod().equals(method)) {
                fail(exchange, 405, "the method is " + method);
            } else {
                carryOut(exchange, body);
            }
        }
    }

    private void carryOut(HttpExchange exchange, String body) throws IOException {
        Map<String, Object> result;
        try {
            result = handler.handle(new Call(testId(exchange), CallFields.parse(body)));
        } catch (BadCallException e) {
            fail(exchange, 400, e.getMessage());
            return;
        } catch (RuntimeException e) {
            fail(exchange, 500, e.toString());
            return;
        }
        answer(exchange, 200, result);
    }

    private void fail(HttpExchange exchange, int status, String reason) throws IOException {
        err.println(exchange.getRequestMethod() + " " + exchange.getRequestURI() + ": " + reason);
        answer(exchange, status, Map.of("success", false, "error", reason));
    }

    private static void answer(HttpExchange exchange, int status, Map<String, Object> fields) throws IOException {
        byte[] json = MAPPER.writeValueAsBytes(fields);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, json.length);
        exchange.getResponseBody().write(json);
    }

    private static String testId(HttpExchange exchange) {
        String query = exchange.getRequestURI().getQuery();
        if (query != null) {
            for (String parameter : query.split("&", -1)) {
                if (parameter.startsWith(TEST_ID)) {
                    return parameter.substring(TEST_ID.length());
                }
            }
        }
        return "";
    }
}
