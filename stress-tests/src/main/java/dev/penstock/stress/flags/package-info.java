/** Races on the shipped flags: a swap of their state against an evaluation, and who reports a first use. */
package dev.penstock.stress.flags;
