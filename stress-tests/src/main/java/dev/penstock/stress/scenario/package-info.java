/**
 * Scenarios: a client under load before a host and a network that fail in ways drawn from a seed, and the audit of every
 * event at the end.
 */
package dev.penstock.stress.scenario;
