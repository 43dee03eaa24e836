package dev.penstock.client.errors;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How a client writes exceptions, and which ones it leaves out.
 *
 * <pre>{@code
 * ExceptionSettings.DEFAULT
 *         .withInAppIncludes(List.of("com.acme"))
 *         .withIgnored(CancellationException.class::isInstance)
 * }</pre>
 *
 * <p><b>Threads:</b> immutable; any.
 */
public final class ExceptionSettings {

    /** Default of {@link #withInAppExcludes}: the JDK, the libraries of languages on it, and this client. */
    public static final List<String> DEFAULT_IN_APP_EXCLUDES = List.of(
            "java",
            "javax",
            "jdk",
            "sun",
            "com.sun",
            "jakarta",
            "kotlin",
            "kotlinx",
            "scala",
            "groovy",
            "dev.penstock");

    /** Nothing is ignored, everything outside {@link #DEFAULT_IN_APP_EXCLUDES} is in app, no mapping and no source lines. */
    public static final ExceptionSettings DEFAULT = new ExceptionSettings(new Fields());

    private final Fields fields;

    private ExceptionSettings(Fields fields) {
        this.fields = fields;
    }

    /**
     * Which packages are the application's own. Default none, which means all that are not excluded.
     *
     * @param packages names of packages, each with its subpackages, or of classes; a dot at the end makes no difference
     * @return changed settings
     * @throws IllegalArgumentException if the collection, or one of them, is null or blank
     */
    public ExceptionSettings withInAppIncludes(Collection<String> packages) {
        Fields changed = new Fields(fields);
        changed.inAppIncludes = checked("inAppIncludes", packages);
        return new ExceptionSettings(changed);
    }

    /**
     * Which packages are not the application's own, even if they are within an included one. Default {@link
     * #DEFAULT_IN_APP_EXCLUDES}, which this replaces.
     *
     * @param packages names of packages, each with its subpackages, or of classes; a dot at the end makes no difference
     * @return changed settings
     * @throws IllegalArgumentException if the collection, or one of them, is null or blank
     */
    public ExceptionSettings withInAppExcludes(Collection<String> packages) {
        Fields changed = new Fields(fields);
        changed.inAppExcludes = checked("inAppExcludes", packages);
        return new ExceptionSettings(changed);
    }

    /**
     * Which exceptions are not captured at all. Default none. Asked about the exception itself, not about its causes,
     * before any other work, on the thread that captures; if it throws, the exception is captured.
     *
     * @param ignored true for an exception to leave out
     * @return changed settings
     * @throws IllegalArgumentException if it is null
     */
    public ExceptionSettings withIgnored(Predicate<? super Throwable> ignored) {
        if (ignored == null) {
            throw new IllegalArgumentException("ignored must not be null");
        }
        Fields changed = new Fields(fields);
        changed.ignored = ignored;
        return new ExceptionSettings(changed);
    }

    /**
     * Whether an event also carries {@code $exception_type} and {@code $exception_message} of the exception that was
     * caught. Default true.
     *
     * @param flatProperties false: only the list of exceptions is written
     * @return changed settings
     */
    public ExceptionSettings withFlatProperties(boolean flatProperties) {
        Fields changed = new Fields(fields);
        changed.flatProperties = flatProperties;
        return new ExceptionSettings(changed);
    }

    /**
     * The id of the ProGuard or R8 mapping that this build's names are to be read with. Default none.
     *
     * @param mapId the id under which the mapping was uploaded; null or blank means none
     * @return changed settings
     */
    public ExceptionSettings withMapId(String mapId) {
        Fields changed = new Fields(fields);
        changed.mapId = mapId == null || mapId.isBlank() ? null : mapId;
        return new ExceptionSettings(changed);
    }

    /**
     * Where the lines around a frame come from: five before it, itself, and five after it, for the frames that are in
     * app. Default none: no source text leaves the process.
     *
     * @param sourceLocator finds source files; null means none
     * @return changed settings
     */
    public ExceptionSettings withSourceLocator(SourceLocator sourceLocator) {
        Fields changed = new Fields(fields);
        changed.sourceLocator = sourceLocator;
        return new ExceptionSettings(changed);
    }

    private static List<String> checked(String option, Collection<String> packages) {
        if (packages == null) {
            throw new IllegalArgumentException(option + " must not be null");
        }
        for (String name : packages) {
            if (name == null || name.isBlank()) {
                throw new IllegalArgumentException(option + " must not contain null or blank names: " + packages);
            }
        }
        return List.copyOf(packages);
    }

    /**
     * Which packages are the application's own.
     *
     * @return the names as given; empty means all that are not excluded
     */
    public List<String> inAppIncludes() {
        return fields.inAppIncludes;
    }

    /**
     * Which packages are not the application's own.
     *
     * @return the names as given
     */
    public List<String> inAppExcludes() {
        return fields.inAppExcludes;
    }

    /**
     * Which exceptions are not captured.
     *
     * @return the test; never null
     */
    public Predicate<? super Throwable> ignored() {
        return fields.ignored;
    }

    /**
     * Whether type and message are written on the event, too.
     *
     * @return true if they are
     */
    public boolean flatProperties() {
        return fields.flatProperties;
    }

    /**
     * The id of the mapping of this build's names.
     *
     * @return the id; empty if there is none
     */
    public Optional<String> mapId() {
        return Optional.ofNullable(fields.mapId);
    }

    /**
     * Where source lines come from.
     *
     * @return the locator; empty if none are written
     */
    public Optional<SourceLocator> sourceLocator() {
        return Optional.ofNullable(fields.sourceLocator);
    }

    @Override
    public String toString() {
        return "ExceptionSettings[inAppIncludes=" + fields.inAppIncludes + ", inAppExcludes=" + fields.inAppExcludes
                + ", flatProperties=" + fields.flatProperties + ", mapId=" + fields.mapId + ", sourceLocator="
                + (fields.sourceLocator != null) + "]";
    }

    /** The values; not changed once they are in an ExceptionSettings. */
    private static final class Fields {
        private List<String> inAppIncludes = List.of();
        private List<String> inAppExcludes = DEFAULT_IN_APP_EXCLUDES;
        private Predicate<? super Throwable> ignored = thrown -> false;
        private boolean flatProperties = true;
        private String mapId;
        private SourceLocator sourceLocator;

        Fields() {}

        Fields(Fields other) {
            inAppIncludes = other.inAppIncludes;
            inAppExcludes = other.inAppExcludes;
            ignored = other.ignored;
            flatProperties = other.flatProperties;
            mapId = other.mapId;
            sourceLocator = other.sourceLocator;
        }
    }
}
