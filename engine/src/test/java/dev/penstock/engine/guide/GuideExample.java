package dev.penstock.engine.guide;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of code that a page claims to run, and what it claims to send.
 *
 * @param page the page's file name without its ending
 * @param line the line of the page that the code begins on
 * @param code the code, as it is on the page
 * @param setting what is around the code
 * @param events the names of the events that arrive, in any order; a Segment message's type and what it is about
 * @param logs the bodies of the log records that arrive, in any order
 * @param form the JSON of every event that arrives, but for its id and time, if the page shows it
 */
record GuideExample(
        String page,
        int line,
        String code,
        Setting setting,
        List<String> events,
        List<String> logs,
        Optional<String> form) {

    private static final Pattern IMPORT = Pattern.compile("(?m)^import .+;\\R");

    /** What the reader's own project, source and host stand in for. */
    private static final String FROM_ENVIRONMENT = "ClientConfig.fromEnvironment()";

    private static final String READERS_HOST = "\"https://eu.i.posthog.com\"";
    private static final String READERS_SOURCE = "SegmentConfig.builder(\"your-write-key\")";
    private static final String READERS_REGION = ".host(SegmentConfig.EU_HOST)";

    /**
     * What code stands in.
     *
     * @param imports import statements beside the code's own
     * @param before statements before it
     * @param after statements after it
     */
    record Setting(String imports, String before, String after) {

        static final Setting NONE = new Setting("", "", "");

        /** An open Segment client by the name of {@code analytics}, and the imports of the page's first example. */
        static Setting analytics(String firstExample) {
            return new Setting(
                    importsOf(firstExample),
                    "SegmentAnalytics analytics = SegmentClients.create(" + READERS_SOURCE + ".build());\n",
                    "\nanalytics.close();");
        }
    }

    String className() {
        return Character.toUpperCase(page.charAt(0)) + page.substring(1).replace("-", "") + "Line" + line;
    }

    /** A class whose method {@code run} is the code, talking to the host it is called with. */
    String source() {
        String statements = (setting.before() + IMPORT.matcher(code).replaceAll("") + setting.after())
                .replace(FROM_ENVIRONMENT, "ClientConfig.builder(\"phc_test\").host(guideHost)")
                .replace(READERS_HOST, "guideHost")
                .replace(READERS_REGION, ".host(guideHost)")
                .replace(READERS_SOURCE, READERS_SOURCE + ".host(guideHost)");
        return setting.imports() + importsOf(code) + "public class " + className() + " {\n"
                + "public static void run(String guideHost) throws Exception {\n" + statements + "\n}\n}\n";
    }

    private static String importsOf(String code) {
        StringBuilder imports = new StringBuilder();
        Matcher found = IMPORT.matcher(code);
        while (found.find()) {
            imports.append(found.group());
        }
        return imports.toString();
    }

    @Override
    public String toString() {
        return page + ".md:" + line;
    }
}
