package dev.penstock.engine.guide;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of code that a page claims to run, and what it claims to send.
 *
 * @param page the page's file name without its ending
 * @param line the line of the page that the code begins on
 * @param code the code, as it is on the page
 * @param events the names of the events that arrive, in any order
 * @param logs the bodies of the log records that arrive, in any order
 */
record GuideExample(String page, int line, String code, List<String> events, List<String> logs) {

    private static final Pattern IMPORT = Pattern.compile("(?m)^import .+;\\R");

    /** What the reader's own project and host stand in for. */
    private static final String FROM_ENVIRONMENT = "ClientConfig.fromEnvironment()";

    private static final String READERS_HOST = "\"https://eu.i.posthog.com\"";

    String className() {
        return Character.toUpperCase(page.charAt(0)) + page.substring(1).replace("-", "") + "Line" + line;
    }

    /** A class whose method {@code run} is the code, talking to the host it is called with. */
    String source() {
        StringBuilder imports = new StringBuilder();
        Matcher found = IMPORT.matcher(code);
        while (found.find()) {
            imports.append(found.group());
        }
        String statements = found.replaceAll("")
                .replace(FROM_ENVIRONMENT, "ClientConfig.builder(\"phc_test\").host(guideHost)")
                .replace(READERS_HOST, "guideHost");
        return imports + "public class " + className() + " {\n"
                + "public static void run(String guideHost) throws Exception {\n" + statements + "\n}\n}\n";
    }

    @Override
    public String toString() {
        return page + ".md:" + line;
    }
}
