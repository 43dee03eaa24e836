/** Clients under load: many producers whose every capture is timed and noted in an account. */
package dev.penstock.stress.load;
