/** A long run with faults now and then, and what the process holds on to meanwhile. */
package dev.penstock.stress.soak;
