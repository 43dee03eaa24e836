package dev.penstock.client.errors;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is said about an exception besides the exception itself: where it was seen, how grave it is, whether it was
 * handled. There is one constant for each place where exceptions are seen; start from it and change what is known
 * better. Make details once and keep them.
 *
 * <pre>{@code
 * private static final ExceptionDetails FILTER = ExceptionDetails.ESCAPED_REQUEST.withSource("servlet.filter");
 * ...
 * client.exception(thrown, FILTER).distinctId(userId).send();
 * }</pre>
 *
 * <p>A change that is not valid is ignored: that one value stays as it was, and nothing throws, because an error report
 * must not be lost by a wrong word in it.
 *
 * <p><b>Threads:</b> immutable; any.
 */
public final class ExceptionDetails {

    /** Application code caught it and reports it: error, {@code generic}, handled. */
    public static final ExceptionDetails MANUAL = boundary(ExceptionLevel.ERROR, "generic", true, null);

    /** It came with a log record: {@code logger}, handled. The level is the record's, unknown until it is set. */
    public static final ExceptionDetails LOGGER = boundary(null, "logger", true, null);

    /** A framework turned it into a response: error, {@code middleware}, handled. */
    public static final ExceptionDetails HANDLED_BY_FRAMEWORK =
            boundary(ExceptionLevel.ERROR, "middleware", true, null);

    /** It escaped from the handling of a request: error, {@code middleware}, not handled. */
    public static final ExceptionDetails ESCAPED_REQUEST = boundary(ExceptionLevel.ERROR, "middleware", false, null);

    /** It escaped from a task in the background: error, {@code task}, not handled. */
    public static final ExceptionDetails ESCAPED_TASK = boundary(ExceptionLevel.ERROR, "task", false, null);

    /** Nobody caught it and its thread ended, but the process goes on: error, not handled. */
    public static final ExceptionDetails UNCAUGHT =
            boundary(ExceptionLevel.ERROR, "onuncaughtexception", false, "java.uncaught_exception_handler");

    /** Nobody caught it and the process ends: fatal, not handled. */
    public static final ExceptionDetails UNCAUGHT_FATAL =
            boundary(ExceptionLevel.FATAL, "onuncaughtexception", false, "java.uncaught_exception_handler");

    /** Nothing is known about where it was seen: whatever is not set is left out. */
    public static final ExceptionDetails UNKNOWN = new ExceptionDetails(new Fields());

    /** The members of a mechanism that only its writer can know, or that have a method of their own here. */
    private static final Set<String> CANONICAL =
            Set.of("type", "handled", "source", "synthetic", "exception_id", "parent_id");

    private static final int MAX_FINGERPRINT_CHARS = 1_000;

    private static final Pattern SOURCE = Pattern.compile("[a-z][a-z0-9_]{0,63}\\.[a-z][a-z0-9_]{0,63}");

    private final Fields fields;

    private ExceptionDetails(Fields fields) {
        this.fields = fields;
    }

    private static ExceptionDetails boundary(ExceptionLevel level, String type, boolean handled, String source) {
        Fields fields = new Fields();
        fields.atBoundary = true;
        fields.level = level;
        fields.mechanismType = type;
        fields.handled = handled;
        fields.source = source;
        return new ExceptionDetails(fields);
    }

    /**
     * Sets how grave it is.
     *
     * @param level the level; null changes nothing
     * @return changed details
     */
    public ExceptionDetails withLevel(ExceptionLevel level) {
        if (level == null) {
            return this;
        }
        Fields changed = new Fields(fields);
        changed.level = level;
        return new ExceptionDetails(changed);
    }

    /**
     * Sets how grave it is, in a logging system's words.
     *
     * @param level a name that {@link ExceptionLevel#of(String)} knows; any other, or null, changes nothing
     * @return changed details
     */
    public ExceptionDetails withLevel(String level) {
        return withLevel(ExceptionLevel.of(level).orElse(null));
    }

    /**
     * Sets by what kind of mechanism it was seen.
     *
     * @param type the kind, such as {@code middleware}; null or empty changes nothing
     * @return changed details
     */
    public ExceptionDetails withMechanismType(String type) {
        if (type == null || type.isEmpty()) {
            return this;
        }
        Fields changed = new Fields(fields);
        changed.mechanismType = type;
        return new ExceptionDetails(changed);
    }

    /**
     * Says whether the application dealt with it.
     *
     * @param handled true if it was caught and reported, or became a response; false if it escaped
     * @return changed details
     */
    public ExceptionDetails withHandled(boolean handled) {
        Fields changed = new Fields(fields);
        changed.handled = handled;
        return new ExceptionDetails(changed);
    }

    /**
     * Says whether an integration made up the exception or its stack. Without it, true is written for a value that is
     * no {@link Throwable}, and false for one that is.
     *
     * @param synthetic true if it was made up
     * @return changed details
     */
    public ExceptionDetails withSynthetic(boolean synthetic) {
        Fields changed = new Fields(fields);
        changed.synthetic = synthetic;
        return new ExceptionDetails(changed);
    }

    /**
     * Names the integration that saw it.
     *
     * @param source the technology, a dot and its hook, in lower case, such as {@code servlet.filter}: letters, digits
     *     and underscores, at most 64 on each side. Anything else, or null, changes nothing. Never put a version, a
     *     route, a class or a user's data here
     * @return changed details
     */
    public ExceptionDetails withSource(String source) {
        if (source == null || !SOURCE.matcher(source).matches()) {
            return this;
        }
        Fields changed = new Fields(fields);
        changed.source = source;
        return new ExceptionDetails(changed);
    }

    /**
     * Decides which exceptions the server puts together. Without it the server decides by itself.
     *
     * @param fingerprint the same for all that belong together; null, empty or longer than 1,000 characters changes
     *     nothing
     * @return changed details
     */
    public ExceptionDetails withFingerprint(String fingerprint) {
        if (fingerprint == null || fingerprint.isEmpty() || fingerprint.length() > MAX_FINGERPRINT_CHARS) {
            return this;
        }
        Fields changed = new Fields(fields);
        changed.fingerprint = fingerprint;
        return new ExceptionDetails(changed);
    }

    /**
     * Adds a field of the platform's own to the mechanism.
     *
     * @param name the field's name; null, empty, and the names that every mechanism knows ({@code type}, {@code
     *     handled}, {@code source}, {@code synthetic}, {@code exception_id}, {@code parent_id}) change nothing
     * @param value a string, a boolean, a finite number, or a list or map with string keys of them, which is copied;
     *     anything else, null, and what has more than 8,192 characters in all change nothing
     * @return changed details
     */
    public ExceptionDetails withMechanismField(String name, Object value) {
        if (name == null || name.isEmpty() || CANONICAL.contains(name)) {
            return this;
        }
        Optional<Object> copy = JsonCopy.of(value);
        if (copy.isEmpty()) {
            return this;
        }
        Map<String, Object> added = new LinkedHashMap<>(fields.mechanismFields);
        added.put(name, copy.get());
        Fields changed = new Fields(fields);
        changed.mechanismFields = Collections.unmodifiableMap(added);
        return new ExceptionDetails(changed);
    }

    /**
     * Whether it is known where the exception was seen: false for {@link #UNKNOWN} and what was made from it. Of an
     * exception seen nowhere nothing is guessed, not even that it is real.
     *
     * @return true if it is known
     */
    public boolean isAtBoundary() {
        return fields.atBoundary;
    }

    /**
     * How grave it is.
     *
     * @return the level; empty if unknown
     */
    public Optional<ExceptionLevel> level() {
        return Optional.ofNullable(fields.level);
    }

    /**
     * By what kind of mechanism it was seen.
     *
     * @return the kind, never empty text; empty if unknown
     */
    public Optional<String> mechanismType() {
        return Optional.ofNullable(fields.mechanismType);
    }

    /**
     * Whether the application dealt with it.
     *
     * @return empty if unknown
     */
    public Optional<Boolean> handled() {
        return Optional.ofNullable(fields.handled);
    }

    /**
     * Whether it was made up, as far as an integration has said so.
     *
     * @return empty if none has
     */
    public Optional<Boolean> synthetic() {
        return Optional.ofNullable(fields.synthetic);
    }

    /**
     * Which integration saw it.
     *
     * @return its name; empty if there was none
     */
    public Optional<String> source() {
        return Optional.ofNullable(fields.source);
    }

    /**
     * By what the server puts exceptions together.
     *
     * @return the fingerprint, never empty text; empty if the server decides
     */
    public Optional<String> fingerprint() {
        return Optional.ofNullable(fields.fingerprint);
    }

    /**
     * The platform's own fields of the mechanism.
     *
     * @return the fields in the order they were added; unmodifiable, often empty
     */
    public Map<String, Object> mechanismFields() {
        return fields.mechanismFields;
    }

    @Override
    public String toString() {
        return "ExceptionDetails[level=" + fields.level + ", mechanismType=" + fields.mechanismType + ", handled="
                + fields.handled + ", synthetic=" + fields.synthetic + ", source=" + fields.source + ", fingerprint="
                + fields.fingerprint + ", mechanismFields=" + fields.mechanismFields + "]";
    }

    /** The values, null where unknown; not changed once they are in an ExceptionDetails. */
    private static final class Fields {
        private boolean atBoundary;
        private ExceptionLevel level;
        private String mechanismType;
        private Boolean handled;
        private Boolean synthetic;
        private String source;
        private String fingerprint;
        private Map<String, Object> mechanismFields = Map.of();

        Fields() {}

        Fields(Fields other) {
            atBoundary = other.atBoundary;
            level = other.level;
            mechanismType = other.mechanismType;
            handled = other.handled;
            synthetic = other.synthetic;
            source = other.source;
            fingerprint = other.fingerprint;
            mechanismFields = other.mechanismFields;
        }
    }
}
