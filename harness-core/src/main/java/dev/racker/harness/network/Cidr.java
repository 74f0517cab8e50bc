package dev.racker.harness.network;

import java.math.BigInteger;

/**
 * A range of IPv4 or IPv6 addresses (RFC 4632).
 *
 * @param base its lowest address
 * @param prefix how many bits all of its addresses share
 */
record Cidr(Ip base, int prefix) {

    Cidr {
        if (prefix < 0 || prefix > base.bits()) {
            throw new NumberFormatException(base + "/" + prefix);
        }
    }

    /**
     * Reads {@code 10.0.0.0/24}, whatever the bits of the host are; throws {@link NumberFormatException} for anything
     * else.
     */
    static Cidr parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new NumberFormatException(text);
        }
        return of(Ip.parse(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    /** The range of this size that an address is in. */
    static Cidr of(Ip address, int prefix) {
        Cidr range = new Cidr(address, prefix);
        BigInteger host = range.size().subtract(BigInteger.ONE);
        return new Cidr(new Ip(address.value().andNot(host), address.six()), prefix);
    }

    /** How many addresses it has. */
    BigInteger size() {
        return BigInteger.ONE.shiftLeft(base.bits() - prefix);
    }

    Ip last() {
        return new Ip(base.value().add(size()).subtract(BigInteger.ONE), base.six());
    }

    boolean contains(Ip address) {
        return address.six() == base.six()
                && address.value().compareTo(base.value()) >= 0
                && address.value().compareTo(last().value()) <= 0;
    }

    /** Says whether any address is in both. */
    boolean overlaps(Cidr other) {
        return contains(other.base) || other.contains(base);
    }

    /** How far above the lowest address this one is. */
    BigInteger offset(Ip address) {
        return address.value().subtract(base.value());
    }

    @Override
    public String toString() {
        return base + "/" + prefix;
    }
}
