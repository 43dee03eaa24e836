/**
 * Notices what stands still: a pipeline, the I/O thread, a listener or the spool thread that has work and gets nowhere.
 *
 * <p>One thread looks at all of them once a second. It says so once, counts it, and helps where that is possible.
 *
 * <p>Neighbours: the engine tells it what to look at; it knows only {@code stats}, where it says what it finds.
 */
package dev.penstock.engine.watchdog;
