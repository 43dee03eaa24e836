package dev.penstock.cli;

import dev.penstock.cli.common.Screen;

/** Runs a command line and ends the process with its exit status. */
public final class Main {

    private Main() {}

    /**
     * Runs one command.
     *
     * @param args as typed
     */
    public static void main(String[] args) {
        int status = Penstock.run(Screen.ofProcess(), System.in, args);
        System.exit(status);
    }
}
