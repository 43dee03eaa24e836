/** Races on the shipped ring: publication against reading, close against capture. */
package dev.penstock.stress.ring;
