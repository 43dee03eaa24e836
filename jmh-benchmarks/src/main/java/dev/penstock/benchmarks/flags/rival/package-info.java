/** The libraries that flags are compared with, behind {@link dev.penstock.benchmarks.flags.FlagLibrary}. */
package dev.penstock.benchmarks.flags.rival;
