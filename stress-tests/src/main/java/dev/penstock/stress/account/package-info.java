/**
 * The account of a run, event by event: what was accepted, how each event ended, how often the host has it; and its audit.
 */
package dev.penstock.stress.account;
