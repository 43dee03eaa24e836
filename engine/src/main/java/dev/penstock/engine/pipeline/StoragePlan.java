package dev.penstock.engine.pipeline;

import dev.penstock.engine.listener.Ending;

/**
 * What a batch is stored for.
 *
 * @param leaves whether its memory is given up when it is stored; if not, it is sent
 * @param delayNs how long it is not to be taken from the spool, if it is left
 * @param otherwise how its events end if it cannot be stored; null if it then goes on in memory
 */
record StoragePlan(boolean leaves, long delayNs, Ending otherwise) {

    /** Written first, sent then. */
    static final StoragePlan SEND = new StoragePlan(false, 0, null);

    /** Left while there is no use in keeping it in memory. */
    static final StoragePlan SPILL = new StoragePlan(true, 0, null);
}
