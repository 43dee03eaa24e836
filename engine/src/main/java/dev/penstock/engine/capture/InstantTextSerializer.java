package dev.penstock.engine.capture;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Function;

/** Writes a time with an offset as the same instant in UTC, inside objects that Jackson serializes. */
final class InstantTextSerializer<T> extends StdSerializer<T> {

    private static final long serialVersionUID = 1L;

    private final transient Function<T, Instant> toInstant;

    InstantTextSerializer(Class<T> type, Function<T, Instant> toInstant) {
        super(type);
        this.toInstant = toInstant;
    }

    @Override
    public void serialize(T value, JsonGenerator generator, SerializerProvider provider) throws IOException {
        generator.writeString(toInstant.apply(value).toString());
    }
}
