package dev.penstock.engine.capture;

import java.util.regex.Pattern;

/** What JSON calls a number. */
final class NumberText {

    /** Possessive, so that no text makes it try again. */
    private static final Pattern JSON_NUMBER =
            Pattern.compile("-?+(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?+(?:[eE][+-]?+[0-9]++)?+");

    private NumberText() {}

    static boolean isJson(String text) {
        return text != null && JSON_NUMBER.matcher(text).matches();
    }
}
