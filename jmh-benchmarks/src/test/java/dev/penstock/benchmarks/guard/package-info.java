/** What fails when a hot path has become slower or an event larger. */
package dev.penstock.benchmarks.guard;
