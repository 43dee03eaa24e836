/** Spools on disks that are full, not writable, or taken away while they are written. */
package dev.penstock.stress.disk;
