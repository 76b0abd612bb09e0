package chat.parley.server.transport;

import io.netty.util.NetUtil;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A range of network addresses, as {@code 10.0.0.0/8}, or a single one, as {@code ::1}. Immutable; equal by what it covers. */
public final class Network {
    private final byte[] first;
    private final int prefix;

    private Network(byte[] first, int prefix) {
        this.first = first;
        this.prefix = prefix;
    }

    /** The range that the text names, or null where it names none. */
    public static @Nullable Network parse(String text) {
        int slash = text.indexOf('/');
        byte[] address = address(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return null;
        }
        int bits = address.length * 8;
        String length = slash < 0 ? Integer.toString(bits) : text.substring(slash + 1);
        if (!length.matches("\\d{1,3}") || Integer.parseInt(length) > bits) {
            return null;
        }
        int prefix = Integer.parseInt(length);
        return new Network(masked(address, prefix), prefix);
    }

    boolean contains(byte[] address) {
        return address.length == first.length && Arrays.equals(masked(address, prefix), first);
    }

    /** The 4 or 16 bytes of an address; an IPv4 address that is written as an IPv6 one is IPv4. Null where it is none. */
    static byte @Nullable [] address(String literal) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(literal);
        return bytes != null && isMapped(bytes) ? Arrays.copyOfRange(bytes, 12, 16) : bytes;
    }

    private static boolean isMapped(byte[] bytes) {
        if (bytes.length != 16 || bytes[10] != -1 || bytes[11] != -1) {
            return false;
        }
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static byte[] masked(byte[] address, int prefix) {
        byte[] masked = new byte[address.length];
        for (int i = 0; i < address.length; i++) {
            int bits = Math.clamp(prefix - i * 8L, 0, 8);
            masked[i] = (byte) (address[i] & (0xff00 >> bits));
        }
        return masked;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Network that && prefix == that.prefix && Arrays.equals(first, that.first);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(first) * 31 + prefix;
    }

    @Override
    public String toString() {
        return NetUtil.bytesToIpAddress(first) + "/" + prefix;
    }
}
