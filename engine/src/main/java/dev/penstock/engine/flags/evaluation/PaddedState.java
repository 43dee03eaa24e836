package dev.penstock.engine.flags.evaluation;

/**
 * Keeps what one thread writes in every evaluation away from what another thread writes in its own: the collector puts
 * objects of a kind next to each other, and two of them on one cache line cost two evaluating threads twice their time.
 * Fields of a class that extends this follow its 128 bytes.
 */
abstract class PaddedState {

    @SuppressWarnings("unused")
    private long pad1, pad2, pad3, pad4, pad5, pad6, pad7, pad8;
    @SuppressWarnings("unused")
    private long pad9, pad10, pad11, pad12, pad13, pad14, pad15, pad16;
}
