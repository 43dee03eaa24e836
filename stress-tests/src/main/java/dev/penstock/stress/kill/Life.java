package dev.penstock.stress.kill;

import java.util.List;

/**
 * One process and its end.
 *
 * @param killTick when it was killed, at the earliest, in ticks of the account
 * @param goneTick when it was gone, at the latest
 * @param first the first number of each producer in this life
 * @param end the number after the last of each producer
 * @param onDisk events that it had reported on disk and in nobody's memory
 */
record Life(int killTick, int goneTick, List<Integer> first, List<Integer> end, long onDisk) {}
