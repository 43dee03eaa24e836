package dev.penstock.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The library's name and version, as the server sees them. */
final class EngineVersion {

    static final String NAME = "penstock-java";

    private EngineVersion() {}

    static String version() {
        try (InputStream in = EngineVersion.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException("the engine's own jar cannot be read", e);
        }
    }
}
