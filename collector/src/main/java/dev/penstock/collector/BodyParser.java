package dev.penstock.collector;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.json.UTF8StreamJsonParser;
import com.fasterxml.jackson.core.sym.ByteQuadsCanonicalizer;
import java.io.IOException;

/**
 * A parser of UTF-8 bytes that tells where it stands as a plain number.
 * <p>
 * The way the library offers makes an object each time, two for every event under load. One thread at a time.
 */
final class BodyParser extends UTF8StreamJsonParser {
    private BodyParser(IOContext context, int features, ByteQuadsCanonicalizer names, byte[] body, int from, int to) {
        super(context, features, null, null, names, body, from, to, 0, false);
    }

    /** Offset of the byte after the token read last. */
    int place() {
        return _inputPtr;
    }

    /** Opens parsers that share a table of names. One thread at a time. */
    static final class Factory extends JsonFactory {
        private static final long serialVersionUID = 1L;

        Factory() {
            super(new JsonFactoryBuilder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build()));
        }

        /** Opens a parser of bytes that have been found to be UTF-8. */
        BodyParser open(byte[] body, int length) throws IOException {
            return (BodyParser) createParser(body, 0, length);
        }

        @Override
        protected JsonParser _createParser(byte[] body, int from, int length, IOContext context) {
            ByteQuadsCanonicalizer names = _byteSymbolCanonicalizer.makeChild(_factoryFeatures);
            return new BodyParser(context, _parserFeatures, names, body, from, from + length);
        }
    }
}
