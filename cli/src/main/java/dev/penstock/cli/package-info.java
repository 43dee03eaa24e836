/**
 * The command line: {@link dev.penstock.cli.Main} and the root command.
 * <p>
 * {@code demo} drives the engine at a collector in this process, {@code importer} sends a file, {@code collect} runs the
 * collector alone, {@code flags} evaluates feature flags, {@code common} holds what they share. Only {@code Main} ends the
 * process.
 */
package dev.penstock.cli;
