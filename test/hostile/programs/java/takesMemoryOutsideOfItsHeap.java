// takes memory outside of its heap, and ends before anybody has looked
// expect: MemoryLimit
// run: once
import java.lang.reflect.Field;
import sun.misc.Unsafe;
public class Main {
    public static void main(String[] args) throws Exception {
        BENIGN;
        Field found = Unsafe.class.getDeclaredField("theUnsafe");
        found.setAccessible(true);
        Unsafe unsafe = (Unsafe) found.get(null);
        long size = 400L << 20, place = unsafe.allocateMemory(size);
        for (long at = 0; at < size; at += 4096) unsafe.putByte(place + at, (byte) 1);
        System.out.print("done");
        Runtime.getRuntime().halt(0);
    }
}
