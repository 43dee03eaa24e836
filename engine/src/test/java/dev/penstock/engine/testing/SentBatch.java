package dev.penstock.engine.testing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.engine.transport.Answer;
import dev.penstock.engine.transport.AnswerSink;
import dev.penstock.engine.transport.BatchRequest;
import dev.penstock.engine.transport.Exchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/**
 * A request that a fake transport was given: a copy of its bytes at that moment, and a way to answer it.
 *
 * <p><b>Threads:</b> one at a time.
 */
public final class SentBatch implements Exchange {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final BatchRequest request;
    private final byte[] copy;
    private final AnswerSink sink;
    private final long nanos;
    private boolean released;
    private boolean cancelled;
    private Runnable onCancel = () -> {};

    SentBatch(BatchRequest request, AnswerSink sink, long nanos) {
        this.request = request;
        this.copy = Arrays.copyOf(request.body(), request.length());
        this.sink = sink;
        this.nanos = nanos;
    }

    /** Answers, after which nobody reads the body any more. */
    public void answer(int status) {
        answer(new Answer(status, 0, null));
    }

    /** Answers, after which nobody reads the body any more. */
    public void answer(Answer answer) {
        released = true;
        sink.onAnswer(answer);
    }

    /** A verdict on each event, by its name; null for an event that the answer leaves out. */
    public Answer verdicts(long retryAfterMs, Function<String, String> wordOfName) {
        ObjectNode results = JSON.createObjectNode();
        for (JsonNode event : tree().get("batch")) {
            String word = wordOfName.apply(event.get("event").textValue());
            if (word != null) {
                results.putObject(event.get("uuid").textValue()).put("result", word);
            }
        }
        String body = JSON.createObjectNode().set("results", results).toString();
        return new Answer(200, retryAfterMs, null, body.getBytes(StandardCharsets.UTF_8));
    }

    /** A header of the request, or null. */
    public String header(String name) {
        return request.headers().get(name);
    }

    /** The events' ids, in order. */
    public List<String> uuids() {
        List<String> uuids = new ArrayList<>();
        tree().get("batch").forEach(event -> uuids.add(event.get("uuid").textValue()));
        return uuids;
    }

    /** Answers, while somebody may still be reading the body. */
    public void answerWithoutRelease(Answer answer) {
        sink.onAnswer(answer);
    }

    /** Does something when the pipeline gives the request up, such as bring out an answer whose status has come. */
    public void onCancel(Runnable action) {
        onCancel = action;
    }

    @Override
    public void cancel() {
        cancelled = true;
        onCancel.run();
    }

    @Override
    public boolean isBodyReleased() {
        return released;
    }

    /** Whether the pipeline has given it up. */
    public boolean isCancelled() {
        return cancelled;
    }

    /** When it was sent. */
    public long nanos() {
        return nanos;
    }

    /** The request itself, with the array that the pipeline handed over. */
    public BatchRequest request() {
        return request;
    }

    /** Whether the array handed over still holds what it held then. */
    public boolean isUntouched() {
        return Arrays.equals(copy, 0, copy.length, request.body(), 0, copy.length);
    }

    /** The body as text. */
    public String json() {
        return new String(plain(), StandardCharsets.UTF_8);
    }

    /** The body's length before compression. */
    public int plainLength() {
        return plain().length;
    }

    private byte[] plain() {
        if (!"gzip".equals(request.headers().get("Content-Encoding"))) {
            return copy;
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(copy))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The envelope's {@code sent_at}. */
    public String sentAt() {
        return tree().get("sent_at").textValue();
    }

    /** The events' names, in order. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        tree().get("batch").forEach(event -> names.add(event.get("event").textValue()));
        return names;
    }

    /** How many events. */
    public int size() {
        return tree().get("batch").size();
    }

    /** The whole body, parsed. */
    public JsonNode tree() {
        try {
            return JSON.readTree(json());
        } catch (IOException e) {
            throw new UncheckedIOException(json(), e);
        }
    }

    /** The events' JSON, letter for letter. */
    public List<String> events() {
        String json = json();
        List<String> events = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            JsonToken token = parser.nextToken();
            while (token != JsonToken.START_ARRAY) {
                token = parser.nextToken();
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                int from = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                events.add(json.substring(from, (int) parser.currentLocation().getCharOffset()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
        return events;
    }

    @Override
    public String toString() {
        return "SentBatch" + names();
    }
}
