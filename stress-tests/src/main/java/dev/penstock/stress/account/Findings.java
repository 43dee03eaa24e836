package dev.penstock.stress.account;

/**
 * What an audit counted.
 *
 * @param accepted events accepted
 * @param delivered of them, those told to be delivered
 * @param refused of them, those told to be refused
 * @param expired of them, those told to be expired
 * @param discarded of them, those told to be discarded
 * @param open of them, those without an outcome
 * @param lost of the open ones, those that nothing explains
 * @param unconfirmed events that were not delivered by their outcome, and that the host has all the same
 * @param duplicates how often the host has an event once more
 */
public record Findings(
        long accepted,
        long delivered,
        long refused,
        long expired,
        long discarded,
        long open,
        long lost,
        long unconfirmed,
        long duplicates) {

    @Override
    public String toString() {
        return "accepted " + accepted + ", delivered " + delivered + ", refused " + refused + ", expired " + expired
                + ", discarded " + discarded + ", open " + open + ", lost " + lost + ", unconfirmed " + unconfirmed
                + ", duplicates " + duplicates;
    }
}
