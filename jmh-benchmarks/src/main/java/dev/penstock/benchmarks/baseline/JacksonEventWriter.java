package dev.penstock.benchmarks.baseline;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The rival of the engine's encoder: Jackson's streaming generator, made once, writing into an array that is used again.
 * <p>
 * Given every help: names are escaped beforehand, numbers take its fast writer, UUID and time are formatted by hand into
 * bytes it copies, it flushes to memory only, and the caller hands it values, not a record to read.
 * <p>
 * <b>Threads:</b> one.
 */
public final class JacksonEventWriter {
    private static final SerializableString EVENT = new SerializedString("event");
    private static final SerializableString DISTINCT_ID = new SerializedString("distinct_id");
    private static final SerializableString UUID = new SerializedString("uuid");
    private static final SerializableString TIMESTAMP = new SerializedString("timestamp");
    private static final SerializableString PROPERTIES = new SerializedString("properties");
    private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);
    private static final int UUID_LENGTH = 36;

    private final Sink sink = new Sink();
    private final JsonGenerator json;
    private final List<SerializableString> systemNames = new ArrayList<>();
    private final List<Object> systemValues = new ArrayList<>();
    private final byte[] uuid = new byte[UUID_LENGTH];
    private final byte[] time = "0000-00-00T00:00:00.000Z".getBytes(US_ASCII);
    private long second = Long.MIN_VALUE;

    /** Memory that is used again. */
    private static final class Sink extends OutputStream {
        private byte[] bytes = new byte[16 * 1024];
        private int length;

        @Override
        public void write(int oneByte) {
            bytes[length++] = (byte) oneByte;
        }

        @Override
        public void write(byte[] from, int offset, int count) {
            if (bytes.length - length < count) {
                bytes = java.util.Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
            }
            System.arraycopy(from, offset, bytes, length, count);
            length += count;
        }
    }

    /**
     * Makes a writer.
     *
     * @param system properties every event has: names to strings and booleans
     */
    public JacksonEventWriter(Map<String, Object> system) throws IOException {
        JsonFactory factory = new JsonFactoryBuilder()
                .rootValueSeparator((String) null)
                .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
                .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                .build();
        json = factory.createGenerator(sink, JsonEncoding.UTF8);
        system.forEach((name, value) -> {
            systemNames.add(new SerializedString(name));
            systemValues.add(value);
        });
    }

    /**
     * Begins an event, up to its first property.
     *
     * @param name its name
     * @param distinctId whom it is about
     * @param uuidHigh upper half of its UUID
     * @param uuidLow lower half
     * @param epochMillis its time
     */
    public void begin(String name, String distinctId, long uuidHigh, long uuidLow, long epochMillis)
            throws IOException {
        sink.length = 0;
        json.writeStartObject();
        json.writeFieldName(EVENT);
        json.writeString(name);
        json.writeFieldName(DISTINCT_ID);
        json.writeString(distinctId);
        json.writeFieldName(UUID);
        formatUuid(uuidHigh, uuidLow);
        json.writeRawUTF8String(uuid, 0, UUID_LENGTH);
        json.writeFieldName(TIMESTAMP);
        formatTime(epochMillis);
        json.writeRawUTF8String(time, 0, time.length);
        json.writeFieldName(PROPERTIES);
        json.writeStartObject();
        for (int i = 0; i < systemNames.size(); i++) {
            json.writeFieldName(systemNames.get(i));
            if (systemValues.get(i) instanceof Boolean value) {
                json.writeBoolean(value);
            } else {
                json.writeString((String) systemValues.get(i));
            }
        }
    }

    /**
     * The generator, for the properties.
     *
     * @return this writer's own
     */
    public JsonGenerator generator() {
        return json;
    }

    /**
     * Ends the event.
     *
     * @return its length
     */
    public int end() throws IOException {
        json.writeEndObject();
        json.writeEndObject();
        json.flush();
        return sink.length;
    }

    /**
     * The event's bytes from index 0.
     *
     * @return this writer's own array
     */
    public byte[] bytes() {
        return sink.bytes;
    }

    private void formatUuid(long high, long low) {
        int at = 0;
        for (int shift = 60; shift >= 0; shift -= 4) {
            if (at == 8 || at == 13) {
                uuid[at++] = '-';
            }
            uuid[at++] = HEX[(int) (high >>> shift) & 0xF];
        }
        for (int shift = 60; shift >= 0; shift -= 4) {
            if (at == 18 || at == 23) {
                uuid[at++] = '-';
            }
            uuid[at++] = HEX[(int) (low >>> shift) & 0xF];
        }
    }

    private void formatTime(long epochMillis) {
        long epochSecond = Math.floorDiv(epochMillis, 1_000L);
        if (epochSecond != second) {
            second = epochSecond;
            byte[] text =
                    java.time.Instant.ofEpochSecond(epochSecond).toString().getBytes(US_ASCII);
            System.arraycopy(text, 0, time, 0, 19);
        }
        int millis = (int) Math.floorMod(epochMillis, 1_000L);
        time[20] = (byte) ('0' + millis / 100);
        time[21] = (byte) ('0' + millis / 10 % 10);
        time[22] = (byte) ('0' + millis % 10);
    }
}
