/**
 * This library beside others that take events, on the same work: what a call costs, how long it takes at a given pace, and
 * what delivering costs. Each library is set up as its own documentation says for much traffic, see {@link
 * dev.penstock.benchmarks.peers.Contender}; all deliver to the same sink.
 */
package dev.penstock.benchmarks.peers;
