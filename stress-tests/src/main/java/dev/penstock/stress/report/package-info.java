/** One line for each run, and the table of all of them. */
package dev.penstock.stress.report;
