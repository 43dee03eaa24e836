package dev.penstock.client;

import dev.penstock.client.spi.ContentEncoder;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Checks single options; every message names the option, its value and what is allowed.
 *
 * <p><b>Threads:</b> any; keeps no state.
 */
final class OptionCheck {

    private static final Set<String> PROTOCOL_HEADERS = Set.of(
            "content-type",
            "content-encoding",
            "content-length",
            "transfer-encoding",
            "host",
            "connection",
            "expect",
            "upgrade");

    private static final int MAX_PORT = 65_535;
    private static final int MAX_KEY_LENGTH = 1_000;
    private static final double MIN_HIGH_LEVEL = 0.01;

    /** Plain events alone do not fill more than 15 sixteenths of a ring. */
    private static final double MAX_HIGH_LEVEL = 0.9;

    private OptionCheck() {}

    static void apiKey(String key) {
        if (key.length() > MAX_KEY_LENGTH) {
            throw new IllegalArgumentException(
                    "apiKey must have at most " + MAX_KEY_LENGTH + " characters but has " + key.length());
        }
    }

    static void secret(String key, String name) {
        // The value is never part of a message.
        if (key.length() > MAX_KEY_LENGTH || !isPrintable(key, '!')) {
            throw new IllegalArgumentException(
                    name + " must have at most " + MAX_KEY_LENGTH + " printable ASCII characters without blanks");
        }
    }

    /** Without a stream: the first one in an application costs its start milliseconds. */
    private static boolean isPrintable(String text, char lowest) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < lowest || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    static Set<String> names(Collection<String> names, String option) {
        Set<String> copy = new LinkedHashSet<>();
        if (names != null) {
            for (String name : names) {
                if (name == null || name.isBlank()) {
                    throw new IllegalArgumentException(option + " must not contain null or blank names");
                }
                copy.add(name);
            }
        }
        return Collections.unmodifiableSet(copy);
    }

    static Map<String, Object> properties(Map<String, ?> properties, String option) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (properties != null) {
            for (Map.Entry<String, ?> property : properties.entrySet()) {
                if (property.getKey() == null || property.getKey().isBlank()) {
                    throw new IllegalArgumentException(option + " must not contain null or blank names");
                }
                copy.put(property.getKey(), property.getValue());
            }
        }
        return Collections.unmodifiableMap(copy);
    }

    static void range(long value, String name, long min, long max) {
        if (value < min || value > max) {
            throw outside(name, value, min, max);
        }
    }

    static void range(Duration value, String name, Duration min, Duration max) {
        present(value, name);
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw outside(name, value, min, max);
        }
    }

    /** The value, so that it can be checked where it is used. */
    static double share(double value, String name, double min, double max) {
        // Not a number is not in range either.
        if (!(value >= min && value <= max)) {
            throw outside(name, value, min, max);
        }
        return value;
    }

    static void levels(double high, double low) {
        share(high, "saturationLevels high", MIN_HIGH_LEVEL, MAX_HIGH_LEVEL);
        share(low, "saturationLevels low", 0, MAX_HIGH_LEVEL);
        if (low >= high) {
            throw new IllegalArgumentException("saturationLevels low must be below high, " + high + ", but is " + low);
        }
    }

    static void powerOfTwo(int value, String name, int min, int max) {
        range(value, name, min, max);
        if (Integer.bitCount(value) != 1) {
            throw new IllegalArgumentException(name + " must be a power of two but is " + value);
        }
    }

    static void text(String value, String name, int maxLength) {
        if (value == null || value.isBlank() || value.length() > maxLength) {
            throw new IllegalArgumentException(
                    name + " must have 1 to " + maxLength + " characters but is " + quoted(value));
        }
    }

    static void present(Object value, String name) {
        if (value == null) {
            throw new IllegalArgumentException(name + " must not be null");
        }
    }

    static URI host(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            // No cause: it repeats the URL, which may hold a password.
            throw new IllegalArgumentException("host is not a URL: " + e.getReason() + " at index " + e.getIndex());
        }
        // Where a host name is not one of the usual form, a URI does not tell user info apart.
        if (url.indexOf('@') >= 0) {
            throw new IllegalArgumentException("host must not contain a user name or password");
        }
        boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!web
                || uri.getPort() > MAX_PORT
                || uri.getHost() == null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "host must be an http or https URL without query or fragment, such as https://example.org, but is "
                            + quoted(url));
        }
        String trimmed = uri.toString();
        while (trimmed.endsWith("/")) {
            trimmed = trimmed.substring(0, trimmed.length() - 1);
        }
        return URI.create(trimmed);
    }

    static void header(String name, String value) {
        if (name == null || name.isEmpty() || !name.chars().allMatch(OptionCheck::isHeaderNameCharacter)) {
            throw new IllegalArgumentException("header name must be letters, digits and dashes but is " + quoted(name));
        }
        if (PROTOCOL_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("header " + name + " belongs to the protocol and cannot be set");
        }
        if (value == null || !isPrintable(value.replace('\t', ' '), ' ')) {
            throw new IllegalArgumentException("header " + name + " must have a value of printable ASCII characters");
        }
    }

    static void gzipOnly(CompressionFormat format, ContentEncoder encoder) {
        if (format != CompressionFormat.GZIP) {
            throw new IllegalArgumentException(
                    "compressionFormat must be GZIP with captureMode V0 but is " + format + "; V1 takes it");
        }
        if (encoder != null) {
            throw new IllegalArgumentException("contentEncoder needs captureMode V1");
        }
    }

    static void contentEncoder(ContentEncoder encoder) {
        String name = encoder == null ? "none" : encoder.name();
        if (name == null || name.isEmpty() || !name.chars().allMatch(OptionCheck::isHeaderNameCharacter)) {
            throw new IllegalArgumentException(
                    "contentEncoder must have a name of letters, digits and dashes but has " + quoted(name));
        }
    }

    static void proxy(URI proxy) {
        if (proxy != null
                && (!"http".equalsIgnoreCase(proxy.getScheme())
                        || proxy.getHost() == null
                        || proxy.getPort() < 1
                        || proxy.getPort() > MAX_PORT
                        || proxy.getRawUserInfo() != null)) {
            throw new IllegalArgumentException("proxy must look like http://host:port, without user name and password");
        }
    }

    private static boolean isHeaderNameCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    private static IllegalArgumentException outside(String name, Object value, Object min, Object max) {
        return new IllegalArgumentException(name + " must be between " + min + " and " + max + " but is " + value);
    }

    private static String quoted(String value) {
        return value == null ? "null" : '"' + value + '"';
    }
}
