package dev.penstock.cli.common;

import java.io.Console;

/** Tells a terminal from a file or pipe. From JDK 22 a console may exist without one, and has a method to say so. */
final class TerminalCheck {

    private TerminalCheck() {}

    @SuppressWarnings("SystemConsoleNull") // the method below is asked where it exists
    static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
