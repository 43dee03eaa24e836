/** Runs jcstress as one family among the others. */
package dev.penstock.stress.races;
