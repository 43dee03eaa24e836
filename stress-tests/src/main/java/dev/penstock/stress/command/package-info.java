/** The command line of the runnable jar: one command for each family of tests. */
package dev.penstock.stress.command;
