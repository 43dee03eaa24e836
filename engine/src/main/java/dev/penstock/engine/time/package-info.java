/** Time as the engine reads it: a coarse wall clock for producers. Knows nobody. */
package dev.penstock.engine.time;
