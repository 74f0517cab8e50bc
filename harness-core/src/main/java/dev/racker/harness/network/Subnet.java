package dev.racker.harness.network;

/**
 * A range of IPv4 addresses of the size that a bridge gets.
 *
 * @param base the lowest address, which names the range
 */
record Subnet(int base) {

    /** The length of the prefix: 4093 machines fit beside the gateway. */
    static final int PREFIX = 20;

    private static final int MASK = -1 << (32 - PREFIX);
    private static final int SUBNETS_EACH = 1 << (PREFIX - 16);

    /** 10.216.0.0/16 to 10.247.0.0/16: many, so that stores of one host seldom begin with the same range. */
    private static final int TENS = 32;

    private static final int BLOCKS = 1 + TENS + 2;

    /** The range that an address is in. */
    static Subnet of(int address) {
        return new Subnet(address & MASK);
    }

    /** One of the private ranges (RFC 1918) to choose from, by any number; the same number gives the same range. */
    static Subnet candidate(int number) {
        int index = Math.floorMod(number, candidates());
        int block = index / SUBNETS_EACH;
        return new Subnet(start(block) + (index % SUBNETS_EACH << (32 - PREFIX)));
    }

    private static int start(int block) {
        if (block == 0) {
            return address(10, 187);
        }
        if (block <= TENS) {
            return address(10, 215 + block);
        }
        return block < BLOCKS - 1 ? address(172, 29) : address(192, 168);
    }

    /** How many ranges there are to choose from. */
    static int candidates() {
        return BLOCKS * SUBNETS_EACH;
    }

    /** Says whether any address is in this range and in the range of a route. */
    boolean overlaps(int destination, int mask) {
        return ((base ^ destination) & MASK & mask) == 0;
    }

    int gateway() {
        return base + 1;
    }

    int firstHost() {
        return base + 2;
    }

    int lastHost() {
        return (base | ~MASK) - 1;
    }

    /** The range as {@code 10.187.0.0/20}. */
    @Override
    public String toString() {
        return text(base) + "/" + PREFIX;
    }

    /** An address in dotted form. */
    static String text(int address) {
        return (address >>> 24) + "." + (address >>> 16 & 255) + "." + (address >>> 8 & 255) + "." + (address & 255);
    }

    /** Reads an address in dotted form; throws {@link NumberFormatException} for anything else. */
    static int parse(String text) {
        int address = 0;
        int start = 0;
        for (int part = 0; part < 4; part++) {
            int end = part == 3 ? text.length() : text.indexOf('.', start);
            int value = end < 0 ? -1 : Integer.parseInt(text, start, end, 10);
            if (value < 0 || value > 255) {
                throw new NumberFormatException(text);
            }
            address = address << 8 | value;
            start = end + 1;
        }
        return address;
    }

    private static int address(int first, int second) {
        return first << 24 | second << 16;
    }
}
