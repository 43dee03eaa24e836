/** Counters, and errors that are said once and counted afterwards. Knows nobody. */
package dev.penstock.engine.stats;
