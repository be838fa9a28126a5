package io.github.flux4j.learn;

/**
 * How far a fit has come, after one of its epochs.
 *
 * @param number counted from 1
 * @param most how many there will be at most
 * @param loss the mean over networks of their batches' mean losses, each before its update
 * @param leftOutLoss the mean loss of the rows that are left out; NaN if none are
 * @param bestEpoch the one with the lowest of these; 0 if none are left out
 * @param bestLoss that of the best epoch
 * @param rows that were trained on in this epoch, by all networks together
 * @param nanos the epoch took
 */
public record Epoch(
        int number, int most, double loss, double leftOutLoss, int bestEpoch, double bestLoss, long rows, long nanos) {}
