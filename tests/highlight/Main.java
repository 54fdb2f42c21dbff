package org.example.net; // where it is

import java.util.List;

/** Says what it does. */
@FunctionalInterface
public interface Probe<T> extends AutoCloseable {
    int MOST = 0x7f_ff;

    default boolean check(List<? super T> all) throws IOException {
        var text = """
            Two "lines"
            here.\n""";
        char c = '\'';
        for (T one : all)
            if (one == null || this.equals(one)) return false;
        return text.length() > 1.5e-3 && c != 'x';
    }

    record Point(double x, double y) {}
    enum Side { LEFT, RIGHT; }
}
