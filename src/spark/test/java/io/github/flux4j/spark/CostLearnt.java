package io.github.flux4j.spark;

/** How well and at what cost somebody learnt. */
record CostLearnt(String who, int passes, double secondsAPass, double processorSecondsAPass, double accuracy) {}
