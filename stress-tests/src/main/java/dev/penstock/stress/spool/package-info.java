/** Races on the shipped spool: append against take. */
package dev.penstock.stress.spool;
