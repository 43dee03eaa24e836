package dev.penstock.collector;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.Map;

/** The rules that every JSON request body keeps, whatever it is about. Any thread. */
final class JsonBody {
    // The table of names is not shared: names of properties come from tests and differ without end.
    private static final JsonFactory STRICT = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonBody() {}

    /** Checks the header of a request that carries JSON and no secret. */
    static void checkHead(RequestHead head, String route) throws InvalidRequestException {
        checkType(head);
        if (head.header("authorization") != null) {
            throw new InvalidRequestException("Authorization header on " + route);
        }
    }

    /** Refuses a request that does not say that its body is JSON. */
    static void checkType(RequestHead head) throws InvalidRequestException {
        String type = head.header("content-type");
        if (type == null || !isJson(type)) {
            throw new InvalidRequestException("Content-Type is not application/json");
        }
    }

    static boolean isJson(String type) {
        int semicolon = type.indexOf(';');
        String parameter =
                semicolon < 0 ? "" : type.substring(semicolon + 1).strip().replace("\"", "");
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().equalsIgnoreCase("application/json")
                && (parameter.isEmpty() || parameter.equalsIgnoreCase("charset=utf-8"));
    }

    /** Checks that a body is proper UTF-8 text without a byte order mark. */
    static void checkText(byte[] body, int length) throws InvalidRequestException {
        if (length < 2) {
            throw new InvalidRequestException("body is not a JSON object");
        }
        if (body[0] == 0 || body[1] == 0) {
            throw new InvalidRequestException("body is not UTF-8");
        }
        int fault = Utf8Text.fault(body, length);
        if (fault >= 0) {
            throw new InvalidRequestException("body is not proper UTF-8 text at byte " + fault);
        }
        if (body[0] == (byte) 0xef) {
            throw new InvalidRequestException("body begins with a byte order mark");
        }
    }

    /** Parses a body that must be one JSON object, in proper text, with no name used twice in an object. */
    static Map<String, Object> parse(byte[] body, int length) throws InvalidRequestException {
        checkText(body, length);
        try (JsonParser parser = STRICT.createParser(body, 0, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidRequestException("body is not a JSON object");
            }
            Map<String, Object> object = JsonValues.readObject(parser);
            if (parser.nextToken() != null) {
                throw new InvalidRequestException("something follows the JSON object");
            }
            return object;
        } catch (JsonProcessingException e) {
            throw new InvalidRequestException("body is not valid JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new InvalidRequestException("body is not valid JSON: " + e.getMessage());
        }
    }
}
