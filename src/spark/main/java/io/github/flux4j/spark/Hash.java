package io.github.flux4j.spark;

import io.github.flux4j.internal.arrays.SplitMix;

/**
 * 64 bits of numbers, one after another, by the finaliser of SplitMix64 (Steele, Lea and Flood 2014): two that differ are told apart but once in
 * 2⁶⁴ by chance. Not against somebody who means to deceive.
 */
final class Hash {

    private Hash() {}

    /** Of what went before and one more. */
    static long next(long before, long more) {
        return new SplitMix(before ^ more).nextLong();
    }

    /** Of numbers in their order. */
    static long of(NumberArray numbers) {
        return next(0, numbers, 0, numbers.length());
    }

    /** Of what went before and some numbers. */
    static long next(long before, NumberArray numbers, int from, int count) {
        long hash = before;
        for (int i = from; i < from + count; i++) {
            hash = next(hash, Double.doubleToLongBits(numbers.get(i)));
        }
        return hash;
    }

    /** Of a text. */
    static long of(String text) {
        long hash = 0;
        for (int i = 0; i < text.length(); i++) {
            hash = next(hash, text.charAt(i));
        }
        return hash;
    }

    /** 16 hexadecimal digits. */
    static String text(long hash) {
        return String.format("%016x", hash);
    }
}
