/**
 * A client in a process of its own that is killed without warning, again and again, and what must be left of its events.
 */
package dev.penstock.stress.kill;
