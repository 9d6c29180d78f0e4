import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The standard streams of a program that is one of many in a JVM. */
final class SeidrStreams {
    /** Standard input that a program may close without closing it for the next case. */
    static final class KeptInput extends FilterInputStream {
        KeptInput(InputStream stream) { super(stream); }
        @Override public void close() {}
    }

    static final class KeptOutput extends FilterOutputStream {
        private final byte[] held;
        private int count;
        private boolean closed;

        KeptOutput(OutputStream stream, int size) {
            super(stream);
            held = new byte[size];
        }

        @Override public synchronized void write(int one) throws IOException { write(new byte[] {(byte) one}, 0, 1); }

        @Override public synchronized void write(byte[] bytes, int from, int length) throws IOException {
            if (closed) return;
            if (length > held.length - count) push();
            if (length > held.length) {
                out.write(bytes, from, length);
                return;
            }
            System.arraycopy(bytes, from, held, count, length);
            count += length;
        }

        @Override public synchronized void flush() throws IOException { push(); }

        @Override public synchronized void close() throws IOException {
            push();
            closed = true;
        }

        private void push() throws IOException {
            if (count > 0) out.write(held, 0, count);
            count = 0;
        }
    }
}
