/** What cannot be done faster: the parts of a pipeline that are not in the engine's hands. */
package dev.penstock.benchmarks.limits;
