package dev.penstock.engine.capture;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.Optional;

/** Writes what an optional holds, or null, inside objects that Jackson serializes. */
@SuppressWarnings("rawtypes") // Jackson wants the class of the raw type
final class OptionalSerializer extends StdSerializer<Optional> {

    private static final long serialVersionUID = 1L;

    OptionalSerializer() {
        super(Optional.class);
    }

    @Override
    public void serialize(Optional value, JsonGenerator generator, SerializerProvider provider) throws IOException {
        if (value.isPresent()) {
            provider.defaultSerializeValue(value.get(), generator);
        } else {
            generator.writeNull();
        }
    }
}
