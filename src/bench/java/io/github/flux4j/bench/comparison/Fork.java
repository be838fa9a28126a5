package io.github.flux4j.bench.comparison;

/**
 * What one process measured. Numbers that it wasn't asked for are NaN.
 *
 * @param nanos the median of its iterations
 * @param heapBytes allocated on the heap by one step
 * @param nativeBytes by which the process grew with one step
 * @param drift the time of late steps over that of early ones
 * @param residentBytes the most memory the process had
 */
record Fork(double nanos, double heapBytes, double nativeBytes, double drift, double residentBytes) {

    static Fork steps(double nanos, double heapBytes) {
        return new Fork(nanos, heapBytes, Double.NaN, Double.NaN, Double.NaN);
    }

    static Fork whole(double nanos, double residentBytes) {
        return new Fork(nanos, Double.NaN, Double.NaN, Double.NaN, residentBytes);
    }

    Fork withNanos(double other) {
        return new Fork(other, heapBytes, nativeBytes, drift, residentBytes);
    }

    String inOneLine() {
        return nanos + " " + heapBytes + " " + nativeBytes + " " + drift + " " + residentBytes;
    }

    static Fork parse(String line) {
        String[] numbers = line.trim().split(" ");
        return new Fork(
                Double.parseDouble(numbers[0]),
                Double.parseDouble(numbers[1]),
                Double.parseDouble(numbers[2]),
                Double.parseDouble(numbers[3]),
                Double.parseDouble(numbers[4]));
    }
}
